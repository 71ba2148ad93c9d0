"""Text in every encoding that programs save it in, and what is no text: read, with what was assumed, or one message."""

import codecs

import pytest

from kommunebudsjett.adding.statbank import read_statbank
from kommunebudsjett.core.encodings import decode
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.registry import read_lines
from kommunebudsjett.forms import read_file
from kommunebudsjett.readers.canonical import show

TEXT = "Budsjett for Tromsø\r\n\r\nÅ satse på øya koster 5 millioner – «mer» enn før\r\n"
WINDOWS = "the text is not UTF-8; it was read as Windows-1252"
MARKED = "the text was read as UTF-16, as its first bytes say"
UNMARKED = "the text was read as UTF-16, by the zeros among its bytes"


@pytest.mark.parametrize(
    ("content", "assumed"),
    [
        (TEXT.encode(), ""),
        (codecs.BOM_UTF8 + TEXT.encode(), ""),
        (TEXT.encode("utf-16"), MARKED),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), MARKED),
        (TEXT.encode("utf-16-le"), UNMARKED),
        (TEXT.encode("utf-16-be"), UNMARKED),
        (TEXT.encode("cp1252"), WINDOWS),
    ],
)
def test_text_is_read_and_what_was_assumed_is_said(tmp_path, capsys, content, assumed):
    path = tmp_path / "budsjett.txt"
    path.write_bytes(content)
    text = read_file(path)
    assert text.lines == TEXT.replace("\r\n", "\n").removesuffix("\n").split("\n")
    assert text.remarks == ([assumed] if assumed else [])
    show(path)
    assert capsys.readouterr().err.strip() == assumed


LATIN = "Æ, ø og å: på øya får næring mer"
NEARLY = [
    # One byte of Windows-1252 in UTF-8: a letter, and a space between thousands.
    (f"{LATIN}\nTroms".encode() + b"\xf8 by\n", [LATIN, "Troms\ufffd by"], []),
    (f"{LATIN}\nSkole: 5".encode() + b"\xa0200 kroner\n", [LATIN, "Skole: \ufffd kroner"], ["5\ufffd200"]),
    (f"{LATIN}\nSkole: ".encode() + b"\x96 5\n", [LATIN, "Skole: \ufffd"], ["\ufffd 5"]),
    # What is cut off within a letter.
    (f"{LATIN}\nTroms".encode() + b"\xc3", [LATIN, "Troms\ufffd"], []),
]  # fmt: skip


@pytest.mark.parametrize("name", ["budsjett.txt", "budsjett.csv", "budsjett.html"])
@pytest.mark.parametrize(("content", "lines", "left_out"), NEARLY)
def test_utf_8_with_a_byte_of_something_else_stays_utf_8(tmp_path, name, content, lines, left_out):
    path = tmp_path / name
    page = b'<meta charset="utf-8"><main><p>' + content.replace(b"\n", b"<p>\n")
    path.write_bytes(page if name.endswith("html") else content)
    text = read_file(path)
    assert list(filter(None, text.lines)) == lines
    assert [left.raw for left in text.left_out] == left_out
    assert text.remarks == ["the text is UTF-8 but for 1 of its characters, the first on line 2: each is \ufffd"]


def test_latin_1_is_windows_1252_without_its_own_signs(tmp_path):
    path = tmp_path / "budsjett.txt"
    path.write_bytes("Søk på råd:\nærlig talt".encode("latin-1"))
    assert read_lines(path) == ["Søk på råd:", "ærlig talt"]


UNKNOWN = "in an encoding that is not known"


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        ("En\nTromsø på øya".encode("cp850"), UNKNOWN, 2),  # what DOS wrote
        ("En\nto\nTromsø på øya".encode("mac_roman"), UNKNOWN, 3),
        (b"En\nto \x81 tre", UNKNOWN, 2),
        ("Søk\n".encode() + "på råd".encode("cp1252"), "UTF-8 but for the byte 0xE5 on this line", 2),
        (b"En\nto \0 tre", "binary, not text", 2),
        (b"En\n\xf8 \x01 tre", "binary, not text", 2),
        (b"\x7fELF\x02\x01\x01" + bytes(range(256)), "binary, not text", 1),
        (codecs.BOM_UTF16_LE + "En\nto".encode("utf-16-le") + b"\xd8", "begins as UTF-16 and is damaged", 2),
        (codecs.BOM_UTF16_LE + "En\nto\nt\0re".encode("utf-16-le"), "binary, not text", 3),
    ],
)
def test_what_fits_no_encoding_is_refused_with_its_line(tmp_path, content, message, line):
    path = tmp_path / "budsjett.txt"
    path.write_bytes(content)
    with pytest.raises(UserError, match=message) as raised:
        read_file(path)
    assert raised.value.line == line
    assert raised.value.file == path and raised.value.remedy


def test_form_feeds_and_returns_end_no_line(tmp_path):
    path = tmp_path / "budsjett.txt"
    path.write_bytes(b"en\x0cto\r\ntre\rfire\n")
    assert read_lines(path) == ["en\x0cto", "tre fire"]


def test_returns_end_the_lines_of_a_text_that_has_no_other_ends(tmp_path):
    path = tmp_path / "budsjett.txt"
    path.write_bytes(b"en\rto\r\rtre\r")
    assert read_lines(path) == ["en", "to", "", "tre"]


def test_marks_of_utf_8_before_another_encoding_and_twice(tmp_path):
    path = tmp_path / "budsjett.txt"
    path.write_bytes(codecs.BOM_UTF8 + "Tromsø på".encode("cp1252"))
    assert read_file(path).lines == ["Tromsø på"]
    path.write_bytes(codecs.BOM_UTF8 * 2 + "Tromsø på".encode())
    assert read_file(path).lines == ["Tromsø på"]


def test_a_file_of_statbank_is_read_by_the_same_rules(tmp_path):
    path = tmp_path / "07459.csv"
    table = 'region;"Folkemengde 2025";"Folkemengde 2026"\n"5501 Tromsø";78745;79421\n"1903 Harstad";25100;25200\n'
    for encoding in ("utf-8", "cp1252", "utf-16"):
        path.write_bytes(table.encode(encoding))
        assert [(figure.region, figure.value) for figure in read_statbank(path).figures][:1] == [("Tromsø", 78745)]
    path.write_bytes(table.encode("cp850"))
    with pytest.raises(UserError, match=UNKNOWN):
        read_statbank(path)


def test_a_text_of_ascii_alone_is_utf_8(tmp_path):
    assert decode(b"Budsjett", tmp_path / "b.txt") == ("Budsjett", "")
    assert decode(b"", tmp_path / "b.txt") == ("", "")

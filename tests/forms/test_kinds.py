"""What a file is, its content says; what is not read ends in one message with what to do in its program."""

import json
import os
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kommunebudsjett import forms
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.forms import packages, read_file
from kommunebudsjett.forms.kinds import KINDS, kind_of
from kommunebudsjett.forms.problem import ProblemError
from tests.forms.makers import docx, page, paragraph, saved

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


def zipped(**files: str) -> bytes:
    """A ZIP of files, `/` in whose names is written `__`."""
    path = Path(os.environ["PYTEST_FOLDER"]) / "made.zip"
    with zipfile.ZipFile(path, "w") as package:
        for name, content in files.items():
            package.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return path.read_bytes()


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTEST_FOLDER", str(tmp_path))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", b"%PDF-1.7 ...", "pdf"),
        ("a.PDF", b"\n\n%PDF-1.7 ...", "pdf"),
        ("a.html", b"\xef\xbb\xbf \n<!DOCTYPE html><p>", "html"),
        ("a.htm", b"<!-- saved from url=(0014)about:internet -->\n<HTML lang=nb>", "html"),
        ("a.xhtml", b'<?xml version="1.0"?><html xmlns="x">', "html"),
        ("a.html", "<html>Årlig".encode("utf-16"), "html"),
        ("a.html", b"<h2>Budsjett</h2><p>5 mill.", "html"),
        ("a.mhtml", b"From: <Saved by Blink>\r\nSubject: a\r\n b\r\nContent-Type: multipart/related;\r\n", "html"),
        ("a.txt", b"Budsjett 2027\n", "text"),
        ("a.md", b"# Budsjett\n", "text"),
        ("a.txt", b"", "text"),
        ("a.csv", b"Tiltak;2027\n", "csv"),
    ],
)
def test_what_a_file_is(name, content, kind):
    assert kind_of(name, content) == kind


def test_packages():
    word = {"[Content_Types]_dot_xml": "", "word__document_dot_xml": ""}
    assert kind_of("a.docx", zipped(**word)) == "docx"
    assert kind_of("a.docm", zipped(**word)) == "docx"
    assert kind_of("a.xlsx", zipped(**{"[Content_Types]_dot_xml": "", "xl__workbook_dot_xml": ""})) == "xlsx"
    assert kind_of("a.odt", zipped(mimetype="application/vnd.oasis.opendocument.text")) == "odt"
    assert kind_of("a.ods", zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet")) == "ods"
    assert kind_of("a.zip", zipped(side1_dot_html="<p>")) == "pages"


@pytest.mark.parametrize(
    ("name", "content", "message", "remedy"),
    [
        ("a.pdf", b"Budsjett", "named .pdf and is no PDF", "a.txt"),
        ("a.docx", b"Budsjett", "named .docx and is no Word document", "a.txt"),
        ("a.docx", b"%PDF-1.7", "named .docx and is a PDF", "a.pdf"),
        ("a.txt", b"%PDF-1.7", "named .txt and is a PDF", "a.pdf"),
        ("a.txt", b"<!doctype html>", "named .txt and is a web page", "a.html"),
        ("a.pdf", b"<!doctype html>", "named .pdf and is a web page", "a.html"),
        ("a", b"%PDF-1.7", "no document has the suffix", "a.pdf"),
        ("a.docx.download", b"Budsjett", "no document has the suffix .download", ".txt"),
        ("a.doc", OLE + b"\0" * 600, "old Word file", "open it in Word and save it as .docx or PDF"),
        ("a.xls", OLE + b"\0" * 600, "old Excel file", "open it in Excel and save it as .xlsx"),
        ("a.docx", ENCRYPTED, "protected with a password", "remove the protection"),
        ("a.rtf", b"{\\rtf1 Budsjett}", "RTF", "open it in Word or LibreOffice and save it as .docx or PDF"),
        ("a.docx", b"{\\rtf1 Budsjett}", "RTF", "save it as .docx"),
        ("a.png", b"\x89PNG\r\n", "a picture", "text"),
        ("a.rar", b"Rar!\x1a\x07", "RAR", "unpack it"),
        ("a.docx", b"PK\x03\x04 cut off", "damaged or cut off", "save it again"),
    ],
)
def test_what_is_not_read(name, content, message, remedy):
    with pytest.raises(ProblemError, match=message) as problem:
        kind_of(name, content)
    assert remedy in problem.value.remedy


@pytest.mark.parametrize(
    ("name", "files", "message"),
    [
        ("a.pptx", {"[Content_Types]_dot_xml": "", "ppt__presentation_dot_xml": ""}, "presentation"),
        ("a.pages", {"Index__Document_dot_iwa": ""}, "Apple Pages"),
        ("a.zip", {"a_dot_csv": ""}, "no web page"),
        ("a.zip", {"[Content_Types]_dot_xml": "", "word__document_dot_xml": ""}, "is a Word document"),
        ("a.docx", {"mimetype": "application/vnd.oasis.opendocument.text"}, "is an ODT document"),
    ],
)
def test_packages_that_are_not_read(name, files, message):
    with pytest.raises(ProblemError, match=message) as problem:
        kind_of(name, zipped(**files))
    assert problem.value.remedy


def test_every_suffix_has_one_kind():
    suffixes = [suffix for kind in KINDS.values() for suffix in kind.suffixes]
    assert len(set(suffixes)) == len(suffixes)


# The whole way, with the process of its own


def test_a_web_page_is_read_and_kept(tmp_path, monkeypatch):
    path, store = saved(tmp_path, page("<h1>A</h1><p>5 mill.</p>")), tmp_path / "store"
    text = read_file(path, store)
    assert text.lines == ["# A", "", "5 mill."]
    assert text.places == [(3, "A, avsnitt 1")]
    [kept] = store.iterdir()

    def refuse(*_, **__):
        raise AssertionError("it was read again")

    with monkeypatch.context() as patch:
        patch.setattr(forms.subprocess, "run", refuse)
        assert read_file(path, store) == text
        patch.setattr(forms, "_version", lambda: "other")
        with pytest.raises(AssertionError):
            read_file(path, store)
    kept.write_text(json.dumps({"lines": []}), encoding="utf-8")
    assert read_file(path, store) == text


def bomb(path: Path, megabytes: int) -> Path:
    """A Word document whose text is so many megabytes of the same character."""
    return docx(path, paragraph("A"), {"numbering.xml": " " * (megabytes << 20)})


def packed_anew(path: Path) -> None:
    """A Word document whose parts say that they are packed in a way that this program has not."""
    content = docx(path, paragraph("A")).read_bytes()
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        parts = content.split(mark)
        content = mark.join([parts[0], *(one[: place - 4] + b"\x63\x00" + one[place - 2 :] for one in parts[1:])])
    path.write_bytes(content)


FAULTS = {
    "packed anew": (packed_anew, "packed in a way that is not read"),
    "a ZIP bomb": (lambda path: bomb(path, 40), "unpacks to more than"),
    "cut off": (lambda path: path.write_bytes(docx(path, paragraph("A" * 999)).read_bytes()[:-200]), "damaged"),
    "damaged": (lambda path: docx(path, "<w:p>"), "damaged"),
    "no text": (lambda path: docx(path, "<w:p/>"), "no text"),
    "empty": (lambda path: path.write_bytes(b""), "empty"),
    "a password": (lambda path: path.write_bytes(ENCRYPTED), "password"),
    "nested deep": (lambda path: docx(path, "<w:p>" * 10_000 + "</w:p>" * 10_000), "elements in each other"),
    "a document type": (
        lambda path: docx(path, paragraph("A"), {"numbering.xml": '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}),
        "document type",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_message_and_nothing_kept(tmp_path, fault):
    spoil, message = FAULTS[fault]
    path = tmp_path / "budsjett.docx"
    spoil(path)
    with pytest.raises(UserError, match=message) as problem:
        read_file(path, tmp_path / "store")
    assert problem.value.file == path
    assert problem.value.remedy
    assert not (tmp_path / "store").exists()


def test_a_package_that_lies_of_its_size(tmp_path, monkeypatch):
    path = docx(tmp_path / "a.docx", paragraph("A"), {"numbering.xml": " " * 5000})
    content = path.read_bytes()
    at = content.index(b"PK\x01\x02", content.rindex(b"word/numbering.xml") - 60)
    path.write_bytes(content[: at + 24] + struct.pack("<I", 10) + content[at + 28 :])
    with packages.opened(path) as package:
        monkeypatch.setattr(packages, "MOST_UNPACKED_FILE", 100)
        with pytest.raises(ProblemError):
            package.read("word/numbering.xml")


@pytest.mark.parametrize(
    ("limit", "value", "message"),
    [("MOST_MEMBERS", 1, "packs"), ("MOST_UNPACKED", 100, "unpacks"), ("MOST_DEPTH", 1, "elements in each other")],
)
def test_limits_of_packages(tmp_path, monkeypatch, limit, value, message):
    path = docx(tmp_path / "a.docx", paragraph("A"))
    assert getattr(packages, limit) > value
    monkeypatch.setattr(packages, limit, value)
    with pytest.raises(ProblemError, match=message), packages.opened(path) as package:
        package.xml("word/document.xml")


def test_a_file_that_takes_too_long(tmp_path, monkeypatch):
    monkeypatch.setattr(forms, "MOST_SECONDS", 0.01)
    with pytest.raises(UserError, match="the Word document could not be read within"):
        read_file(docx(tmp_path / "a.docx", paragraph("A")))


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")
def test_a_file_that_needs_too_much_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(forms, "MOST_MEMORY", 300 << 20)
    path = docx(tmp_path / "a.docx", "".join(paragraph(f"Rad {n} {n * 7919}") for n in range(250_000)))
    with pytest.raises(UserError, match="memory") as problem:
        read_file(path)
    assert problem.value.remedy


def test_a_process_that_is_stopped(tmp_path, monkeypatch):
    died = subprocess.CompletedProcess([], -11, stdout=b"", stderr=b"")
    monkeypatch.setattr(forms.subprocess, "run", lambda *_, **__: died)
    with pytest.raises(UserError, match="the web page could not be read"):
        read_file(saved(tmp_path, page("<p>A")))

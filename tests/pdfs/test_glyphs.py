"""What characters a page shows: turned text, signs without a letter, and what nobody can see."""

import pytest

from kommunebudsjett.core.texts import Text
from kommunebudsjett.pdf.extraction import extract
from tests.pdfs.raw import at, form, level, table, written

ROWS = [("Inntekt", "2026", "2027"), ("Eiendomsskatt", "350", "1 000"), ("Salg av tomt", "-20", "12,5")]
READ = ["Inntekt\t2026\t2027", "Eiendomsskatt\t350\t1 000", "Salg av tomt\t-20\t12,5"]
# The matrix of text, and where its page begins, for text that runs right, up, left and down.
WAYS = {0: "1 0 0 1 0 0", 90: "0 1 -1 0 400 0", 180: "-1 0 0 -1 600 400", 270: "0 -1 1 0 0 600"}


def rows(text: Text) -> list[str]:
    return [line for line in text.lines if "\t" in line]


def reasons(text: Text) -> dict[str, str]:
    return {found.raw: found.reason for found in text.left_out}


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("way", WAYS)
def test_a_turned_table_reads_as_an_upright_one(tmp_path, rotate, way):
    size = (600, 400) if way in (0, 180) else (400, 600)
    file = written(tmp_path / "t.pdf", f"q {WAYS[way]} cm\n{table(ROWS)}Q", rotate=rotate, size=size)
    assert rows(extract(str(file))) == READ


@pytest.mark.parametrize("way", WAYS)
def test_turned_by_the_matrix_of_the_text(tmp_path, way):
    """The matrix of each text turns it, not that of the page."""
    turned = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}[way]
    said = ""
    for number, row in enumerate(ROWS):
        for x, cell in zip((50, 250, 330), row, strict=True):
            along, down = x, 340 - 20 * number
            place = {
                0: (along, down),
                90: (400 - down, along),
                180: (600 - along, 400 - down),
                270: (down, 600 - along),
            }
            said += f"BT /F1 10 Tf {' '.join(map(str, (*turned, *place[way])))} Tm ({cell}) Tj ET\n"
    file = written(tmp_path / "t.pdf", said, size=(600, 400) if way in (0, 180) else (400, 600))
    assert rows(extract(str(file))) == READ


@pytest.mark.parametrize("turn", ["0 1 -1 0", "0 -1 1 0"])
def test_turned_headers_stand_over_their_columns(tmp_path, turn):
    y = 350 if turn.startswith("0 1") else 395
    heads = "".join(
        f"BT /F1 10 Tf {turn} {x} {y} Tm ({said}) Tj ET\n"
        for x, said in ((265, "Budsjett"), (340, "Regnskap"), (420, "Avvik"))
    )
    body = [("Skole", "350", "1 000", "650"), ("Vei", "20", "12,5", "-7,5"), ("Park", "4", "4", "0")]
    file = written(tmp_path / "t.pdf", heads + table(body, y=330))
    assert [row.split("\t")[1:] for row in rows(extract(str(file)))] == [
        ["Budsjett", "Regnskap", "Avvik"],
        *(list(row[1:]) for row in body),
    ]


def test_other_turned_text_is_left_out_and_listed(tmp_path):
    margin = (
        "BT /F1 10 Tf 0 1 -1 0 20 200 Tm (Vedlegg 7) Tj ET\nBT /F1 30 Tf .7 .7 -.7 .7 100 100 Tm (UTKAST 1) Tj ET\n"
    )
    text = extract(str(written(tmp_path / "t.pdf", table(ROWS) + margin)))
    assert rows(text) == READ
    assert reasons(text) == {
        "Vedlegg 7": "it runs in another direction than the page and heads no column",
        "UTKAST 1": "it runs at an angle",
    }


# What the file says that a hyphen is: a soft hyphen, a control character, no character, one that is not known.
@pytest.mark.parametrize("to", ["00AD", "0001", "001F", "0000", "FFFD"])
def test_a_dash_whose_letter_is_not_known_is_a_minus(tmp_path, to):
    file = written(tmp_path / "t.pdf", table(ROWS), codes=((ord("-"), to),))
    assert rows(extract(str(file)))[2] == "Salg av tomt\t-20\t12,5"


@pytest.mark.parametrize("to", ["0001", "0000", "FFFD"])
@pytest.mark.parametrize("printed", ["#20", "# 20", "2#0"])
def test_a_number_at_an_unknown_character_is_unread(tmp_path, to, printed):
    body = [ROWS[0], ROWS[1], ("Salg av tomt", printed, "12,5")]
    text = extract(str(written(tmp_path / "t.pdf", table(body), codes=((ord("#"), to),))))
    assert rows(text) == [*READ[:2], "Salg av tomt\t\t12,5"]
    assert reasons(text) == {printed.replace("#", "\ufffd"): "the file doesn't tell which character is printed at it"}
    assert [text.lines[found.line - 1] for found in text.left_out] == ["Salg av tomt\t\t12,5"]


SECRET = "Salg av fjord 900 mill. kroner"
HIDDEN = {
    "white": (at(50, 100, SECRET, before="1 1 1 rg"), "it has the colour of the page"),
    "nearly white": (at(50, 100, SECRET, before="0.97 0.98 0.97 rg"), "it has the colour of the page"),
    "transparent": ("/G0 gs " + at(50, 100, SECRET), "it has the colour of the page"),
    "on its colour": (
        "0 0 .4 rg 40 90 300 30 re f\n" + at(50, 100, SECRET, before="0 0 .4 rg"),
        "it has the colour of what lies under it",
    ),
    "tiny": (at(50, 100, SECRET, size=2), "its letters are too small to be read"),
    "invisible": (at(50, 100, SECRET, before="3 Tr"), "it is set as invisible"),
    "outside": (at(700, 100, SECRET), "it stands outside the page"),
    "clipped": (
        "q 0 0 40 40 re W n " + at(50, 100, SECRET) + "Q",
        "it stands outside the part of the page that is shown",
    ),
    "covered": (at(50, 100, SECRET) + "0 g 40 90 300 30 re f\n", "something is drawn over it"),
    "outside its form": ("/X0 Do\n", "it stands outside the part of the page that is shown"),
}


@pytest.mark.parametrize("way", HIDDEN)
def test_what_nobody_sees_is_left_out_and_listed(tmp_path, way):
    said, reason = HIDDEN[way]
    more = ("<</Type/ExtGState/ca 0>>", form(at(50, 100, SECRET), 40, 40))
    given = "/ExtGState<</G0 5 0 R>>/XObject<</X0 6 0 R>>"
    text = extract(str(written(tmp_path / "t.pdf", table(ROWS) + said, more=more, resources=given)))
    assert rows(text) == READ
    assert "900" not in "\n".join(text.lines)
    assert reasons(text) == {SECRET: reason}


SEEN = {
    "white on dark": "0 0 .4 rg 40 90 300 30 re f\n" + at(50, 100, SECRET, before="1 1 1 rg"),
    "white on a dark form": "/X0 Do\n" + at(50, 100, SECRET, before="1 1 1 rg"),
    "grey": at(50, 100, SECRET, before=".6 g"),
    "outline": at(50, 100, SECRET, before="1 Tr 1 1 1 rg 0 G"),
    "a box under it": "0.9 g 40 90 300 30 re f\n" + at(50, 100, SECRET, before="0 g"),
    "in its clip": "q 40 90 300 30 re W n " + at(50, 100, SECRET) + "Q",
    "in a form": "/X1 Do\n",
    "transparent over it": at(50, 100, SECRET) + "/G0 gs 1 1 0 rg 40 90 300 30 re f\n",
}


@pytest.mark.parametrize("way", SEEN)
def test_what_people_see_is_kept(tmp_path, way):
    more = (
        "<</Type/ExtGState/ca 0.4>>",
        form("0 0 .4 rg 40 90 300 30 re f"),
        form(at(40, 80, SECRET), more="/Matrix[1 0 0 1 10 20]"),
    )
    given = "/ExtGState<</G0 5 0 R>>/XObject<</X0 6 0 R/X1 7 0 R>>"
    text = extract(str(written(tmp_path / "t.pdf", table(ROWS) + SEEN[way], more=more, resources=given)))
    assert SECRET in text.lines
    assert not text.left_out


def test_text_that_was_recognised_in_a_picture_is_kept(tmp_path):
    kind = "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    picture = f"<<{kind}/Length 1>>stream\n\x80\nendstream"
    said = "q 600 0 0 400 0 0 cm /X0 Do Q\n" + at(50, 100, SECRET, before="3 Tr")
    file = written(tmp_path / "t.pdf", said, more=(picture,), resources="/XObject<</X0 5 0 R>>")
    assert SECRET in extract(str(file)).lines


STRIKES = {
    "a line": level(40, 480, 303),
    "a box": "40 302.8 440 0.8 re f\n",
    "over the figures": level(245, 265, 303.4) + level(325, 350, 303.4),
    "a note": "",
}


@pytest.mark.parametrize("way", STRIKES)
def test_struck_out_numbers_are_unread(tmp_path, way):
    note = "<</Type/Annot/Subtype/StrikeOut/Rect[240 298 360 312]/QuadPoints[240 311 360 311 240 298 360 298]>>"
    noted = "/Annots[5 0 R]" if way == "a note" else ""
    file = written(tmp_path / "t.pdf", table(ROWS) + STRIKES[way], more=(note,), page=noted)
    text = extract(str(file))
    assert [row.split("\t")[1:] for row in rows(text)][:2] == [["2026", "2027"], ["350", "1 000"]]
    assert "-20" not in "\n".join(text.lines)
    assert {raw for raw in reasons(text) if raw[-1:].isdigit()} == {"-20", "12,5"}
    assert set(reasons(text).values()) == {"it is struck out"}


@pytest.mark.parametrize("y", [298.5, 296, 294, 308, 310, 312])
def test_a_rule_below_or_above_a_number_is_no_strike(tmp_path, y):
    text = extract(str(written(tmp_path / "t.pdf", table(ROWS) + level(40, 480, y))))
    assert rows(text) == READ
    assert not text.left_out

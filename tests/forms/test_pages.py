"""Several web pages of one publication in a ZIP or a folder, and pages with all that belongs to them in one file."""

import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.forms.folders import pack
from kommunebudsjett.forms.problem import ProblemError
from tests.forms.makers import left_out, page, read, saved


def zipped(path: Path, pages: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        for name, content in pages.items():
            package.writestr(name, content)
    return path


def text(title: str, more: str = "") -> str:
    return page(f"{more}<h1>{title}</h1><p>{title} får 5 mill.</p>")


def links(*names: str) -> str:
    return "<nav>" + "".join(f'<a href="{name}">{name}</a>' for name in names) + "</nav>"


ADDRESS = "https://kommune.no/budsjett"
ORDERS = {
    "names, numbers as numbers": (
        {"side10.html": text("C"), "side2.html": text("B"), "side1.html": text("A")}, "ABC", "order of their names",
    ),
    "the links of an index": (
        {"a.html": text("C"), "b.html": text("B"), "index.html": text("A", links("b.html", "a.html#x", "ut.html"))},
        "ABC",
        "order of the links in index.html",
    ),
    "a page with most links, and one that nothing leads to": (
        {"z.html": text("A", links("c%20d.html", "b.html")), "c d.html": text("B"), "b.html": text("C"),
         "a.html": text("D")},
        "ABCD",
        "order of the links in z.html",
    ),
    "pages in folders": (
        {"budsjett/index.html": text("A", links("del/b.html", "a.html")), "budsjett/del/b.html": text("B"),
         "budsjett/a.html": text("C")},
        "ABC",
        "order of the links in index.html",
    ),
    "links to where the pages were saved": (
        {"Skole.html": f"<!-- saved from url=(0032){ADDRESS}/skole/ -->" + text("C"),
         "Kultur.html": f'<link rel="canonical" href="{ADDRESS}/kultur">' + text("B"),
         "Forside.html": f"<!-- saved from url=(0027){ADDRESS} -->"
         + text("A", links(f"{ADDRESS}/kultur", f"{ADDRESS}/skole"))},
        "ABC",
        "order of the links in Forside.html",
    ),
    "one page, and what its browser saved beside it": (
        {"A.html": text("A"), "A_files/ad.html": text("X"), "A_files/a.css": "p{}", "__MACOSX/A.html": text("Y")},
        "A",
        "one page",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", ORDERS)
def test_reading_order(tmp_path, case):
    pages, order, said = ORDERS[case]
    found = read(zipped(tmp_path / "budsjett.zip", pages))
    assert "".join(line[2:] for line in found.lines if line.startswith("# ")) == order
    assert said in found.remarks[0]


def test_places_and_what_is_left_out_name_the_page(tmp_path):
    found = read(zipped(tmp_path / "b.zip", {"a.html": text("A"), "b.html": text("B", "<nav>Side 7</nav>")}))
    assert (7, "b.html: B, avsnitt 1") in found.places
    assert left_out(found) == [("Side 7", "it is no part of the document: a menu (b.html)")]


def test_a_folder_is_packed_as_one_file(tmp_path):
    folder = tmp_path / "budsjett"
    (folder / "A_files").mkdir(parents=True)
    saved(folder, text("A"), "A.html")
    saved(folder, text("X"), "A_files/ad.html")
    saved(folder, text("B"), "B.html")
    packed = pack(folder)
    assert packed == pack(folder)
    (tmp_path / "b.zip").write_bytes(packed)
    assert [line for line in read(tmp_path / "b.zip").lines if line.startswith("#")] == ["# A", "# B"]
    (tmp_path / "tom").mkdir()
    with pytest.raises(UserError, match="no web page"):
        pack(tmp_path / "tom")


def test_a_zip_without_pages(tmp_path):
    with pytest.raises(ProblemError, match="no web page"):
        read(zipped(tmp_path / "b.zip", {"a.csv": "1"}))


def test_a_page_in_one_file(tmp_path):
    """MHTML, as Chromium and Edge save: the page, its style sheets and its pictures as parts of a message."""
    message = EmailMessage()
    message["Snapshot-Content-Location"] = ADDRESS
    message.set_content(page('<p>Årlig 5 mill.</p><p class="x">Utkast 7</p>'), subtype="html", cte="quoted-printable")
    message.add_related(".x{display:none}", subtype="css")
    path = tmp_path / "b.mhtml"
    path.write_bytes(bytes(message))
    found = read(path)
    assert found.lines == ["Årlig 5 mill."]
    assert left_out(found) == [("Utkast 7", "the page hides it")]

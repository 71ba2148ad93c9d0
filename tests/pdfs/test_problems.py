"""PDFs that cannot be read: each ends in one message with the file and a remedy, and leaves no process behind."""

import json
import subprocess
import time
import tracemalloc
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

import kommunebudsjett.forms as forms
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.forms import read_file
from kommunebudsjett.forms.problem import ProblemError
from kommunebudsjett.pdf import glyphs, limits
from kommunebudsjett.pdf.extraction import extract
from tests.pdfs import typst_maker
from tests.pdfs.examples import TABLE_BUDGET
from tests.pdfs.model import Layout
from tests.pdfs.raw import at, form, table, written


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> Path:
    return typst_maker.make(TABLE_BUDGET, Layout(), tmp_path_factory.mktemp("good"))


def save(file: Path, writer: PdfWriter) -> None:
    with file.open("wb") as out:
        writer.write(out)


def copy_of(good: Path) -> PdfWriter:
    return PdfWriter(clone_from=PdfReader(good))


def locked(file: Path, good: Path) -> None:
    writer = copy_of(good)
    writer.encrypt("hemmelig", algorithm="RC4-128")
    save(file, writer)


def scanned(file: Path, good: Path) -> None:
    page = Image.new("RGB", (600, 800), "white")
    ImageDraw.Draw(page).text((50, 50), "Budsjett 2027", fill="black")
    page.save(file, "PDF", save_all=True, append_images=[page])


def without_letters(file: Path, good: Path) -> None:
    """The fonts no longer tell which letters they draw."""
    writer = copy_of(good)
    for item in writer._objects:
        if isinstance(item, dict) and "/ToUnicode" in item:
            del item["/ToUnicode"]
    save(file, writer)


def without_pages(file: Path, good: Path) -> None:
    file.write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def swollen(file: Path, good: Path) -> None:
    """A page that unpacks to more than the memory that is allowed."""
    writer = copy_of(good)
    packer = zlib.compressobj(9)
    packed = packer.compress(b" " * (700 << 20)) + packer.flush()
    stream = StreamObject()
    stream._data = packed
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    save(file, writer)


PROBLEMS = {
    "empty": (lambda file, good: file.write_bytes(b""), "empty"),
    "blank": (lambda file, good: file.write_bytes(b" \n\n"), "empty"),
    "no PDF": (lambda file, good: file.write_text("Budsjett 2027\n" * 200), "is no PDF"),
    "cut off": (lambda file, good: file.write_bytes(good.read_bytes()[: good.stat().st_size // 2]), "cut off"),
    "a header alone": (lambda file, good: file.write_bytes(b"%PDF-1.7\n%%EOF\n"), "damaged"),
    "no pages": (without_pages, "no pages|damaged"),
    "locked": (locked, "password"),
    "scanned": (scanned, "pictures of pages and no text"),
    "letters unknown": (without_letters, r"page 1 .* whose letters"),
}


@pytest.mark.parametrize("kind", PROBLEMS)
def test_what_cannot_be_read_is_told(good, tmp_path, kind):
    spoil, message = PROBLEMS[kind]
    file = tmp_path / "budsjett.pdf"
    spoil(file, good)
    with pytest.raises(UserError, match=message) as problem:
        read_file(file, tmp_path / "store")
    assert problem.value.file == file
    assert problem.value.remedy
    assert not (tmp_path / "store").exists()


def test_whether_a_file_is_whole_its_end_alone_tells(tmp_path):
    file = tmp_path / "budsjett.pdf"
    file.write_bytes(b"%PDF-1.7\n" + bytes(20 << 20) + b"%%EOF\n")
    tracemalloc.start()
    with pytest.raises(ProblemError, match="damaged"):
        extract(str(file))
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()


def test_a_missing_file(tmp_path):
    with pytest.raises(UserError, match="missing"):
        read_file(tmp_path / "budsjett.pdf", tmp_path)


def test_a_file_that_swells_ends_in_a_message(good, tmp_path, monkeypatch):
    file = tmp_path / "budsjett.pdf"
    swollen(file, good)
    assert file.stat().st_size < 2 << 20
    monkeypatch.setattr(forms, "MOST_MEMORY", 600 << 20)
    assert read_file(good, tmp_path / "store").lines
    with pytest.raises(UserError, match="memory") as problem:
        read_file(file, tmp_path / "store")
    assert problem.value.remedy


def nested(file: Path, depth: int = 6) -> Path:
    """A page that draws a form ten times, which draws another ten times, and so on: a small file of many letters."""
    forms = [form("/X1 Do " * 10, more=f"/Resources<</XObject<</X1 {6 + level} 0 R>>>>") for level in range(depth)]
    letters = form(at(50, 50, "Skole 1 000"), more="/Resources<</Font<</F1 3 0 R>>>>")
    return written(file, "/X0 Do", more=(*forms, letters), resources="/XObject<</X0 5 0 R>>")


def test_a_small_file_of_many_letters_ends_in_a_message(tmp_path):
    file = nested(tmp_path / "budsjett.pdf")
    assert file.stat().st_size < 4 << 10
    with pytest.raises(UserError, match=r"memory|characters"):
        read_file(file, tmp_path / "store")


@pytest.mark.slow
def test_time_and_memory_grow_as_the_pages_do(tmp_path):
    """Twice as many pages take twice as long, and no more than a third of a megabyte each."""

    def taken(pages: int) -> tuple[float, float]:
        rows = [(f"Tiltak {row}", f"{row} 000", "-20", "12,5") for row in range(16)]
        file = written(tmp_path / f"{pages}.pdf", *[table(rows) + at(50, 20, str(page)) for page in range(pages)])
        tracemalloc.start()
        start = time.process_time()
        assert len(extract(str(file)).lines) >= 16 * pages
        spent, peak = time.process_time() - start, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return spent, peak

    taken(5)
    (fast, small), (slow, large) = taken(40), taken(160)
    assert slow < 8 * fast
    assert large < 5 * small
    assert large < 160 * (1 << 20) / 3


def test_a_file_that_takes_too_long(good, tmp_path, monkeypatch):
    monkeypatch.setattr(forms, "MOST_SECONDS", 0.01)
    with pytest.raises(UserError, match="within") as problem:
        read_file(good, tmp_path)
    assert problem.value.remedy


def test_a_file_that_ends_the_reading_process(good, tmp_path, monkeypatch):
    died = subprocess.CompletedProcess([], -11, stdout=b"", stderr=b"")
    monkeypatch.setattr(forms.subprocess, "run", lambda *_, **__: died)
    with pytest.raises(UserError, match="could not be read"):
        read_file(good, tmp_path)


@pytest.mark.parametrize(
    ("limit", "value", "message"),
    [
        ("MOST_PAGES", 0, "pages"),
        ("MOST_CHARACTERS", 100, "characters"),
        ("MOST_CHARACTERS_A_PAGE", 100, "page 1 of the PDF has .* characters"),
    ],
)
def test_limits(good, monkeypatch, limit, value, message):
    assert getattr(limits, limit) > value
    monkeypatch.setattr(glyphs, limit, value)
    with pytest.raises(ProblemError, match=message):
        list(glyphs.read_pages(str(good)))


def test_a_file_that_is_too_large(good, tmp_path, monkeypatch):
    monkeypatch.setattr(forms, "MOST_BYTES", 1 << 10)
    with pytest.raises(UserError, match="bytes"):
        read_file(good, tmp_path)


def test_what_was_read_is_kept(good, tmp_path, monkeypatch):
    first = read_file(good, tmp_path)
    assert any("hjemmetjenesten" in line for line in first.lines)
    [kept] = tmp_path.iterdir()

    def refuse(*_, **__):
        raise AssertionError("it was read again")

    with monkeypatch.context() as patch:
        patch.setattr(forms.subprocess, "run", refuse)
        assert read_file(good, tmp_path) == first
        patch.setattr(forms, "_version", lambda: "other")
        with pytest.raises(AssertionError):
            read_file(good, tmp_path)
    kept.write_text(json.dumps({"lines": []}), encoding="utf-8")
    assert read_file(good, tmp_path) == first

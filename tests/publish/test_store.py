"""The store of published pieces: made once for what they are made from, and never half."""

import datetime
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from kommunebudsjett.publish import store
from kommunebudsjett.publish.store import Piece, writing
from kommunebudsjett.publish.workers import side_by_side


@dataclass(frozen=True)
class Page:
    title: str
    lines: dict


def write(page: Page, date: datetime.date, folder: Path) -> None:
    with (folder.parents[2] / "made").open("a", encoding="utf-8") as file:
        file.write(f"{page.title}\n")
    if page.title == "bad":
        raise ValueError("bad")
    (folder / "figures").mkdir()
    text = f"{page.title} {sorted(page.lines[1])} {date}"
    (folder / f"{page.title}.html").write_text(text, encoding="utf-8")


DATE = datetime.date(2026, 11, 22)


def pages(*titles: str) -> list[Piece]:
    return [Piece(write, (Page(title, {1: frozenset({"b", "a"})}), DATE)) for title in titles]


def publish(folder: Path, pieces: list[Piece], workers: int = 2) -> list[str]:
    """Write the pieces into `out`; the titles of those that were made for it."""
    made = folder / "made"
    made.write_text("", encoding="utf-8")
    placed = [(piece, folder / "out") for piece in pieces]
    with side_by_side(workers) as pool, writing(placed, folder / "store", pool):
        pass
    return sorted(made.read_text(encoding="utf-8").split())


@pytest.mark.parametrize("workers", [1, 2])
def test_a_piece_is_made_once_for_what_it_is_made_from(tmp_path, workers, monkeypatch):
    assert publish(tmp_path, pages("a", "b"), workers) == ["a", "b"]
    first = (tmp_path / "out/a.html").read_bytes()
    assert publish(tmp_path, pages("a", "b", "c"), workers) == ["c"]
    assert (tmp_path / "out/a.html").read_bytes() == first
    later = [Piece(write, (Page("a", {1: frozenset()}), DATE)), Piece(write, pages("a")[0].arguments, ("digest",))]
    assert publish(tmp_path, later, workers) == ["a", "a"]
    monkeypatch.setattr(store, "code", lambda: "another")
    assert publish(tmp_path, pages("b"), workers) == ["b"]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_piece_that_fails_is_not_kept(tmp_path, workers):
    for _ in range(2):
        with pytest.raises(ValueError, match="bad"):
            publish(tmp_path, pages("a", "bad", "b"), workers)
    assert not [entry for entry in (tmp_path / "store").iterdir() if entry.name.startswith(".")]
    assert "a" not in publish(tmp_path, pages("a"), workers)


@pytest.mark.parametrize("spoil", [
    lambda page, _: page.write_text("edited by hand", encoding="utf-8"),
    lambda _, piece: next(piece.rglob("a.html")).unlink(),
    lambda _, piece: (piece / "files" / "more.html").write_text("more", encoding="utf-8"),
    lambda _, piece: (piece / "digests.json").write_text("{", encoding="utf-8"),
])  # fmt: skip
def test_a_piece_that_is_not_as_it_was_made_is_made_anew(tmp_path, spoil):
    publish(tmp_path, pages("a", "b"))
    page, before = tmp_path / "out/a.html", (tmp_path / "out/a.html").read_bytes()
    spoil(page, tmp_path / "store" / pages("a")[0].key)
    assert publish(tmp_path, pages("a", "b")) == ["a"]
    assert page.read_bytes() == before
    assert not (tmp_path / "out/more.html").exists()


def test_an_argument_without_a_digest_is_an_error(tmp_path):
    with pytest.raises(TypeError, match="object has no digest"):
        publish(tmp_path, [Piece(write, (object(), DATE))])


def test_pieces_are_made_while_the_block_runs_and_in_their_places_after_it(tmp_path):
    with side_by_side(2) as pool, writing([(pages("a")[0], tmp_path / "out")], tmp_path / "store", pool):
        end = time.monotonic() + 60
        while not (tmp_path / "store" / pages("a")[0].key).is_dir():
            assert time.monotonic() < end, "the piece was not made while the block ran"
            time.sleep(0.01)
        assert not (tmp_path / "out").exists()
    assert (tmp_path / "out" / "a.html").is_file()


def test_what_fails_in_the_block_leaves_nothing_behind(tmp_path):
    with (
        pytest.raises(ValueError, match="in the block"),
        side_by_side(2) as pool,
        writing([(piece, tmp_path / "out") for piece in pages("a", "b")], tmp_path / "store", pool),
    ):
        raise ValueError("in the block")
    assert not (tmp_path / "out").exists()
    assert not [entry for entry in (tmp_path / "store").iterdir() if entry.name.startswith(".")]

"""Texts printed wrongly, cut, mixed and hostile: plain edits in, the edited lines out.

Edits know nothing of what a document says, so that they also make what nobody thought of. They are plain data, which
hypothesis can shrink to the shortest text that shows an error.
"""

from collections.abc import Callable
from typing import NamedTuple

from hypothesis import strategies as st

# What text from a PDF, a typewriter, an attacker or a spreadsheet may hold.
FRAGMENTS = (
    "", " ", "\t", "   ", "\t\t", "\u00a0", "\u202f", "\u2009", "\u200b", "\u00ad", "\f", "\v", "\r", "\x01",
    "\x1b[31m", "\ufeff", "\u202e", "\u2066", "\u0085", "\u2028", "\x7f", "\ue000", "\ue0000\ue001", "\uffff",
    "\U000e0041", "-", "−", "–", "—", "\u2010", "\u2011", "- ", "• ", "● ", "* ", "# ", "## ", "### ", "**", "\\*",
    "<b>", "</b>", "<sup>1</sup>", "<hr/>", "<br>", "<script>", "](", "[a](b)", "&amp;", "|", "\\", "{x}", "$", "@",
    "0", "1", "7", "00", "007", "1 000", "1\u00a0000", "1.000", "1,5", "-3", "−3", "– 3", "3-4", "12 34", "1 2 3 4",
    "1\t2\t3", "²", "½", "٣", "𝟙", "Ⅳ", "1e9", "1,", ",5", "1,2,3", "9" * 16, "9" * 400, "1" * 5000, "%", "5 %",
    "100%", "5 prosent", "N/A", "..", "-", "2026", "2027", "2026 2027 2028 2029", "1999", "20²²", "2020-2023",
    "2020 og 2021", "20200", "0000", "5 millioner", "1 million", "2,5 mill. kr", "500 000 kroner", "kr 3", "mnok 4",
    "en million", "fem millioner", "1 milliard", "økende til 4 millioner i 2021", "halvårseffekt", "årlig",
    "kuttes med 2 millioner i 2022", "Sum", "Totalt", "Totalt (MNOK)", "1. Sum", "i alt", "Tall i tusen kr", "TNOK",
    "mill. kr", "Oppvekst", "Investeringer", "Drift - Oppvekst", "Inndekning", "Verbale føringer",
    "Verbale føringer - Kultur", "Innledning", "Innhold", "Handlingsregler", "Tabeller samlet", "1. Kapittel",
    "1.1.1. Tabell", "Tabell 2.1.1 Regnskap", "x-1", "Regnskap 2025", "Avvik", "Revidert budsjett", "Trondheim",
    "Periodemål 1: ", "Målet er nådd.", "Målet er ikke nådd", "Indikator: ", "Resultat: ", "Målet er delvis",
    "Andelen skal være 5 prosent", "og", "Vi vil", "vi ber om en sak innen 2026.", ".", "...", ".....", ":", "?", "a",
    "A", "Å", "A\u030a", "ß", "İ", "ǅ", "ﬁ", "\U0001f600", "=1+1", "+47", "@SUM(A1)", '"', '""', "'", ",", ";",
    "a" * 300, "Ord " * 60,
)  # fmt: skip


class Edit(NamedTuple):
    """What is done at the line and the character that two numbers choose; each operation uses what it needs."""

    operation: str
    line: int
    place: int
    fragment: str


def _delete(lines: list[str], at: int, edit: Edit) -> None:
    del lines[at : at + 1 + edit.place % 4]


def _double(lines: list[str], at: int, edit: Edit) -> None:
    lines[at:at] = lines[at : at + 1 + edit.place % 12]


def _move(lines: list[str], at: int, edit: Edit) -> None:
    moved = lines[at : at + 1 + edit.place % 3]
    del lines[at : at + len(moved)]
    to = edit.place % (len(lines) + 1)
    lines[to:to] = moved


def _join(lines: list[str], at: int, edit: Edit) -> None:
    lines[at : at + 2] = [edit.fragment.join(lines[at : at + 2])]


def _split(lines: list[str], at: int, edit: Edit) -> None:
    cut = edit.place % (len(lines[at]) + 1)
    lines[at : at + 1] = [lines[at][:cut], *[""] * (edit.place % 7), lines[at][cut:]]


def _insert(lines: list[str], at: int, edit: Edit) -> None:
    cut = edit.place % (len(lines[at]) + 1)
    lines[at] = lines[at][:cut] + edit.fragment + lines[at][cut:]


def _replace(lines: list[str], at: int, edit: Edit) -> None:
    """A word or cell becomes the fragment."""
    parts = lines[at].replace("\t", " \t ").split(" ")
    parts[edit.place % len(parts)] = edit.fragment
    lines[at] = " ".join(parts).replace(" \t ", "\t")


def _cut(lines: list[str], at: int, edit: Edit) -> None:
    lines[at] = lines[at][: edit.place % (len(lines[at]) + 1)]


def _line(lines: list[str], at: int, edit: Edit) -> None:
    lines.insert(at, edit.fragment)


def _respace(lines: list[str], at: int, edit: Edit) -> None:
    """Spaces or tabs of a line become the fragment."""
    lines[at] = lines[at].replace(" \t"[edit.place % 2], edit.fragment)


def _case(lines: list[str], at: int, edit: Edit) -> None:
    change = (str.upper, str.lower, str.title, str.swapcase, str.casefold)[edit.place % 5]
    lines[at] = change(lines[at])


def _renumber(lines: list[str], at: int, edit: Edit) -> None:
    """The digits of a line become others."""
    digit = str(edit.place % 10)
    lines[at] = "".join(digit if character.isdecimal() else character for character in lines[at])


def _repeat(lines: list[str], at: int, edit: Edit) -> None:
    lines[at] = (lines[at] + edit.fragment) * (1 + edit.place % 20)


OPERATIONS: dict[str, Callable[[list[str], int, Edit], None]] = {
    "delete": _delete, "double": _double, "move": _move, "join": _join, "split": _split, "insert": _insert,
    "replace": _replace, "cut": _cut, "line": _line, "respace": _respace, "case": _case, "renumber": _renumber,
    "repeat": _repeat,
}  # fmt: skip


def edits(most: int) -> st.SearchStrategy[list[Edit]]:
    """Up to `most` edits. Those of one text lie near each other, where they meet."""
    one = st.builds(
        Edit,
        st.sampled_from(sorted(OPERATIONS)),
        st.integers(0, 60) | st.integers(0, 10_000),
        st.integers(0, 400),
        st.sampled_from(FRAGMENTS) | st.text(max_size=8),
    )
    return st.lists(one, min_size=1, max_size=most)


def edited(lines: list[str], made: list[Edit]) -> list[str]:
    """The lines after the edits, none of which is left with an end of line in it."""
    out = list(lines)
    for edit in made:
        if not out:
            out = [""]
        OPERATIONS[edit.operation](out, edit.line % len(out), edit)
    return "\n".join(out).split("\n")


def parts(lines: list[str], most: int) -> st.SearchStrategy[list[str]]:
    """A part of a text of at most so many lines."""
    return st.builds(
        lambda start, length: lines[start : start + length], st.integers(0, len(lines) - 1), st.integers(1, most)
    )

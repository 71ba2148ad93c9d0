"""Findings of several checks in; each of them once out."""

import pytest

from kommunebudsjett.audit.findings import finding
from kommunebudsjett.audit.stage import _once


def found(lines, norwegian="Mindre innleie er høyere."):
    return finding("sv-2026", "promise", "doubt", lines, norwegian, "Less hired help is more.")


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ([found([61, 62, 69]), found([69]), found([69, 148])], ["61-62;69;148"]),
        # The same words about other lines are another finding, and so are other words about the same lines.
        ([found([69]), found([148])], ["69", "148"]),
        ([found([69]), found([69], "Avdrag er høyere.")], ["69", "69"]),
        # Two that have nothing in common, and one that has lines of both.
        ([found([1]), found([3]), found([1, 3])], ["1;3"]),
    ],
)
def test_what_is_found_twice_on_the_same_lines_is_one_finding(said, lines):
    assert [one.lines for one in _once(said)] == lines

"""Characters that a file has lost: words with one stay, numbers at one are left out and listed."""

import pytest

from kommunebudsjett.core.texts import Text
from kommunebudsjett.forms.lost import NO_LETTER, without_lost_numbers

LINES = [
    # A space between thousands, a minus, a dash, a digit: nobody can say what it was.
    ("Gratis SFO koster 5�200 tusen kroner", "Gratis SFO koster � tusen kroner", "5�200"),
    ("Flere lærere: �3000", "Flere lærere: �", "�3000"),
    ("Kutt i administrasjon: � 4000", "Kutt i administrasjon: �", "� 4000"),
    ("Skole\t1 5�0\t1 200", "Skole\t�\t1 200", "1 5�0"),
    ("I 2026 �250 sparer vi", "I � sparer vi", "2026 �250"),
    ("Skole <b>12�</b>", "Skole <b>�</b>", "12�"),
    # Letters of words, and what no number stands beside.
    ("Troms� 2026 har 5 �rganger", "Troms� 2026 har 5 �rganger", ""),
    ("Vi bruker 12 millioner kroner� på �ya", "Vi bruker 12 millioner kroner� på �ya", ""),
    ("�\t5", "�\t5", ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "kept", "left"), LINES)
def test_a_number_at_a_lost_character_is_left_out(line, kept, left):
    found = without_lost_numbers(Text(["Tiltak", line], []))
    assert found.lines[1] == kept
    assert [(one.line, one.raw, one.reason) for one in found.left_out] == ([(2, left, NO_LETTER)] if left else [])

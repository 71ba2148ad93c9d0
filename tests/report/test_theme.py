"""The colours of documents: told apart side by side, and legible."""

from itertools import pairwise

import pytest

from kommunebudsjett.report import theme


@pytest.mark.parametrize("role", list(theme.COLOURS))
def test_the_colours_of_a_role_are_told_apart(role):
    colours = theme.COLOURS[role]
    assert len(set(colours)) == len(colours)
    # Also in grey: each is much darker or lighter than the one before it.
    assert all(theme.contrast(one, other) > 1.9 for one, other in pairwise(colours))
    assert set(colours) <= set(theme.NAMES)
    assert theme.colour(role, len(colours) + 1) == theme.colour(role, 1)


def test_no_two_colours_have_one_name():
    for lang in (0, 1):
        assert len({names[lang] for names in theme.NAMES.values()}) == len(theme.NAMES)


@pytest.mark.parametrize("colour", list(theme.NAMES))
def test_what_is_written_on_a_colour_can_be_read(colour):
    assert theme.contrast(theme.on_colour(colour), colour) >= 4.5


def test_contrast_is_that_of_wcag():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)

"""The index of words: it must name every text that an expression matches, and may name others."""

import pytest

from kommunebudsjett.tables.openings import WordIndex, openings
from kommunebudsjett.tables.topics import whole_words

TEXTS = [
    "Barnehagene får mer",
    "Ravn over byen",
    "Ny bhg",
    "BH i en parentes (småbarn)",
    "Nattbussen går",
    "natt-ravner og natt",
    "30-timers uke",
    "§ 5 og mer",
    "a|b",
    "bar(n",
    "Helsesøstre",
    "",
]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"barnehage\w*|bhg?", {"barnehage", "bh"}),
        (r"(?:små)?barn|bhg", {"små", "barn", "bhg"}),
        (r"(?:(?:helse|natt)- )?busser|(natt)*uke", {"helse", "natt", "busser", "uke"}),
        (r"(?:helse)?(?:natt)?ravn", {"helse", ""}),
        (r"(?:natt|)ravn", {"natt", ""}),
        (r"(?:natt){0,2}ravn", {"natt", ""}),
        (r"(?:små)??barn", {"små", ""}),
        (r"(?i:en)", {""}),
        (r"mer: (?:natt|mer)|(?<=en) §", {"mer", ""}),
        (r"natt(?:buss(?:en)?|ravn)\w*|HVS", {"natt", "hvs"}),
        (r"natt[-|(]ravn\w*", {"natt"}),
        (r"natt[]|(]ravn\w*|uke", {"natt", "uke"}),
        (r"bar\(n|a\|b", {"bar", "a"}),
        (r"30-timers|(?!natt)\w+|§ \d", {""}),
        (r"helses{1,2}øst\w*|en+", {"helse", "en"}),
    ],
)
def test_each_alternative_gives_the_letters_it_must_begin_with(pattern, expected):
    assert openings(pattern) == expected
    index, searched = WordIndex(TEXTS), whole_words(pattern)
    matched = [number for number, text in enumerate(TEXTS) if searched.search(text)]
    assert set(matched) <= set(index.with_word_in(openings(pattern)))


def test_texts_without_a_word_that_begins_so_are_left_out():
    assert WordIndex(TEXTS).with_word_in({"natt", "bh"}) == [2, 3, 4, 5]
    assert WordIndex(TEXTS).with_word_in({"zzz"}) == []

"""What stands together on a printed line: nothing is put in, and only spaces are other ones."""

import pytest

from kommunebudsjett.publish.bound import JOINED, SPACE, bound


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        # A number and its thousands; a year is no thousand of what follows it.
        ("nærmere 50 000 besøkende", "nærmere 50~000 besøkende"),
        ("1 234 567 kr", "1~234~567~kr"),
        ("i 2024 250 barn", "i 2024 250 barn"),
        ("NOU 2023:24 og 12 skoler", "NOU 2023:24 og 12 skoler"),
        # A number and its unit.
        ("8 % fra 2024", "8~% fra 2024"),
        ("16,5 millioner kroner", "16,5~millioner~kroner"),
        ("−2,4 mill. kr i 2026-kroner", "−2,4~mill.~kr i 2026-kroner"),
        ("NOK 3 million, NOK million", "NOK~3~million, NOK~million"),
        ("19. desember, 1 January 2020", "19.~desember, 1~January 2020"),
        ("og 9 til. Fra 8 til 12", "og 9~til. Fra 8 til 12"),
        # Ranges, and a year with its amount, which may be a link of its own.
        ("2026–2029: −2,4", "2026–2029:~−2,4"),
        ("2025: Ingen; 2026: ", "2025: Ingen; 2026:~"),
        # A reference and its number.
        ("(linje 12–15)", "(linje~12–15)"),
        ("Table 8.3.2, lines ", "Table~8.3.2, lines~"),
    ],
)
def test_what_stands_together_is_bound(words, printed):
    assert bound(words) == printed.replace("~", SPACE)


def test_what_a_dash_joins_is_whole():
    words = "2026–2029: 3,5 i 2026-kroner, linje 12–15 og 18, rød–grønne, e-post, 1–"
    assert JOINED.findall(words) == ["2026–2029", "2026-kroner", "12–15"]

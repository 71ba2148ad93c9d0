"""Words at the ends of lines."""

import pytest

from kommunebudsjett.pdf.hyphens import Joiner

KNOWN = ["sosialhjelpsmottakere i kommunen", "Et barne-TV for alle", "e-post og e-poster", "fem er nok"]


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["kommune-", "økonomien er god"], "kommuneøkonomien er god"),
        (["kommune\u00ad", "økonomien"], "kommuneøkonomien"),
        (["barne-", "og ungdomsarbeid"], "barne- og ungdomsarbeid"),
        (["inntekts-", "eller formuesskatt"], "inntekts- eller formuesskatt"),
        (["SFO-", "tilbudet"], "SFO-tilbudet"),
        (["Oslo-", "Trondheim"], "Oslo-Trondheim"),
        (["2026-", "2029"], "2026-2029"),
        (["en e-", "post kom"], "en e-post kom"),
        (["fra 2026 -", "som før"], "fra 2026 - som før"),
        (["og/", "eller"], "og/eller"),
        (["en linje", "og en til"], "en linje og en til"),
        (["kultur\u00adskolen"], "kulturskolen"),
    ],
)
def test_lines_are_joined(lines, joined):
    assert Joiner(KNOWN).join(lines) == joined


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        # A narrow column breaks a word without a hyphen: the document has it whole, else nobody can know.
        (["sosialhjelpsm", "ottakere"], "sosialhjelpsmottakere"),
        (["Førskolelærer", "e"], "Førskolelærer e"),
        (["Miljø og", "næring"], "Miljø og næring"),
        (["er", "fem"], "er fem"),
    ],
)
def test_lines_of_a_cell_are_joined(lines, joined):
    assert Joiner(KNOWN).join_cell(lines) == joined

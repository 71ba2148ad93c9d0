"""Pages as the systems make them that municipalities and parties publish with."""

from pathlib import Path

import pytest

from tests.forms.makers import left_out, read

SITES = Path(__file__).with_name("sites")
EXPECTED = {
    "framsikt": [
        "# Handlings- og økonomiplan 2026-2029",
        "## Driftsbudsjettet",
        "Driftsrammen øker med 12,4 mill. kroner i 2026.",
        "Beløp i 1000",
        "Driftsutgifter og -inntekter\tRegnskap | 2024\tOppr. bud. | 2025"
        "\tØkonomiplan | 2026\tØkonomiplan | 2027\tØkonomiplan | 2028\tØkonomiplan | 2029",
        "Oppvekst\t\t\t\t\t\t",
        "Lønn\t123 456\t130 000\t135 000\t136 000\t137 000\t138 000",
        "<b>Sum</b>\t<b>123 456</b>\t<b>130 000</b>\t<b>135 000</b>\t<b>136 000</b>\t<b>137 000</b>\t<b>138 000</b>",
        "#### Gratis kjernetid (2 mill. kr)",
        "Tiltaket koster 2 mill. kroner i 2026.",
    ],
    "acos": [
        "# Budsjett 2026",
        "Kommunestyret vedtok budsjettet 11. desember 2025.",
        "## Skole og barnehage",
        "Skolen får 5 mill. kroner mer.",
        "Område\t2026\t2027",
        "Skole\t5 000\t5 100",
        "SFO\t-200\t",
        "Tall i hele 1000 kroner",
    ],
    "enonic": [
        "# Årsmelding 2025",
        "Kommunen fikk et overskudd på 12 mill. kroner.",
        "## Drift",
        "### Oppvekst",
        "Skolene brukte 4 mill. kroner mer.",
        "### Fakta",
        "- Innbyggere: 4 512",
        "Tabell 1 Netto drift (mill. kr)",
        "Sektor\tRegnskap 2025\tBudsjett 2025",
        "Oppvekst\t112,4\t108,0",
        "Helse\t98,1\t99,2",
        "Sum\t210,5\t207,2",
    ],
    "wordpress": [
        "# Vårt alternative budsjett",
        "4. desember 2025",
        "Vi foreslår:",
        "- Gratis SFO: 5,5 millioner",
        "- Flere lærere: 3 millioner",
        "  - hvorav 1 million til Vika",
        "Tiltak\t2026",
        "Gratis SFO\t5 500",
        "Tall i 1000 kr",
        "Eiendomsskatt: 7 millioner",
    ],
}  # fmt: skip
# What around the document holds numbers, in their order.
LEFT_OUT = {
    "framsikt": ["1 Innledning 2 Økonomi 2026", "Hjem Økonomi 2026", "Laster 7 elementer", "150k", "51 51 10 00"],
    "acos": ["72 00 00 00", "Budsjett 2026", "Budsjett 2025", "Publisert 12.12.2025", "964 982 597"],
    "enonic": ["3 informasjonskapsler", "Budsjett 2024", "1 Drift", "02.03.2026", "72 00 00 00"],
    "wordpress": [
        "Program 2023", "9 millioner", "Twitter 4", "Budsjett 2025", "Publisert i 2025", "3 kommentarer",
        "desember 2025",
    ],
}  # fmt: skip


@pytest.mark.parametrize("site", EXPECTED)
def test_a_site(site):
    text = read(SITES / f"{site}.html")
    assert [line for line in text.lines if line] == EXPECTED[site]
    raws = [raw for raw, _ in left_out(text)]
    assert len(raws) == len(LEFT_OUT[site])
    assert all(part in raw for part, raw in zip(LEFT_OUT[site], raws, strict=True)), raws

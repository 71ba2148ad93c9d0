"""Tables of accounts by area as annual reports print them: exactly their areas come out, with the right meanings.

Amounts are in million kroner, as in accounts.csv.
"""

# ruff: noqa: E501  The tables are as wide as they are printed.

import re

import pandas as pd
import pytest

from kommunebudsjett.tables.accounts import accounts
from kommunebudsjett.tables.contracts import MEANINGS
from tests.tables.annual_report_cells import printed

# What is special about a table, the table, and its areas: actual, revised and original budget, and deviation.
PRINTED = {
    "Framsikt: the unit stands in the header, and a deviation in per cent beside the one in kroner": (
        """Økonomisk resultat per tjenesteområde

Beløp i 1000 kr                      Regnskap 2025   Rev. budsjett 2025   Oppr. budsjett 2025   Avvik i kr   Avvik i %
Oppvekst                                   512 340              508 100               501 250       -4 240      -0,8 %
Helse og velferd                           640 020              645 500               630 000        5 480       0,8 %
Teknisk                                     88 910               90 000                89 500        1 090       1,2 %
Sentraladministrasjon                       61 005               60 400                60 000         -605      -1,0 %
Sum tjenesteområder                      1 302 275            1 304 000             1 280 750        1 725       0,1 %
""",
        [
            ("Oppvekst", 512.34, 508.1, 501.25, -4.24),
            ("Helse og velferd", 640.02, 645.5, 630.0, 5.48),
            ("Teknisk", 88.91, 90.0, 89.5, 1.09),
            ("Sentraladministrasjon", 61.005, 60.4, 60.0, -0.605),
        ],
    ),
    "`Reg.` for regulated, and the year before last": (
        """Driftsregnskap pr. sektor

Tall i hele tusen kroner
Sektor                        Regnskap 2025   Reg. budsjett 2025   Opprinnelig budsjett 2025   Avvik 2025   Regnskap 2024
Skole og barnehage                  201 500              199 900                     195 000       -1 600         190 250
Helse, omsorg og sosial             260 110              262 000                     255 400        1 890         249 870
Kultur og næring                     22 730               23 100                      22 900          370          21 990
Plan, bygg og teknisk                41 005               40 000                      39 500       -1 005          40 300
Totalt                              525 345              525 000                     512 800         -345         502 410
""",
        [
            ("Skole og barnehage", 201.5, 199.9, 195.0, -1.6),
            ("Helse, omsorg og sosial", 260.11, 262.0, 255.4, 1.89),
            ("Kultur og næring", 22.73, 23.1, 22.9, 0.37),
            ("Plan, bygg og teknisk", 41.005, 40.0, 39.5, -1.005),
        ],
    ),
    "nynorsk, the year before first": (
        """Netto driftsutgifter per tenesteområde

Tal i heile 1 000 kr
Tenesteområde                     Rekneskap 2024   Rekneskap 2025   Justert budsjett 2025   Opphavleg budsjett 2025   Avvik
Sentrale tenester                         31 220           32 540                  33 000                    32 100     460
Oppvekst                                 140 410          146 775                 145 000                   141 300  -1 775
Helse og omsorg                          170 030          176 320                 177 000                   172 800     680
Samfunnsutvikling                         28 600           29 110                  29 500                    29 000     390
Sum tenesteområde                        370 260          384 745                 384 500                   375 200    -245
""",
        [
            ("Sentrale tenester", 32.54, 33.0, 32.1, 0.46),
            ("Oppvekst", 146.775, 145.0, 141.3, -1.775),
            ("Helse og omsorg", 176.32, 177.0, 172.8, 0.68),
            ("Samfunnsutvikling", 29.11, 29.5, 29.0, 0.39),
        ],
    ),
    "one budget, of which nothing says whether it is revised, and numbered areas": (
        """Sektorenes resultat

Beløp i 1000 kroner
Rammeområde                   Budsjett 2025   Regnskap 2025   Avvik   Avvik i %
10 Folkevalgte                        9 400           9 120     280       3,0
20 Stab og støtte                    51 000          52 310  -1 310      -2,6
30 Oppvekst                         310 200         309 905     295       0,1
40 Helse                            402 000         410 450  -8 450      -2,1
Sum rammeområder                    772 600         781 785  -9 185      -1,2
""",
        [
            ("Folkevalgte", 9.12, None, None, 0.28),
            ("Stab og støtte", 52.31, None, None, -1.31),
            ("Oppvekst", 309.905, None, None, 0.295),
            ("Helse", 410.45, None, None, -8.45),
        ],
    ),
    "millions with decimals, and a `Rev.` after the original budget": (
        """Driftsutgifter netto fordelt på virksomhetsområder (mill. kr)

Virksomhetsområde             Regnskap 2024   Opprinnelig budsjett 2025   Revidert budsjett 2025   Regnskap 2025   Avvik kr   Avvik %
Barn og unge                          210,4                       214,0                    218,5           220,1       -1,6      -0,7
Mestring og omsorg                    301,9                       305,0                    311,2           309,8        1,4       0,4
By- og stedsutvikling                  44,0                        45,5                     45,5            47,0       -1,5      -3,3
Administrasjon                         60,2                        61,0                     61,3            60,9        0,4       0,7
Sum virksomhetsområder                616,5                       625,5                    636,5           637,8       -1,3      -0,2
""",
        [
            ("Barn og unge", 220.1, 218.5, 214.0, -1.6),
            ("Mestring og omsorg", 309.8, 311.2, 305.0, 1.4),
            ("By- og stedsutvikling", 47.0, 45.5, 45.5, -1.5),
            ("Administrasjon", 60.9, 61.3, 61.0, 0.4),
        ],
    ),
    "a block for each area: only its net is what it costs": (
        """Regnskap per tjenesteområde

Beløp i 1000 kr               Regnskap 2025   Rev. budsjett 2025   Oppr. budsjett 2025    Avvik
Oppvekst
  Utgifter                          420 300              418 000               410 000   -2 300
  Inntekter                         -60 300              -59 000               -58 000    1 300
  Netto                             360 000              359 000               352 000   -1 000
Helse og omsorg
  Utgifter                          510 000              512 000               500 000    2 000
  Inntekter                         -90 000              -88 000               -87 000    2 000
  Netto                             420 000              424 000               413 000    4 000
Tekniske tjenester
  Utgifter                          120 000              118 000               117 000   -2 000
  Inntekter                         -80 000              -79 000               -78 500    1 000
  Netto                              40 000               39 000                38 500   -1 000
Sum tjenesteområder                 820 000              822 000               803 500    2 000
""",
        [
            ("Oppvekst", 360.0, 359.0, 352.0, -1.0),
            ("Helse og omsorg", 420.0, 424.0, 413.0, 4.0),
            ("Tekniske tjenester", 40.0, 39.0, 38.5, -1.0),
        ],
    ),
    "the same with the names of a statement by kind, and a block for all areas": (
        """Regnskap per tjenesteområde

Beløp i 1000 kr               Regnskap 2025   Rev. budsjett 2025   Oppr. budsjett 2025    Avvik
Oppvekst
  Driftsutgifter                    420 300              418 000               410 000   -2 300
  Driftsinntekter                   -60 300              -59 000               -58 000    1 300
  Netto driftsutgifter              360 000              359 000               352 000   -1 000
Helse og omsorg
  Driftsutgifter                    510 000              512 000               500 000    2 000
  Driftsinntekter                   -90 000              -88 000               -87 000    2 000
  Netto driftsutgifter              420 000              424 000               413 000    4 000
Sum tjenesteområder
  Driftsutgifter                    930 300              930 000               910 000     -300
  Driftsinntekter                  -150 300             -147 000              -145 000    3 300
  Netto driftsutgifter              780 000              783 000               765 000    3 000
""",
        [
            ("Oppvekst", 360.0, 359.0, 352.0, -1.0),
            ("Helse og omsorg", 420.0, 424.0, 413.0, 4.0),
        ],
    ),
    "the net of a block is its sum": (
        """Regnskap per tjenesteområde

Beløp i 1000 kr               Regnskap 2025   Rev. budsjett 2025   Oppr. budsjett 2025    Avvik
Oppvekst
  Utgifter                          420 300              418 000               410 000   -2 300
  Inntekter                         -60 300              -59 000               -58 000    1 300
Sum Oppvekst                        360 000              359 000               352 000   -1 000
Helse og omsorg
  Utgifter                          510 000              512 000               500 000    2 000
  Inntekter                         -90 000              -88 000               -87 000    2 000
Sum Helse og omsorg                 420 000              424 000               413 000    4 000
Sum tjenesteområder                 780 000              783 000               765 000    3 000
""",
        [
            ("Oppvekst", 360.0, 359.0, 352.0, -1.0),
            ("Helse og omsorg", 420.0, 424.0, 413.0, 4.0),
        ],
    ),
    "a block for each kind: only that of the net counts": (
        """Regnskap per sektor

Beløp i 1000 kr               Regnskap 2025   Rev. budsjett 2025   Oppr. budsjett 2025    Avvik
Utgifter
  Oppvekst                          420 300              418 000               410 000   -2 300
  Helse og omsorg                   510 000              512 000               500 000    2 000
  Sum utgifter                      930 300              930 000               910 000     -300
Inntekter
  Oppvekst                          -60 300              -59 000               -58 000    1 300
  Helse og omsorg                   -90 000              -88 000               -87 000    2 000
  Sum inntekter                    -150 300             -147 000              -145 000    3 300
Netto
  Oppvekst                          360 000              359 000               352 000   -1 000
  Helse og omsorg                   420 000              424 000               413 000    4 000
  Sum netto                         780 000              783 000               765 000    3 000
""",
        [
            ("Oppvekst", 360.0, 359.0, 352.0, -1.0),
            ("Helse og omsorg", 420.0, 424.0, 413.0, 4.0),
        ],
    ),
    "the net stands in the row of the area": (
        """Regnskap per sektor

Beløp i 1000 kr               Regnskap 2025   Rev. budsjett 2025   Oppr. budsjett 2025    Avvik
Oppvekst                            360 000              359 000               352 000   -1 000
  Utgifter                          420 300              418 000               410 000   -2 300
  Inntekter                         -60 300              -59 000               -58 000    1 300
Helse og omsorg                     420 000              424 000               413 000    4 000
  Utgifter                          510 000              512 000               500 000    2 000
  Inntekter                         -90 000              -88 000               -87 000    2 000
Sum sektorer                        780 000              783 000               765 000    3 000
""",
        [
            ("Oppvekst", 360.0, 359.0, 352.0, -1.0),
            ("Helse og omsorg", 420.0, 424.0, 413.0, 4.0),
        ],
    ),
    "deviations are what was spent above the budget": (
        """Regnskap per sektor

Beløp i 1000 kr               Regnskap 2025   Rev. budsjett 2025   Oppr. budsjett 2025    Avvik
Oppvekst                            360 000              359 000               352 000    1 000
Helse og omsorg                     420 000              424 000               413 000   -4 000
Kultur                               40 000               39 000                38 500    1 000
Sum sektorer                        820 000              822 000               803 500   -2 000
""",
        [
            ("Oppvekst", 360.0, 359.0, 352.0, -1.0),
            ("Helse og omsorg", 420.0, 424.0, 413.0, 4.0),
            ("Kultur", 40.0, 39.0, 38.5, -1.0),
        ],
    ),
    "the same against a budget that is not said to be revised": (
        """Regnskap per sektor

Beløp i 1000 kr               Budsjett 2025        Regnskap 2025    Avvik
Oppvekst                            359 000              360 000    1 000
Helse og omsorg                     424 000              420 000   -4 000
Kultur                               39 000               40 000    1 000
Sum sektorer                        822 000              820 000   -2 000
""",
        [
            ("Oppvekst", 360.0, None, None, -1.0),
            ("Helse og omsorg", 420.0, None, None, 4.0),
            ("Kultur", 40.0, None, None, -1.0),
        ],
    ),
}


@pytest.mark.parametrize("tabs", [False, True], ids=["spaces", "tabs"])
@pytest.mark.parametrize(("table", "areas"), PRINTED.values(), ids=PRINTED)
def test_accounts_hold_exactly_the_areas(table, areas, tabs):
    text = re.sub(r"(?<=\S)  +", "→", table) if tabs else table
    rows = accounts(printed(f"# 1 Årsrapport 2025\n\n{text}"))
    found = rows[["service_area", *MEANINGS]].astype(object)
    assert list(found.where(pd.notna(found), None).itertuples(index=False, name=None)) == areas
    assert set(rows["year"]) == {2025}
    assert set(rows["counts_in_total"]) == {1}

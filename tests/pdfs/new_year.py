"""Made-up documents of a coming year: an alternative budget with tables, and an annual report, of any municipality.

Their sums add up, and they lack what many documents lack: no balance sheet, no investments in the report, no staff.
"""

from dataclasses import dataclass

from tests.pdfs.model import Document, Heading, Items, PageBreak, Paragraph, Row, Table

Amounts = tuple[float, ...]


@dataclass(frozen=True)
class Place:
    """A municipality: its name, the body that lays forward the budget, the council, the parties of the alternative,
    and what each document prints. A measure is (group, name, amounts of four years).
    """

    municipality: str
    body: str
    council: str
    parties: str
    areas: tuple[tuple[str, tuple[tuple[str, str, Amounts], ...]], ...]
    funding: tuple[str, tuple[tuple[str, str, Amounts], ...]]
    investments: tuple[tuple[str, str, Amounts], ...]
    directives: tuple[tuple[str, str, str], ...]
    services: tuple[tuple[str, int, int, int], ...]
    goals: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    neighbours: tuple[str, ...]


TRONDHEIM = Place(
    municipality="Trondheim",
    body="byrådet",
    council="bystyret",
    parties="SV og Rødt",
    areas=(
        (
            "Oppvekst",
            (
                ("Barnehage", "Flere ansatte", (12, 24, 24, 24)),
                ("Skole", "Gratis skolemat", (8.5, 8.5, 8.5, 8.5)),
                ("Skole", "Leksehjelp", (4, 4, 4, 4)),
            ),
        ),
        (
            "Helse og omsorg",
            (
                ("", "Flere i hjemmetjenesten", (15, 20, 20, 20)),
                ("", "Mindre innleie", (-3, -6, -6, -6)),
            ),
        ),
        ("Sosiale tjenester", (("", "Økte satser sosialhjelp", (10, 10, 10, 10)),)),
    ),
    funding=(
        "Finans og organisasjon",
        (
            ("", "Eiendomsskatt på bolig", (-40, -50, -50, -50)),
            ("", "Bruk av disposisjonsfondet", (-6.5, -10.5, -10.5, -10.5)),
        ),
    ),
    investments=(
        ("", "Ny barnehage på Havnelia", (5, 40, 60, 0)),
        ("", "Svømmehall i øst", (0, 2, 30, 70)),
    ),
    directives=(
        ("Oppvekst", "Trygg skolevei", "legge fram en sak om tryggere skoleveier innen juni 2027"),
        ("Helse og omsorg", "Heltid i omsorgen", "utrede hvordan flere kan få hel stilling i omsorgstjenesten"),
    ),
    services=(
        ("Skole", 2850, 2880, 2840),
        ("Barnehage", 2300, 2310, 2290),
        ("Sykehjem og omsorgsboliger", 1250, 1300, 1270),
        ("Hjemmebaserte tjenester", 1290, 1330, 1310),
        ("Arbeid og velferd", 1350, 1340, 1330),
        ("Tekniske tjenester", 660, 670, 640),
        ("Kunst og kultur", 390, 395, 390),
        ("Eiendomstjenester", 1700, 1725, 1650),
    ),
    goals=(
        (
            "Oppvekst og utdanning",
            (
                ("Barn og unge skal ha en trygg oppvekst", "Målet vurderes som delvis nådd."),
                ("Flere skal fullføre videregående opplæring", "Målet er nådd."),
            ),
        ),
        ("Helse og omsorg", (("Eldre skal kunne bo hjemme lenger", "Målet er ikke nådd."),)),
    ),
    neighbours=("Bergen", "Stavanger"),
)

NORDVIK = Place(
    municipality="Nordvik",
    body="kommunedirektøren",
    council="kommunestyret",
    parties="Senterpartiet og Venstre",
    areas=(
        (
            "Barn og unge",
            (
                ("Barnehagene", "Flere pedagoger", (1.2, 2.4, 2.4, 2.4)),
                ("Grunnskolen", "Frukt i skolen", (0.6, 0.6, 0.6, 0.6)),
            ),
        ),
        ("Mestring og helse", (("", "Natt-tilsyn i bygdene", (1.4, 1.4, 1.4, 1.4)),)),
        ("Havn og areal", (("", "Kai for fiskebåter", (0.8, 0.8, 0.8, 0.8)),)),
    ),
    funding=(
        "Felles inntekter",
        (
            ("", "Utbytte fra kraftverket", (-3, -4, -4, -4)),
            ("", "Bruk av reserven", (-1, -1.2, -1.2, -1.2)),
        ),
    ),
    investments=(("", "Bru over Vikelva", (2, 14, 9, 0)),),
    directives=(
        ("Havn og areal", "Ferjeleiet", "legge fram en sak om ferjeleiet innen juni 2027"),
        ("Barn og unge", "Skoleskyss", "utrede skoleskyssen på ytterøyene"),
    ),
    services=(
        ("Grunnskolen", 96, 98, 95),
        ("Barnehagene", 61, 60, 59),
        ("Hjemmetjenesten", 74, 79, 76),
        ("Havn og kai", 12, 13, 13),
        ("Sentraladministrasjonen", 33, 34, 32),
    ),
    goals=(("Barn og unge", (("Alle barn skal lære å svømme", "Målet er nådd."),)),),
    neighbours=("Sørvik", "Østvik"),
)


def printed(amount: float) -> str:
    """An amount as Norwegian documents print it: `−10,5`."""
    return f"{amount:g}".replace(".", ",").replace("-", "−")


def whole(amount: float) -> str:
    """A whole amount in million kroner, with thousands apart: `-12 150`."""
    return f"{amount:,.0f}".replace(",", " ")


def alternative_budget(place: Place, year: int) -> Document:
    """An alternative budget for `year` and the three years after it: reasoning, tables, directives, tables again."""
    tables = [(area, _plan(area, rows, year, "Totalt (MNOK)")) for area, rows in (*place.areas, place.funding)]
    investments = _plan("Investeringer", place.investments, year, "Investeringer totalt (MNOK)")
    blocks: list = [
        Heading(1, "Et varmere samfunn"),
        Paragraph(f"{place.parties}s alternative budsjett {year}"),
        Heading(2, "Innledning"),
        Paragraph(
            f"Vi legger fram et alternativ til forslaget fra {place.body} i {place.municipality} kommune. Vi mener "
            f"at {place.body} har lagt for lite vekt på tjenestene til innbyggerne, og at {place.body} kunne ha brukt "
            "mulighetene til å møte behovene bedre. Vårt budsjett viser at det er mulig."
        ),
        Paragraph(f"{place.municipality} kommune skal være et godt sted å vokse opp og bli gammel."),
        PageBreak(),
        Heading(1, "Investeringer"),
    ]
    for _, name, _ in place.investments:
        blocks += [Heading(3, name), Paragraph(f"Vi ønsker å realisere dette i {place.municipality} i perioden.")]
    blocks += [investments, PageBreak(), Heading(1, "Drift")]
    for area, rows in place.areas:
        blocks += [Heading(2, area), Paragraph(f"{area} er viktig for alle i {place.municipality} kommune.")]
        for _, name, _ in rows:
            blocks += [Heading(3, name), Paragraph("Vi mener at dette gir bedre tjenester, og prioriterer det.")]
        blocks.append(dict(tables)[area])
    area, rows = place.funding
    blocks += [Heading(2, area), Paragraph(f"Slik dekker vi inn det vi foreslår ut over {place.body}s forslag.")]
    for _, name, _ in rows:
        blocks += [Heading(3, name), Paragraph("Vi mener at dette er en rettferdig måte å betale for tiltakene på.")]
    blocks += [dict(tables)[area], PageBreak(), Heading(1, "Verbale føringer")]
    for area in dict.fromkeys(area for area, _, _ in place.directives):
        blocks.append(Heading(2, area))
        for other, name, ask in place.directives:
            if other == area:
                blocks += [Heading(3, name), Paragraph(f"{place.council.capitalize()} ber {place.body} {ask}.")]
    blocks += [PageBreak(), Heading(1, "Tabeller samlet"), investments]
    blocks += [table for _, table in tables]
    blocks.append(_rules(year))
    return Document(f"Et varmere samfunn: {place.parties}s alternative budsjett {year}", tuple(blocks))


def _plan(name: str, measures: tuple[tuple[str, str, Amounts], ...], year: int, total: str) -> Table:
    header = ((name, 1), *((str(year + offset), 1) for offset in range(4)))
    rows, last = [], ""
    for group, measure, amounts in measures:
        if group != last:
            rows.append(Row((group,), "group"))
            last = group
        rows.append(Row((measure, *map(printed, amounts))))
    sums = [sum(amounts[offset] for _, _, amounts in measures) for offset in range(4)]
    return Table("", (header,), (*rows, Row((total, *map(printed, sums)), "total")))


def _rules(year: int) -> Table:
    header = (("Handlingsregler", 1), *((str(year + offset), 1) for offset in range(4)), ("Gj.sn. i perioden", 1))
    rows = (
        ("Handlingsregel renter og avdrag 9 %", "8,2%", "8,3%", "8,4%", "8,5%", "8,4%"),
        ("Målsetting gjeldsgrad 80 %", "77,1%", "78,2%", "79,3%", "79,8%", "78,6%"),
        ("Målsetting disposisjonsfond 3 %", "4,9%", "4,6%", "4,3%", "4,1%", "4,5%"),
    )
    return Table("", (header,), tuple(Row(cells) for cells in rows))


CENTRAL = "Diverse sentrale bevilgninger"


def annual_report(place: Place, year: int) -> Document:
    """An annual report: result, the services, key figures, fiscal rules and goals."""
    name, services = place.municipality, place.services
    actual, revised = sum(row[1] for row in services), sum(row[2] for row in services)
    grants, central = (-revised - 300, -revised - 350), (300, 270)
    left = revised - actual
    result = (grants[0] - grants[1]) + (central[0] - central[1]) + left
    blocks: list = [
        Heading(1, f"Årsberetning {year}"),
        Paragraph(f"{name} kommune"),
        PageBreak(),
        Heading(1, "1. Økonomi"),
        Heading(2, "Innledning"),
        Paragraph(
            f"I dette kapitlet redegjøres det for regnskapet til {name} kommune i {year} og for avvik fra budsjettet. "
            f"{name} kommune hadde et netto driftsresultat på {result} millioner kroner, som tilsvarte 3,1 prosent av "
            "driftsinntektene."
        ),
        Table(
            f"1.1.1. Revidert budsjett og regnskap for {year} før resultatet avsettes på fond. Millioner kroner",
            ((("Budsjettområde", 1), ("Revidert Budsjett", 1), ("Regnskap", 1), ("Avvik", 1)),),
            (
                Row(("Statlig tilskudd og skatt", *map(whole, (*grants, grants[0] - grants[1])))),
                Row((CENTRAL, *map(whole, (*central, central[0] - central[1])))),
                Row(("Tjenesteområdene", *map(whole, (revised, actual, left)))),
                Row(("Resultat, før avsetning på disposisjonsfond", "", "", whole(result)), "total"),
            ),
        ),
        Paragraph(
            "Tabellen viser at tjenestene brukte mindre enn det reviderte budsjettet, og at inntektene ble høyere. Noe "
            "av dette kommer av at tiltak er utsatt til neste år, og at stillinger har stått ledige deler av året."
        ),
        Items(("Tjenestene brukte mindre enn budsjettet.", "Skatteinntektene ble noe høyere enn ventet.")),
        Heading(2, "Resultat for tjenesteområdene"),
        Paragraph(
            "Tabell 1.1.2 viser regnskap og budsjett for tjenesteområdene. Avvikene er forklart i kapitlene om hvert "
            "område. Et positivt avvik er penger som ikke ble brukt i løpet av året."
        ),
        Table(
            "1.1.2. Resultat for tjenesteområdene. Millioner kroner",
            (
                (
                    ("", 1),
                    (f"Regnskap {year}", 1),
                    (f"Revidert budsjett {year}", 1),
                    (f"Opprinnelig budsjett {year}", 1),
                    ("Avvik", 1),
                ),
            ),
            (
                *(
                    Row((service, *map(whole, (spent, budget, first, budget - spent))))
                    for service, spent, budget, first in services
                ),
                Row((CENTRAL, *map(whole, (central[1], central[0], central[0] + 20, central[0] - central[1])))),
            ),
        ),
        *_key_figures(place, year),
        Heading(2, "Økonomiske handlingsregler"),
        Heading(3, "Handlingsregel disposisjonsfond"),
        Paragraph(
            f"{place.council.capitalize()} har vedtatt en målsetting om at disposisjonsfondet bør utgjøre tre prosent "
            "av driftsinntektene. Som andel av inntekt utgjør disposisjonsfondet 5,4 prosent."
        ),
        Heading(3, "Handlingsregel for gjeldsgrad"),
        Paragraph(
            f"{place.council.capitalize()} har vedtatt en handlingsregel for gjeld som sier at gjeldsgraden skal "
            f"utgjøre maksimalt 80 prosent av brutto driftsinntekter. Gjeldsgraden i {year} ble på 75,2 prosent av "
            "driftsinntektene."
        ),
    ]
    for number, (area, goals) in enumerate(place.goals, start=2):
        blocks += [PageBreak(), Heading(1, f"{number}. {area}"), Heading(2, "Måloppnåelse")]
        for place_of_goal, (goal, verdict) in enumerate(goals, start=1):
            blocks += [
                Heading(3, f"Periodemål {place_of_goal}: {goal}"),
                Paragraph(f"{verdict} Arbeidet har pågått gjennom hele året og fortsetter."),
            ]
    return Document(f"Årsberetning {year}, {name} kommune", tuple(blocks))


def _key_figures(place: Place, year: int) -> list:
    if not place.neighbours:
        return []
    one, other = place.neighbours
    table = Table(
        f"1.1.3. Økonomiske nøkkeltall, utvalgte kommuner og ASSS-gjennomsnitt {year}. Kilde: SSB/KOSTRA",
        (
            (("", 1), (str(year), 4)),
            (("", 1), (place.municipality, 1), (one, 1), (other, 1), ("ASSS gjennomsnitt", 1)),
        ),
        (
            Row(("Netto driftsresultat", "3,1", "1,2", "2,8", "2,2")),
            Row(("Disposisjonsfond, andel av brutto driftsinntekter", "11,4", "9,9", "12,6", "12,0")),
        ),
    )
    return [Heading(2, "Økonomiske nøkkeltall"), Paragraph("Tallene er foreløpige."), table]


def sparse_budget(place: Place, year: int) -> Document:
    """An alternative budget that prints nothing but the tables of two areas: nothing pays for them."""
    tables = [_plan(area, rows, year, "Totalt (MNOK)") for area, rows in place.areas[:2]]
    blocks = [
        Heading(1, "Kort og godt"),
        Paragraph(f"{place.parties}s alternative budsjett {year}"),
        Paragraph(f"{place.municipality} kommune kan bedre. Vi endrer forslaget fra {place.body}. " * 3),
        Heading(1, "Drift"),
    ]
    for (area, _), table in zip(place.areas, tables, strict=False):
        blocks += [Heading(2, area), table]
    return Document("Kort og godt", tuple(blocks))


def sparse_report(place: Place, year: int) -> Document:
    """An annual report with the table of the services and nothing else."""
    blocks = annual_report(place, year).blocks
    table = next(block for block in blocks if isinstance(block, Table) and "tjenesteområdene" in block.caption)
    named = Paragraph(f"{place.municipality} kommune leverte gode tjenester.")
    return Document(f"Årsberetning {year}", (*blocks[:4], named, table))

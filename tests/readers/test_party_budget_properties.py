"""Budgets of the family, built from a grammar of their phrases with what they state, and read back."""

import re
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_budget import read

# Not while one works: make test-quick leaves them out.
pytestmark = pytest.mark.slow

# Stands before each number whose line is checked, until the text is wrapped.
MARK = "\ue000"
YEARS = 4
THOUSANDS = " \u00a0\u202f\u2009"
CHAPTERS = [
    "Oppvekst", "Arbeid og sosial", "Helse og eldre", "Miljø og næring", "Areal og samferdsel", "Skole og utdanning",
    "Kunst og bibliotek", "Vann og avløp",
]  # fmt: skip
TITLES = [
    "Gratis kjernetid for førsteklassinger", "Toppet bemanning", "Laget rundt elevene", "Likebehandling av private",
    "Leksehjelp", "Styrking av fritidsklubber", "Batteriet", "Brygga - individuell jobbstøtte", "Kompetanseløft",
    "Kunnskap om kvinnehelse", "ROS - senter for spiseforstyrrelser", "Utstyrspott til korps", "AKKS", "Klimatiltak",
    "Et løft for det profesjonelle feltet", "Økt byliv", "Renhold i gatene", "Matsentralen", "Tunge kjøretøy",
    "Plan- og bygningstjenester", "Ung i jobb", "Veteranhus", "Innleie av arbeidskraft", "Innkjøp", "Arealplaner",
    "Garderobeleie i Trygg/Lade kombihall", "Turveier", "Reformstøtte", "Krisesenteret", "Aktivitetsrett",
    "Åpen hall - idrettsaktivitet for ungdom", "Bestiller-/utførermodellen", "Utlånssentraler", "Varetransport",
    "Kommunal bostøtte", "Tillitsreform", "Fritidsverter", "Bydelskafeer", "Offentlige toalett", "Kulturminner",
]  # fmt: skip
FILLERS = [
    "De rødgrønne er opptatt av at barn og unge skal få muligheter til deltakelse i lokalsamfunnet.",
    "Arbeidet som gjøres av de frivillige organisasjonene er viktig for helse- og velferdssentrene i byen.",
    "Dette gir bedre samsvar mellom ambisjonene og virkemidlene, særlig for kultur- og idrettslivet.",
    "For å nå målene må flere tjenester arbeide systematisk sammen med tillitsvalgte og ansatte.",
    "Vi mener at flere innbyggere skal kunne bruke tilbudet på kveldstid og i helgene.",
]
# Sentences with numbers that are no amounts of a measure; {n} is a number and {y} a year of the plan.
NOISE = [
    "Vi vil utvide tilbudet med {n} nye plasser.",
    "Bemanningsnormen er {n} barn per ansatt.",
    "Det gjelder familier med en inntekt under {n}G i dag.",
    "Det er i dag et forventet utbytte på {n} millioner fra kinoen.",
    "Åpning av bygget er planlagt høsten {y}.",
    "Det forventes at bygget er klart i løpet av {y}.",
    "Ordningen skal evalueres etter {n} år.",
]
ASKS = [
    ("De rødgrønne ber om en utredning av ordningen.", "utredning", ""),
    ("Vi ber kommunedirektøren legge fram en sak for formannskapet i løpet av {y}.", "sak", "i løpet av {y}"),
    ("Kommunedirektøren bes orientere formannskapet våren {y} om hvordan dette går.", "sak", "våren {y}"),
    ("Vi ber kommunedirektøren omdisponere midler til tilbudet.", "omdisponering", ""),
    ("De rødgrønne ber kommunedirektøren prioritere tilbudet fra høsten {y}.", "other", "fra høsten {y}"),
    ("Tilbudet må videreføres i alle bydeler.", "other", ""),
]


@dataclass
class Row:
    """What is expected of one row; `mark` says at which marked number it stands, 0 for the heading's line."""

    year: int | None
    amount: float | None
    basis: str
    certainty: str
    mark: int
    note: str = ""


@dataclass
class Section:
    """A section to print: its title, the amount beside it, its prose, and what it states."""

    title: str
    amount: str = ""
    sentences: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    ask: tuple[str, str] = ("", "")


@dataclass
class Printed:
    """A printed document with the rows and directives that it states."""

    lines: list[str] = field(default_factory=list)
    measures: list[tuple] = field(default_factory=list)
    directives: list[tuple] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)


def amounts():
    return st.integers(1, 999).map(lambda tenths: tenths / 10)


@st.composite
def printed_amounts(draw, value, mark=True):
    """An amount as the documents print one."""
    whole, tenth = divmod(round(value * 10), 10)
    number = f"{whole},{tenth}" if tenth else f"{whole}"
    units = ["millioner", "mill", "millioner kroner", "million" if value == 1 else "millioner"]
    if value < 10:
        units.append("kroner")
    unit = draw(st.sampled_from(units))
    if unit == "kroner":
        space = draw(st.sampled_from(THOUSANDS))
        number = f"{round(value * 1_000_000):,}".replace(",", space)
    return f"{MARK if mark else ''}{number} {unit}"


@st.composite
def measures(draw, title, first):
    """A measure of spending: heading, prose and rows."""
    years = [first + offset for offset in range(YEARS)]
    heading, a, b, c = (draw(amounts()) for _ in range(4))
    h, pa, pb, pc = [draw(printed_amounts(value)) for value in (heading, a, b, c)]
    own = Row(first, heading, "heading", "explicit", 0)
    step = draw(st.integers(1, YEARS - 1))

    def goes_on(value, mark, since):
        return [Row(year, value, "prose", "implied", mark) for year in years if year > since]

    def between(since, until):
        return [Row(year, None, "heading", "implied", 0) for year in years if since < year < until]

    later = years[step]
    level = [*between(first, later), Row(later, a, "prose", "explicit", 2), *goes_on(a, 2, later)]
    half = Row(first, heading, "heading", "explicit", 0, "halvårseffekt")
    each = f"{a:g} in each of {years[2]}-{years[3]}"
    forms = {
        "heading only": (True, [], [own]),
        "heading repeated": (True, [f"Vi styrker tilbudet med {h}."], [own]),
        "level": (True, [f"Det settes av {h} i {first}, med økning til {pa} i {later}."], [own, *level]),
        "half year": (True, [f"Vi setter av {h} (halvårseffekt) i {first} økende til {pa} i {later}."], [half, *level]),
        "two years": (
            True,
            [f"Tilbudet tilføres {h} i {first} og {years[1]}."],
            [own, Row(years[1], heading, "prose", "explicit", 1)],
        ),
        "each year": (
            True,
            [f"Det settes av ytterligere {h} i {first}; {pa} i {years[1]}; {pb} i {years[2]} og {pc} i {years[3]}."],
            [own] + [Row(years[n], (a, b, c)[n - 1], "prose", "explicit", n + 1) for n in (1, 2, 3)],
        ),
        "year first": (
            True,
            [f"Derfor settes det i {first} av {h} ekstra og {pa} utover kommunedirektørens forslag i {years[1]}."],
            [own, Row(years[1], a, "prose", "explicit", 2)],
        ),
        "from a year": (
            False,
            [f"Vi øker derfor tilskuddet med {pa} fra {later} øremerket tilbudet."],
            [Row(later, a, "prose", "explicit", 1), *goes_on(a, 1, later)],
        ),
        "run of years": (
            False,
            [f"Vi legger inn ytterligere {pb} i {years[1]} og {pa} i {years[2]}-{years[3]}."],
            [
                Row(years[1], b, "prose", "explicit", 1),
                Row(years[2], a, "prose", "explicit", 2, each),
                Row(years[3], a, "prose", "explicit", 2, each),
            ],
        ),
        "no amount": (False, [f"Vi setter av midler i {years[2]} og {years[3]}."], [Row(None, None, "", "", 0)]),
    }
    headed, sentences, rows = forms[draw(st.sampled_from(sorted(forms)))]
    return Section(title, draw(printed_amounts(heading, mark=False)) if headed else "", sentences, rows)


@st.composite
def coverings(draw, title, first):
    """A measure of *Inndekning*: prose and rows."""
    years = [first + offset for offset in range(YEARS)]
    a, b = draw(amounts()), draw(amounts())
    pa, pb = draw(printed_amounts(a)), draw(printed_amounts(b))
    step = draw(st.integers(1, YEARS - 1))
    later = years[step]

    def between(value, since, until):
        return [Row(year, None, "prose", "implied", 1) for year in years if since < year < until]

    start = Row(first, -a, "prose", "explicit", 1)
    goes_on = [Row(year, -b, "prose", "implied", 2) for year in years if year > later]
    by = f"either to {-b:g} or by {-b:g} to {-round(a + b, 9):g}"
    forms = {
        "cut": (
            [f"De rødgrønne reduserer budsjettet med {pa} i {first} økende til {pb} i {later}."],
            [start, *between(a, first, later), Row(later, -b, "prose", "explicit", 2), *goes_on],
        ),
        "by or to": (
            [f"Budsjettet for dette kuttes derfor med {pa} i {first} økende med {pb} i {later}."],
            [start, *between(a, first, later), Row(later, None, "prose", "ambiguous", 2, by)],
        ),
        "without a preposition": (
            [f"Vi legger inn et økt effektiviseringskrav på {pa} {first} økende til {pb} i {later}."],
            [start, *between(a, first, later), Row(later, -b, "prose", "explicit", 2), *goes_on],
        ),
        "fund": (
            [f"De rødgrønne tilfører {pa} til kommunens disposisjonsfond i {later}."],
            [Row(later, a, "prose", "explicit", 1)],
        ),
    }
    sentences, rows = forms[draw(st.sampled_from(sorted(forms)))]
    return Section(title, "", sentences, rows)


@st.composite
def directives(draw, title, first):
    sentence, ask, deadline = draw(st.sampled_from(ASKS))
    year = str(draw(st.integers(first, first + 1)))
    return Section(title, "", [sentence.replace("{y}", year)], ask=(ask, deadline.replace("{y}", year)))


@st.composite
def prose(draw, sentences, first, noise=True):
    """The sentences of a section among others."""
    around = draw(st.lists(st.sampled_from(FILLERS), min_size=1, max_size=3))
    if noise:
        for sentence in draw(st.lists(st.sampled_from(NOISE), max_size=2)):
            number, year = draw(st.integers(2, 999)), draw(st.integers(first, first + 3))
            around.append(sentence.replace("{n}", str(number)).replace("{y}", str(year)))
    at = draw(st.integers(0, len(around)))
    return " ".join([*around[:at], *sentences, *around[at:]])


@st.composite
def wrapped(draw, text, width):
    """A text on lines, long words broken with a hyphen here and there."""
    breaks = draw(st.booleans())
    lines, line = [], ""
    for word in text.split(" "):
        if not line or len(line) + 1 + len(word) <= width:
            line = f"{line} {word}" if line else word
            continue
        room = width - len(line) - 2
        bare = word.rstrip(".,")
        if breaks and bare.isalpha() and bare.islower() and len(bare) >= 8 and 3 <= room <= len(bare) - 3:
            lines.append(f"{line} {word[:room]}-")
            line = word[room:]
        else:
            lines.append(line + draw(st.sampled_from(["", " "])))
            line = word
    return [*lines, line]


@st.composite
def sections(draw, out, section, area, kind, first, width):
    """Print a section and note what it states."""
    heading = len(out.lines) + 1
    if section.amount:
        gap = draw(st.sampled_from(["\t", "\t\t\t      ", "        ", "     \t\t  "]))
        out.lines.append(f"{section.title}{gap}{section.amount}{draw(st.sampled_from(['', ' ', chr(9)]))}")
    else:
        out.lines.append(section.title + draw(st.sampled_from(["", " ", "\t\t  "])))
    text = draw(prose(section.sentences, first, noise=not section.ask[0]))
    lines = draw(wrapped(text, width))
    marks = [heading]
    for number, line in enumerate(lines, heading + 1):
        marks += [number] * line.count(MARK)
    out.lines += [line.replace(MARK, "") for line in lines]
    out.texts[section.title] = text.replace(MARK, "")
    if section.ask[0]:
        out.directives.append((area, section.title, *section.ask, heading, len(out.lines)))
    for row in section.rows:
        out.measures.append(
            (area, kind, section.title, row.year, row.amount, row.basis, row.certainty, marks[row.mark], row.note)
        )
    out.lines += [""] * draw(st.sampled_from([1, 1, 1, 3]))


@st.composite
def budgets(draw):
    """A whole budget of the family and the document that it is registered as."""
    first = draw(st.integers(2016, 2035))
    width = draw(st.integers(68, 104))
    names = draw(st.lists(st.sampled_from(CHAPTERS), min_size=1, max_size=4, unique=True))
    titles = iter(draw(st.permutations(TITLES)))
    dash = draw(st.sampled_from(["-", "–", "−"]))
    out = Printed([f"Forslag til budsjett {first}", "", "", ""])

    def page():
        out.lines += [""] * draw(st.integers(2, 4))

    for name in names:
        page()
        out.lines += [name, *draw(wrapped(draw(prose([], first, noise=False)), width)), ""]
        page()
        if draw(st.booleans()):
            out.lines += [f"Drift {dash} {name}", ""]
        for _ in range(draw(st.integers(1, 3))):
            draw(sections(out, draw(measures(next(titles), first)), name, "drift", first, width))
        if draw(st.booleans()):
            out.lines += [f"Investeringer {dash} {name}", ""]
            draw(sections(out, draw(measures(next(titles), first)), name, "investering", first, width))
        out.lines += [f"Verbale føringer {dash} {name}", ""]
        for _ in range(draw(st.integers(1, 3))):
            draw(sections(out, draw(directives(next(titles), first)), name, "", first, width))
    page()
    out.lines.append("Inndekning")
    for _ in range(draw(st.integers(1, 4))):
        draw(sections(out, draw(coverings(next(titles), first)), "Inndekning", "inndekning", first, width))
    document = Document(
        id=f"parti-{first}", file="parti.txt", title="Budsjett", publisher="Partiet", family="party_budget",
        municipality="Byen", budget_year=first, period_from=first, period_to=first + YEARS - 1,
    )  # fmt: skip
    return document, out


RUNS = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


def _without_words(note):
    """A note without the printed words that it quotes."""
    return re.sub(r'^"[^"]*": ', "", note)


def _plain(text):
    return re.sub(rf"[{THOUSANDS}]+", " ", text)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(budgets(), st.data())
def test_a_budget_with_lines_lost_or_doubled_states_no_amount_that_is_not_printed(budget, data):
    document, out = budget
    lines = [line for line in out.lines for _ in range(data.draw(st.sampled_from([0, 1, 1, 1, 1, 2])))]
    records = read(document, lines)
    for row in records.measures:
        assert row.measure
        # The sentence may begin above the line of its amount.
        printed = " ".join(" ".join(lines[max(0, row.line - 10) : row.line_last]).split())
        # A word that the end of a line divides is whole in the quote.
        assert re.sub(r"\W", "", row.quote) in re.sub(r"\W", "", printed)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.text(alphabet="Aa 1,.-–\t/:()kroner milion2020økti", max_size=30), max_size=12))
def test_any_lines_are_read_without_an_error(lines):
    document = Document(
        id="parti", file="parti.txt", title="Budsjett", publisher="Partiet", family="party_budget",
        municipality="Byen", budget_year=2020, period_from=2020, period_to=2023,
    )  # fmt: skip
    records = read(document, [line.replace("\n", " ") for line in lines])
    assert all(1 <= unread.line <= len(lines) for unread in records.unread)

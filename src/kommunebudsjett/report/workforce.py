"""The workforce: the rows that tell who does the work, what they are paid, and what party budgets say of staffing."""

import datetime
import re
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.readers.model.prose import sentences
from kommunebudsjett.report import directives as instructions
from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.report.edition import Edition, kept, source, sources
from kommunebudsjett.report.measures import converted
from kommunebudsjett.report.prose import Paragraph, paragraphs
from kommunebudsjett.report.topics import definitions
from kommunebudsjett.tables.topics import Finder

GENDERS = ("women", "men", "all")
_LEAVE = re.compile(r"foreldreperm", re.IGNORECASE)
_NOTE = re.compile(r"(?:Note\b|Grunnlag\b)", re.IGNORECASE)
# A change of staff as a report states it: a number of people or full-time equivalents, not a cost.
_CHANGE = re.compile(
    r"\b(?:økning|reduksjon|redusert|økte|økt)\s+(?:på|med)\s+\d[\d ]*\s*(?:ansatte|årsverk)\b", re.IGNORECASE
)
# A share of staff that changed from one year to the next, in the text.
_SHARE_CHANGE = re.compile(r"midlertidig.{0,300}?\bfra \d{4} til \d{4}\b", re.IGNORECASE)
_AS_OF = re.compile(r"\bpr\.?\s*(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})\b")
# "fra 9,1 prosent til 8,7 prosent"
_FROM_TO = (re.compile(r"\bfra\b", re.IGNORECASE), re.compile(r"\btil\b", re.IGNORECASE))
_DIGIT = re.compile(r"\d")
_STAFFING = re.compile(r"(?<!heldøgns)bemanning|\bflere ansatte", re.IGNORECASE)
# Names that speak of staff; what has the letters of a position in it but is none stands before it.
_STAFF = re.compile(
    rf"medarbeider|{_STAFFING.pattern}|\bårsverk|sykefravær|vikar|innleie"
    r"|(?<!om)(?<!ut)(?<!be)(?<!nn)(?<!pp)(?<!for)(?<!frem)stilling(?:er|en)?\b",
    re.IGNORECASE,
)


def figures(e: Edition, report: str) -> pd.DataFrame:
    """The figures of the annual report for its year."""
    rows = e.table("workforce", document=report)
    return rows[rows["year"] == e.document(report)["budget_year"]]


class Figure(NamedTuple):
    """One figure as it is printed: its value (None where it is not given) and where it stands."""

    value: float | None
    source: tuple[str, str]


def figure_of(rows: pd.DataFrame, gender: str) -> Figure | None:
    """The figure for a gender among rows that differ in it alone; None where the document has no such row."""
    genders = rows["gender"].tolist()
    if gender not in genders:
        return None
    row = rows.iloc[genders.index(gender)]
    return Figure(None if pd.isna(row["value"]) else float(row["value"]), source(row))


def staff_by_area(e: Edition, report: str, unit: str = "fte") -> pd.DataFrame:
    """Staff by area: the rows of `unit` (`fte` or `count`) in the table that counts full-time equivalents by area."""
    rows = figures(e, report)
    in_areas = rows[(rows["unit"] == "fte") & (rows["staff_group"] != "")]
    return rows[rows["table"].isin(in_areas["table"]) & (rows["staff_group"] != "") & (rows["unit"] == unit)]


def areas_by_size(rows: pd.DataFrame) -> list[str]:
    """The areas of `staff_by_area` without the sum, the largest first."""
    own = rows[(rows["is_total"] == 0) & (rows["gender"] == "all")]
    return list(own.sort_values("value", ascending=False, kind="stable")["staff_group"])


def totals(rows: pd.DataFrame) -> pd.DataFrame:
    """The printed sums among rows: one for each gender."""
    return rows[rows["is_total"] == 1]


def beside_total(rows: pd.DataFrame) -> float | None:
    """What the areas add up to where that is another number than the printed total; None where they agree or either is
    missing. The total may count somebody once who has posts in two areas.
    """
    everybody = rows[rows["gender"] == "all"]
    areas, total = everybody[everybody["is_total"] == 0]["value"], totals(everybody)["value"]
    if areas.empty or total.empty or areas.sum() == total.iloc[0]:
        return None
    return float(areas.sum())


def whole(e: Edition, report: str) -> list[tuple[str, str, pd.DataFrame]]:
    """What is stated for the whole workforce, as (kind, printed name, rows by gender), in the order of the document:
    the sums of staff by area, pay, part time, temporary staff and parental leave.

    A kind of its own has no printed name: `employees`, `fte`, and of temporary staff `temporary_count` and
    `temporary_percent`. The others are `named`.
    """
    rows = figures(e, report)
    plain = rows[rows["staff_group"] == ""]
    temporary = plain[plain["employment"] == "temporary"]
    leave = plain[plain["table"].isin(plain.loc[plain["indicator"].str.contains(_LEAVE), "table"])]
    pay = plain[plain["table"].isin(plain.loc[plain["unit"] == "nok", "table"])]
    found = [
        ("employees", "", totals(staff_by_area(e, report, "count"))),
        ("fte", "", totals(staff_by_area(e, report))),
        *_by_name(pay),
        *((f"temporary_{unit}", "", own) for unit, own in temporary.groupby("unit", sort=False)),
        *_by_name(leave[leave["indicator"].str.contains(_LEAVE)]),
    ]
    return [(kind, name, own) for kind, name, own in found if not own.empty]


def _by_name(rows: pd.DataFrame) -> list[tuple[str, str, pd.DataFrame]]:
    return [("named", str(name), own) for name, own in rows.groupby("indicator", sort=False)]


def temporary(e: Edition, report: str, unit: str) -> pd.DataFrame:
    """Temporary staff by gender: `count`, or `percent` of all staff."""
    rows = figures(e, report)
    return rows[(rows["staff_group"] == "") & (rows["employment"] == "temporary") & (rows["unit"] == unit)]


def pay(e: Edition, report: str) -> pd.DataFrame:
    """Mean pay of the staff as a whole by gender."""
    rows = figures(e, report)
    return rows[(rows["staff_group"] == "") & (rows["unit"] == "nok")]


def is_permanent(e: Edition, report: str, rows: pd.DataFrame) -> bool:
    """Whether the caption of a table says that it is of permanent staff (fast ansatte)."""
    return bool(_captions(e, report).reindex(rows["table"]).str.contains("fast ansatt", case=False).all())


def _captions(e: Edition, report: str) -> pd.Series:
    cells = e.table("table_cells", "table", "caption", document=report)
    return cells.drop_duplicates("table").set_index("table")["caption"]


def pay_tables(e: Edition, report: str) -> list[tuple[str, pd.DataFrame]]:
    """The tables of pay by group: the printed caption and the rows (pay and number of employees)."""
    rows = figures(e, report)
    captions = _captions(e, report)
    by_group = rows[(rows["staff_group"] != "") & (rows["unit"] == "nok")]
    return [
        (captions[table].rstrip("*\\ "), rows[rows["table"] == table]) for table in dict.fromkeys(by_group["table"])
    ]


def groups(rows: pd.DataFrame) -> list[str]:
    """The groups of a pay table, those with most employees first, without the sum."""
    counted = rows[(rows["unit"] == "count") & (rows["gender"] == "all") & (rows["is_total"] == 0)]
    return list(counted.sort_values("value", ascending=False, kind="stable")["staff_group"])


def drawn(rows: pd.DataFrame, most: int) -> list[str]:
    """The groups with pay for both women and men: at most so many, those with most employees."""
    paid = rows[(rows["unit"] == "nok") & rows["value"].notna()]
    both = paid[paid["gender"].isin(["women", "men"])].groupby("staff_group")["gender"].nunique() == 2
    return [name for name in groups(rows) if both.get(name, False)][:most]


def of_mens(rows: pd.DataFrame) -> tuple[float, list[tuple[str, str]]] | None:
    """Women's pay as per cent of men's, and the lines of both; None where one of them is not given."""
    paid = rows[rows["unit"] == "nok"]
    women, men = figure_of(paid, "women"), figure_of(paid, "men")
    if women is None or men is None or women.value is None or not men.value:
        return None
    return women.value / men.value * 100, list(dict.fromkeys([women.source, men.source]))


def ratio(e: Edition, rows: pd.DataFrame) -> Cell:
    """Women's pay as per cent of men's, as it is shown."""
    found = of_mens(rows)
    if found is None:
        return Cell(e.text("kan ikke regnes ut", "cannot be computed"))
    how = e.text("kvinners lønn delt på menns", "women's pay divided by men's")
    return e.percent(found[0], *found[1], how=how)


def cell(e: Edition, rows: pd.DataFrame, gender: str) -> Cell:
    """A figure for a gender as it is shown, in words where it is not given: the document withholds the pay of so few
    that it could be told whose it is, and leaves open what has nobody in it.
    """
    found = figure_of(rows, gender)
    if found is None:
        return Cell(e.text("ingen", "none"))
    if found.value is None:
        return Cell(e.text("ikke oppgitt: få ansatte", "not stated: few employees"), (found.source,))
    unit = rows["unit"].iloc[0]
    decimals = 0 if found.value == round(found.value) else 1
    if unit == "percent":
        return e.percent(found.value, found.source, decimals=decimals)
    return e.number(found.value, found.source, decimals=decimals)


def chapters(e: Edition, report: str) -> list[tuple[str, pd.DataFrame]]:
    """The sums of the pay tables: caption and rows, for those that print one."""
    return [(caption, totals(rows)) for caption, rows in pay_tables(e, report) if len(totals(rows))]


def chapter_name(e: Edition, caption: str) -> str:
    """What the caption of a pay table is of, in the language of the report: `kapittel 3`, `chapter 3`."""
    name = caption.rpartition(", ")[2]
    return name if e.lang == "nb" else re.sub(r"\bkapittel\b", "chapter", name)


def chapter_number(name: str) -> str | None:
    """The number of a chapter that has no more in its name."""
    number = re.fullmatch(r"(?:kapittel|chapter) (\d+)", name)
    return number[1] if number else None


def spread(e: Edition, report: str) -> tuple[str, float, float, list[tuple[str, str]]] | None:
    """Where pay is lowest among the chapters: its name, the per cent of all women and of all men in the chapters that
    are in it, and the lines. None where the document does not have at least two to compare.
    """
    found = []
    for caption, rows in chapters(e, report):
        counted, paid = rows[rows["unit"] == "count"], rows[rows["unit"] == "nok"]
        number = {gender: figure_of(counted, gender) for gender in ("women", "men")}
        pay = figure_of(paid, "all")
        if pay is None or pay.value is None or any(not stated or not stated.value for stated in number.values()):
            return None
        found.append((pay.value, caption.rpartition(", ")[2], number))
    if len(found) < 2:
        return None
    _, name, lowest = min(found, key=lambda item: item[0])
    shares = {
        gender: lowest[gender].value / sum(number[gender].value for _, _, number in found) * 100 for gender in lowest
    }
    lines = [stated.source for _, _, number in found for stated in number.values()]
    return name, shares["women"], shares["men"], list(dict.fromkeys(lines))


# What the text says.


def stated_changes(e: Edition, report: str) -> list[tuple[str, str, str]]:
    """Sentences that state by how many the staff grew or shrank: text, document, lines."""
    return [
        (sentence, paragraph.document, paragraph.lines)
        for paragraph in paragraphs(e, report)
        for sentence in sentences(paragraph.text)
        if _CHANGE.search(sentence)
    ]


def share_changes(e: Edition, report: str) -> list[tuple[str, str, str]]:
    """Sentences that state how the share of temporary staff changed between two years: text, document, lines."""
    return [
        (sentence, paragraph.document, paragraph.lines)
        for paragraph in paragraphs(e, report)
        for sentence in sentences(paragraph.text)
        if _SHARE_CHANGE.search(sentence)
    ]


def counted_on(e: Edition, report: str, rows: pd.DataFrame) -> tuple[datetime.date, tuple[str, str]] | None:
    """The day that the note below the table of some rows says they were counted on, and its line; None without one."""
    if rows.empty:
        return None
    last = int(rows["line"].max())
    printed = e.table("table_cells", "line", document=report)["line"]
    later = printed[printed > last]
    end = later.min() if len(later) else float("inf")
    for note in notes(e, report, once=False):
        stated = _AS_OF.search(note.text)
        if stated and last < note.first_line < end:
            day, month, year = map(int, stated.groups())
            return datetime.date(year if year > 99 else 2000 + year, month, day), (note.document, note.lines)
    return None


def indicator_of(e: Edition, report: str, goal: pd.Series) -> Paragraph | None:
    """What a goal is measured by, as it is printed under its heading; None where it does not stand there."""
    under = (part for part in paragraphs(e, report) if part.heading == goal["goal"])
    return next((part for part in under if part.text.startswith("Indikator")), None)


def absence_is_tabled(e: Edition, report: str) -> bool:
    """Whether a table of the annual report has figures of sickness absence."""
    cells = e.table("table_cells", "caption", "row", document=report)
    return any(cells[column].str.contains("sykefravær", case=False, na=False).any() for column in ("caption", "row"))


def notes(e: Edition, report: str, once: bool = True) -> list[Paragraph]:
    """The notes below the tables of the workforce: what was counted, and what is withheld; each text `once`."""
    rows = figures(e, report)
    if rows.empty:
        return []
    first, last = int(rows["line"].min()), int(rows["line"].max())
    text = [part for part in paragraphs(e, report) if part.first_line >= first]
    heading = next((part.heading for part in text if part.first_line > last), "")
    within = [part for part in text if part.first_line <= last or part.heading == heading]
    found = [part for part in within if _NOTE.match(part.text)]
    return list({part.text: part for part in reversed(found)}.values())[::-1] if once else found


def staff_topics(e: Edition) -> pd.DataFrame:
    """The topics about staff: those of that kind, and those whose pattern speaks of staffing."""
    rows = definitions(e)
    return rows[(rows["kind"] == "staff") | rows["pattern"].str.contains("bemanning")]


def statements(e: Edition, document: str) -> pd.DataFrame:
    """What a document says of the topics about staff, in sentences: topic, statement, lines, document."""
    rows = e.table("topics", document=document)
    rows = rows[rows["topic"].isin(staff_topics(e)["topic"])]
    prose = rows[(rows["printing"] == "") & rows["statement"].str.endswith((".", "!", "?"))]
    return prose.drop_duplicates(["topic", "statement"])


def sickness(e: Edition, report: str) -> pd.DataFrame:
    """What a report says of how sickness absence went, from one figure to another; what it says twice, once."""
    topics = staff_topics(e)
    absence = set(topics.loc[topics["pattern"].str.contains("fravær"), "topic"])
    rows = statements(e, report)
    return rows[rows["topic"].isin(absence) & rows["statement"].map(_goes_from_to).astype(bool)]


def after(rows: pd.DataFrame, line: int) -> pd.DataFrame:
    """Those of some statements that begin below a line."""
    first = rows["lines"].str.extract(r"^(\d+)", expand=False).astype(int)
    return rows[first > line]


def _goes_from_to(statement: str) -> bool:
    """Whether a statement says from which figure to which something went."""
    clauses = statement.split(".")
    return all(any(_has_digit_after(word, clause) for clause in clauses) for word in _FROM_TO)


def _has_digit_after(word: re.Pattern[str], clause: str) -> bool:
    found = word.search(clause)
    return found is not None and _DIGIT.search(clause, found.end()) is not None


def _finders(e: Edition) -> list[Finder]:
    return [Finder(row["pattern"], row["except"]) for _, row in staff_topics(e).iterrows()]


def _speaks_of_staff(text: str, finders: list[Finder]) -> bool:
    return bool(_STAFF.search(text)) or any(finder.finds(text) for finder in finders)


def _about_staff(e: Edition, text: pd.Series) -> pd.Series:
    finders = _finders(e)
    return pd.Series([_speaks_of_staff(value, finders) for value in text], index=text.index, dtype=bool)


def goals(e: Edition, report: str) -> pd.DataFrame:
    """The goals of the annual report whose words speak of staff."""
    rows = e.table("goals", document=report)
    return rows[_about_staff(e, rows["goal"])]


@kept
def measures(e: Edition, proposal: str) -> pd.DataFrame:
    """The measures of a party budget whose names speak of staff, with `fixed_mnok`: one row a measure and year.

    A document that prints its tables twice may call a measure by two names. One of the printing that counts is in when
    its other name speaks of staff: the measure of its area with the same amounts. That name is in `also_named`.
    """
    rows = e.table("measures", document=proposal)
    keys = ["printing", "area", "group", "measure"]
    names = list(rows[keys].itertuples(index=False, name=None))
    amounts: dict[tuple[str, ...], list[tuple[str, float]]] = {}
    for key, year, amount in zip(names, rows["year"], rows["amount_mnok"].fillna(0), strict=True):
        amounts.setdefault(key, []).append((str(year), amount))
    alike: dict[tuple, list[tuple[str, ...]]] = {}
    for key, stated in amounts.items():
        alike.setdefault((key[1], *stated), []).append(key)
    finders = _finders(e)
    speaking = {key for key in amounts if _speaks_of_staff(key[3], finders)}
    counted = {key for key in amounts if key[0] in ("", e.params.printing)}
    chosen = dict.fromkeys(counted & speaking, "")
    for key in counted - speaking:
        twins = alike[key[1], *amounts[key]]
        elsewhere = [other for other in twins if other not in counted]
        # Two measures of an area with the same amounts cannot be told apart by them.
        if len(elsewhere) == 1 and len(twins) == 2 and elsewhere[0] in speaking:
            chosen[key] = elsewhere[0][3]
    rows = rows.assign(also_named=[chosen.get(key) for key in names])
    rows = rows[rows["also_named"].notna()]
    return rows.assign(fixed_mnok=rows["amount_mnok"] * e.price_factor(int(e.document(proposal)["budget_year"])))


def raising(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    """The measures of `measures` that raise spending in a year, the largest first."""
    up = rows[(rows["year"] == year) & rows["amount_mnok"].notna() & (rows["fixed_mnok"] > 0)]
    return up.sort_values("fixed_mnok", ascending=False, kind="stable")


def of_half_a_year(rows: pd.DataFrame) -> list[str]:
    """The measures of `measures` whose first amount is that of half a year, by their names."""
    half = rows["note"].str.contains("halvårseffekt", case=False, na=False)
    return list(dict.fromkeys(rows.loc[half, "measure"]))


def measure_rows(e: Edition, proposal: str) -> list[list[Cell | str]]:
    """Those measures as rows of a table: name, area and the years of the plan, the largest of the first year first."""
    rows, years, how = measures(e, proposal), e.plan_years(proposal), converted(e, proposal)
    keys = ["area", "group", "measure"]
    first = rows[rows["year"] == years[0]].groupby(keys)["fixed_mnok"].sum(min_count=1)
    names = pd.MultiIndex.from_frame(rows[keys].drop_duplicates())
    order = first.reindex(names).sort_values(ascending=False, kind="stable", na_position="last").index
    by_measure = dict(list(rows.groupby(keys, sort=False)))
    by_year = dict(list(rows.groupby([*keys, "year"], sort=False)))
    none = rows.iloc[:0]
    out = []
    for key in order:
        own = by_measure[key]
        cells = []
        for year in years:
            found = by_year.get((*key, year), none)
            stated, unclear = found[found["fixed_mnok"].notna()], found[found["certainty"] == "ambiguous"]
            if len(unclear):
                cells.append(Cell(e.text("uklart oppgitt", "stated unclearly"), tuple(sources(unclear))))
            elif stated.empty:
                cells.append(Cell(e.text("ikke oppgitt", "not stated")))
            else:
                value = float(stated["fixed_mnok"].sum())
                shown = {"decimals": 0 if value == 0 else 1, "signed": True, "how": how if value else ""}
                cells.append(e.number(value, *sources(stated), **shown))
        area, group, _ = key
        label = measure_name(e, own.iloc[0], *dict.fromkeys(sources(own)))
        out.append([label, e.named(group or area), *cells])
    return out


def measure_name(e: Edition, row: pd.Series, *lines: tuple[str, str]) -> Cell:
    """A measure of `measures` by its name, and by the other one where only that speaks of staff."""
    name = e.named(row["measure"], *lines)
    if not row["also_named"]:
        return name
    also_called = e.text("også kalt", "also called")
    return Cell(f"{name.text} ({also_called} {e.quoted(e.gloss(row['also_named']))})", name.sources, lang=name.lang)


def directives(e: Edition, proposal: str) -> pd.DataFrame:
    """The instructions of a party budget whose heading speaks of staff, or whose text speaks of a topic about staff."""
    rows = instructions.directives(e, proposal)
    finders = _finders(e)
    found = [
        _speaks_of_staff(row["title"], finders)
        or _STAFFING.search(row["text"])
        or any(finder.finds(row["text"]) for finder in finders)
        for _, row in rows.iterrows()
    ]
    return rows[pd.Series([bool(hit) for hit in found], index=rows.index, dtype=bool)]


def indicators(e: Edition, report: str) -> pd.DataFrame:
    """The key figures on staff: indicator, municipality, year, value, line."""
    return e.indicators(report, _STAFF)


def indicator_rows(e: Edition, report: str, years: list[int]) -> list[list[Cell | str]]:
    """Those key figures as rows of a table: the municipality's own by year, and those it is compared with."""
    unsaid = e.text("ikke oppgitt", "not stated")
    place = e.document(report)["municipality"]
    out = []
    for (_, name), rows in indicators(e, report).groupby(["table", "indicator"], sort=False):
        own, others = rows[rows["municipality"] == place], rows[rows["municipality"] != place]
        cells = []
        for year in years:
            stated = own[(own["year"] == year) & own["value"].notna()]
            cells.append(
                Cell(unsaid, tuple(dict.fromkeys(sources(own))))
                if stated.empty
                else e.number(stated.iloc[0]["value"], source(stated.iloc[0]), decimals=1)
            )
        known = others[others["value"].notna()]
        listed = [
            f"{e.gloss(row['municipality'])} {e.number(row['value'], decimals=1).text}" for _, row in known.iterrows()
        ]
        there = Cell("; ".join(listed) or unsaid, tuple(dict.fromkeys(sources(known if len(known) else rows))))
        out.append([e.named(name, *dict.fromkeys(sources(rows))), *cells, there])
    return out

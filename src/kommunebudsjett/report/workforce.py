"""The workforce: who does the work and what they are paid, and what party budgets say of staffing."""

import re
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.readers.annual_report.prose import sentences
from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.report.charts.pyramid import Pair
from kommunebudsjett.report.edition import Edition, source, sources
from kommunebudsjett.report.prose import Paragraph, paragraphs
from kommunebudsjett.tables.topics import Finder

GENDERS = ("women", "men", "all")
_LEAVE = re.compile(r"foreldreperm", re.IGNORECASE)
_NOTE = re.compile(r"(?:Note\b|Grunnlag\b)", re.IGNORECASE)
# A change of staff as a report states it: a number of people or full-time equivalents, not a cost.
_CHANGE = re.compile(
    r"\b(?:økning|reduksjon|redusert|økte|økt)\s+(?:på|med)\s+\d[\d ]*\s*(?:ansatte|årsverk)\b", re.IGNORECASE
)
_FROM_TO = re.compile(r"(?=.*\bfra\b[^.]*\d)(?=.*\btil\b[^.]*\d)", re.IGNORECASE)
_STAFFING = re.compile(r"(?<!heldøgns)bemanning", re.IGNORECASE)
# Names that speak of staff; what has the letters of a position in it but is none stands before it.
_STAFF = re.compile(
    rf"\bflere ansatte|{_STAFFING.pattern}|\bårsverk|sykefravær|vikar|innleie"
    r"|(?<!om)(?<!ut)(?<!be)(?<!nn)(?<!pp)(?<!for)(?<!frem)stilling(?:er|en)?\b",
    re.IGNORECASE,
)


def figures(e: Edition) -> pd.DataFrame:
    """The figures of the outcome for its year."""
    document, rows = e.part("outcome"), e.table("workforce")
    return rows[(rows["document"] == document["document"]) & (rows["year"] == document["budget_year"])]


class Figure(NamedTuple):
    """One figure as it is printed: its value (None where it is not given) and where it stands."""

    value: float | None
    source: tuple[str, str]


def figure_of(rows: pd.DataFrame, gender: str) -> Figure | None:
    """The figure for a gender among rows that differ in it alone; None where the document has no such row."""
    found = rows[rows["gender"] == gender]
    if found.empty:
        return None
    row = found.iloc[0]
    return Figure(None if pd.isna(row["value"]) else float(row["value"]), source(row))


def staff_by_area(e: Edition, unit: str = "fte") -> pd.DataFrame:
    """Staff by area: the rows of `unit` (`fte` or `count`) in the table that counts full-time equivalents by area."""
    rows = figures(e)
    in_areas = rows[(rows["unit"] == "fte") & (rows["staff_group"] != "")]
    return rows[rows["table"].isin(in_areas["table"]) & (rows["staff_group"] != "") & (rows["unit"] == unit)]


def areas_by_size(rows: pd.DataFrame) -> list[str]:
    """The areas of `staff_by_area` without the sum, the largest first."""
    own = rows[(rows["is_total"] == 0) & (rows["gender"] == "all")]
    return list(own.sort_values("value", ascending=False, kind="stable")["staff_group"])


def totals(rows: pd.DataFrame) -> pd.DataFrame:
    """The printed sums among rows: one for each gender."""
    return rows[rows["is_total"] == 1]


def pairs(rows: pd.DataFrame, names: list[str], e: Edition) -> list[Pair]:
    """Women's and men's figures of each group, as a chart takes them."""
    out = []
    for name in names:
        own = rows[rows["staff_group"] == name]
        women, men = figure_of(own, "women"), figure_of(own, "men")
        out.append(Pair(e.gloss(name), women.value if women else None, men.value if men else None))
    return out


def whole(e: Edition) -> list[tuple[Cell | str, pd.DataFrame]]:
    """What is stated for the whole workforce, as (label, rows by gender), in the order of the document: the sums of
    staff by area, pay, part time, temporary staff and parental leave.
    """
    rows = figures(e)
    counted = [(e.text("Ansatte", "Employees"), totals(staff_by_area(e, "count")))]
    counted += [(e.text("Årsverk", "Full-time equivalents"), totals(staff_by_area(e)))]
    plain = rows[rows["staff_group"] == ""]
    temporary = plain[plain["employment"] == "temporary"]
    leave = plain[plain["table"].isin(plain.loc[plain["indicator"].str.contains(_LEAVE), "table"])]
    on_leave = leave[leave["indicator"].str.contains(_LEAVE)]
    pay = plain[plain["table"].isin(plain.loc[plain["unit"] == "nok", "table"])]
    named = [(e.named(name), own) for name, own in pay.groupby("indicator", sort=False)]
    words = {
        "count": e.text("Midlertidig ansatte", "Temporary employees"),
        "percent": e.text("Andel midlertidig ansatte", "Share of temporary employees"),
    }
    named += [(words.get(unit, unit), own) for unit, own in temporary.groupby("unit", sort=False)]
    named += [(e.named(name), own) for name, own in on_leave.groupby("indicator", sort=False)]
    return [(label, own) for label, own in [*counted, *named] if not own.empty]


def temporary(e: Edition, unit: str) -> pd.DataFrame:
    """Temporary staff by gender: `count`, or `percent` of all staff."""
    rows = figures(e)
    return rows[(rows["staff_group"] == "") & (rows["employment"] == "temporary") & (rows["unit"] == unit)]


def pay(e: Edition) -> pd.DataFrame:
    """Mean pay of the staff as a whole by gender."""
    rows = figures(e)
    return rows[(rows["staff_group"] == "") & (rows["unit"] == "nok")]


def is_permanent(e: Edition, rows: pd.DataFrame) -> bool:
    """Whether the caption of a table says that it is of permanent staff (fast ansatte)."""
    return bool(_captions(e).reindex(rows["table"]).str.contains("fast ansatt", case=False).all())


def _captions(e: Edition) -> pd.Series:
    cells = e.table("table_cells")
    cells = cells[cells["document"] == e.part("outcome")["document"]]
    return cells.drop_duplicates("table").set_index("table")["caption"]


def pay_tables(e: Edition) -> list[tuple[str, pd.DataFrame]]:
    """The tables of pay by group: the printed caption and the rows (pay and number of employees)."""
    rows = figures(e)
    captions = _captions(e)
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


def pay_rows(e: Edition, rows: pd.DataFrame) -> list[list[Cell | str]]:
    """A pay table as rows: group, employees, pay of women and men, and women's pay of men's; its sum last."""
    out = []
    for name in [*groups(rows), *totals(rows)["staff_group"].unique()]:
        own = rows[rows["staff_group"] == name]
        counted, paid = own[own["unit"] == "count"], own[own["unit"] == "nok"]
        label = e.named(name, *dict.fromkeys(sources(own))) if (own["is_total"] == 0).all() else e.text("Alle", "All")
        out.append(
            [
                label,
                *[cell(e, counted, gender) for gender in ("women", "men")],
                *[cell(e, paid, gender) for gender in ("women", "men")],
                ratio(e, own),
            ]
        )
    return out


def chapters(e: Edition) -> list[tuple[str, pd.DataFrame]]:
    """The sums of the pay tables: caption and rows, for those that print one."""
    return [(caption, totals(rows)) for caption, rows in pay_tables(e) if len(totals(rows))]


# What the text says.


def stated_changes(e: Edition) -> list[tuple[str, str, str]]:
    """Sentences that state by how many the staff grew or shrank: text, document, lines."""
    return [
        (sentence, paragraph.document, paragraph.lines)
        for paragraph in paragraphs(e, "outcome")
        for sentence in sentences(paragraph.text)
        if _CHANGE.search(sentence)
    ]


def notes(e: Edition) -> list[Paragraph]:
    """The notes below the tables of the workforce, each once: what was counted, and what is withheld."""
    rows = figures(e)
    if rows.empty:
        return []
    first, last = int(rows["line"].min()), int(rows["line"].max())
    text = [part for part in paragraphs(e, "outcome") if part.first_line >= first]
    heading = next((part.heading for part in text if part.first_line > last), "")
    within = [part for part in text if part.first_line <= last or part.heading == heading]
    return list({part.text: part for part in reversed(within) if _NOTE.match(part.text)}.values())[::-1]


def staff_topics(e: Edition) -> pd.DataFrame:
    """The topics about staff: those of that kind, and those whose pattern speaks of staffing."""
    rows = e.table("topic_definitions")
    return rows[(rows["kind"] == "staff") | rows["pattern"].str.contains("bemanning")]


def statements(e: Edition, part: str) -> pd.DataFrame:
    """What a document says of the topics about staff, in sentences: topic, statement, lines, document."""
    rows = e.table("topics")
    rows = rows[rows["document"].eq(e.part(part)["document"]) & rows["topic"].isin(staff_topics(e)["topic"])]
    prose = rows[(rows["printing"] == "") & rows["statement"].str.endswith((".", "!", "?"))]
    return prose.drop_duplicates(["topic", "statement"])


def quoted(e: Edition, part: str) -> dict[str, pd.Series]:
    """One statement of each topic about staff, by topic: one where the topic stands in the sentence and not only in a
    heading above it, and that is not quoted for another topic, if there is one.
    """
    rows = statements(e, part)
    found: dict[str, pd.Series] = {}
    for _, topic in staff_topics(e).iterrows():
        own = rows[rows["topic"] == topic["topic"]]
        if own.empty:
            continue
        finder = Finder(topic["pattern"], topic["except"])
        headed = ~own["statement"].map(lambda text, find=finder: find.finds(text.rpartition(": ")[2]))
        used = own["statement"].isin([row["statement"] for row in found.values()])
        order = (headed.astype(int) + 2 * used.astype(int)).sort_values(kind="stable").index
        found[topic["topic"]] = own.loc[order[0]]
    return found


def in_tables(e: Edition, part: str) -> dict[str, tuple[str, str]]:
    """The first table row of each topic about staff, by topic: its document and line, in the printing that counts."""
    rows = e.table("topics")
    rows = rows[rows["document"].eq(e.part(part)["document"]) & rows["topic"].isin(staff_topics(e)["topic"])]
    rows = rows[rows["printing"].eq(e.params.printing)]
    return {topic: source(own.iloc[0]) for topic, own in rows.groupby("topic", sort=False)}


def sickness(e: Edition) -> pd.DataFrame:
    """What the outcome says of how sickness absence went, from one figure to another; what it says twice, once."""
    topics = staff_topics(e)
    absence = set(topics.loc[topics["pattern"].str.contains("fravær"), "topic"])
    rows = statements(e, "outcome")
    return rows[rows["topic"].isin(absence) & rows["statement"].str.contains(_FROM_TO)]


def _finders(e: Edition) -> list[Finder]:
    return [Finder(row["pattern"], row["except"]) for _, row in staff_topics(e).iterrows()]


def _speaks_of_staff(text: str, finders: list[Finder]) -> bool:
    return bool(_STAFF.search(text)) or any(finder.finds(text) for finder in finders)


def _about_staff(e: Edition, text: pd.Series) -> pd.Series:
    finders = _finders(e)
    return pd.Series([_speaks_of_staff(value, finders) for value in text], index=text.index, dtype=bool)


def goals(e: Edition) -> pd.DataFrame:
    """The goals of the outcome whose words speak of staff."""
    rows = e.table("goals")
    rows = rows[rows["document"] == e.part("outcome")["document"]]
    return rows[_about_staff(e, rows["goal"])]


def measures(e: Edition, part: str) -> pd.DataFrame:
    """The measures of a party budget whose names speak of staff, with `fixed_mnok`: one row a measure and year.

    A document that prints its tables twice may call a measure by two names. One of the printing that counts is in when
    its other name speaks of staff: the measure of its area with the same amounts. That name is in `also_named`.
    """
    rows = e.table("measures")
    rows = rows[rows["document"] == e.part(part)["document"]]
    keys = ["printing", "area", "group", "measure"]
    amounts = {
        key: (key[1], tuple(zip(own["year"].astype("str"), own["amount_mnok"].fillna(0), strict=True)))
        for key, own in rows.groupby(keys, sort=False)
    }
    finders = _finders(e)
    speaking = {key for key in amounts if _speaks_of_staff(key[3], finders)}
    counted = {key for key in amounts if key[0] in ("", e.params.printing)}
    chosen = dict.fromkeys(counted & speaking, "")
    for key in counted - speaking:
        twins = [other for other in amounts if amounts[other] == amounts[key]]
        elsewhere = [other for other in twins if other not in counted]
        # Two measures of an area with the same amounts cannot be told apart by them.
        if len(elsewhere) == 1 and len(twins) == 2 and elsewhere[0] in speaking:
            chosen[key] = elsewhere[0][3]
    own = pd.MultiIndex.from_frame(rows[keys])
    rows = rows.assign(also_named=own.map(lambda key: chosen.get(key)))
    rows = rows[rows["also_named"].notna()]
    return rows.assign(fixed_mnok=rows["amount_mnok"] * e.price_factor(int(e.part(part)["budget_year"])))


def measure_rows(e: Edition, part: str) -> list[list[Cell | str]]:
    """Those measures as rows of a table: name, area and the years of the plan, the largest of the first year first."""
    rows, years = measures(e, part), e.plan_years(part)
    keys = ["area", "group", "measure"]
    first = rows[rows["year"] == years[0]].groupby(keys)["fixed_mnok"].sum(min_count=1)
    names = pd.MultiIndex.from_frame(rows[keys].drop_duplicates())
    order = first.reindex(names).sort_values(ascending=False, kind="stable", na_position="last").index
    out = []
    for key in order:
        own = rows[(rows[keys] == list(key)).all(axis=1)]
        cells = []
        for year in years:
            stated = own[(own["year"] == year) & own["fixed_mnok"].notna()]
            if stated.empty:
                cells.append(Cell(e.text("ikke oppgitt", "not stated")))
            else:
                value = float(stated["fixed_mnok"].sum())
                cells.append(e.number(value, *sources(stated), decimals=0 if value == 0 else 1, signed=True))
        area, group, name = key
        label = e.named(name, *dict.fromkeys(sources(own)))
        also = own["also_named"].iloc[0]
        if also:
            also_called = e.text("også kalt", "also called")
            label = Cell(f"{label.text} ({also_called} {e.quoted(e.gloss(also))})", label.sources, lang=label.lang)
        out.append([label, e.named(group or area), *cells])
    return out


def directives(e: Edition, part: str) -> pd.DataFrame:
    """The instructions of a party budget whose heading speaks of staff, or whose text speaks of a topic about staff."""
    rows = e.table("directives")
    rows = rows[rows["document"] == e.part(part)["document"]]
    finders = _finders(e)
    found = [
        _speaks_of_staff(row["title"], finders)
        or _STAFFING.search(row["text"])
        or any(finder.finds(row["text"]) for finder in finders)
        for _, row in rows.iterrows()
    ]
    rows = rows[pd.Series([bool(hit) for hit in found], index=rows.index, dtype=bool)]
    return rows.assign(lines=rows["line_first"].astype(str) + "-" + rows["line_last"].astype(str))


def indicators(e: Edition) -> pd.DataFrame:
    """The key figures on staff: indicator, municipality, year, value, line."""
    rows = e.table("key_figures")
    rows = rows[rows["document"] == e.part("outcome")["document"]]
    return rows[rows["indicator"].str.contains(_STAFF)]


def indicator_rows(e: Edition, years: list[int]) -> list[list[Cell | str]]:
    """Those key figures as rows of a table: the municipality's own by year, and those it is compared with."""
    unsaid = e.text("ikke oppgitt", "not stated")
    place = e.part("outcome")["municipality"]
    out = []
    for (_, name), rows in indicators(e).groupby(["table", "indicator"], sort=False):
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

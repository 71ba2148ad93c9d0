"""The contracts of the clean tables: columns, types, units, allowed values and keys, written once.

They validate the tables at the end of each stage (`kommunebudsjett.tables.validation`) and give the column
documentation (docs/tables.md).
"""

from dataclasses import dataclass

# What the columns of typed tables of amounts hold.
MEANINGS = ("actual", "revised_budget", "original_budget", "deviation")
# What those of statements and plans hold beside.
FIGURE_MEANINGS = (*MEANINGS, "budget", "plan", "forecast")
# What a column of any printed table may hold.
COLUMN_MEANINGS = (
    *FIGURE_MEANINGS,
    "last_year",
    "deviation_percent",
    "share",
    "change",
    "part_year",
    "several_years",
    "rate",
    "note",
    "line_number",
)

# What a printed table may be about; `result` sets services beside what pays for them.
SUBJECTS = ("statement_by_kind", "result", "balance", "investments", "guarantees", "areas")

# The pandas type that a column of each kind has; missing text is "".
DTYPES = {"text": "str", "integer": "Int64", "number": "float64"}


@dataclass(frozen=True)
class Column:
    """A column: its kind (text, integer or number), what it means and its unit, what may stand in it, and the table
    and column that its values are keys of.
    """

    name: str
    kind: str
    meaning: str
    required: bool = False
    allowed: tuple[str | int, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    pattern: str = ""
    unit: str = ""
    refers_to: str = ""


@dataclass(frozen=True)
class Table:
    """A clean table: what one row is, its columns, and the columns that tell its rows apart."""

    name: str
    row_is: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def dtypes(self) -> dict[str, str]:
        return {column.name: DTYPES[column.kind] for column in self.columns}


DOCUMENT = Column("document", "text", "id of the document in documents.yml", required=True, refers_to="documents")
AREA = Column("area", "text", "heading of the chapter or table it stands under, as printed", required=True)
AREA_ID_PATTERN = r"[a-z][a-z0-9_]*"
AREA_ID = Column(
    "area_id", "text", "harmonised service area", required=True, pattern=AREA_ID_PATTERN, refers_to="areas"
)
LINE = Column("line", "integer", "line of the value in the raw file, from 1", required=True, at_least=1)
LINE_FIRST = Column("line_first", "integer", "its first line in the raw file", required=True, at_least=1)
LINE_LAST = Column("line_last", "integer", "its last line in the raw file", required=True, at_least=1)
LINES = Column(
    "lines", "text", "lines in the raw file, as 12;15-18", required=True, pattern=r"\d+(-\d+)?(;\d+(-\d+)?)*"
)
QUOTE = Column("quote", "text", "the printed words", required=True)
YEAR = Column("year", "integer", "year that the figure is for; empty for a whole period")
TABLE = Column("table", "text", "printed number of the table, else x- and its first header line", required=True)
FLAG = (0, 1)
CHECKS = (
    "arithmetic",
    "balance",
    "caption",
    "comparison",
    "derived",
    "deviation",
    "fiscal_rule",
    "goal",
    "label",
    "listed",
    "measure",
    "printing",
    "promise",
    "prose",
    "repeated",
    "sign",
    "sum",
    "tables",
    "unit",
)
LEDGER_ROLES = (
    "amount",
    "case",
    "contents",
    "count",
    "date",
    "label",
    "law",
    "level",
    "limit",
    "note",
    "numbering",
    "other_proposal",
    "page",
    "part",
    "percent",
    "phone",
    "range",
    "rate",
    "reference",
    "repeated",
    "sum",
    "time",
    "words",
    "year",
)
TOPIC_KINDS = ("service", "place", "scheme", "institution", "plan", "group", "economy", "staff")
# The columns that the tables of an annual report's accounts share.
GROUP = Column("group", "text", "nearest label-only row above in the same table")
ROW = Column("row", "text", "row label as printed", required=True)
MEANING = Column("meaning", "text", "what the column holds", required=True, allowed=FIGURE_MEANINGS)
FIGURE_YEAR = Column("year", "integer", "year that the figure is for", required=True)
VALUE = Column("value", "number", "the value; empty for N/A", unit="as the column unit says")
UNIT = Column(
    "unit",
    "text",
    "unit of the value as printed; unknown where nothing in the source says it",
    True,
    ("mnok", "tnok", "nok", "percent", "count", "fte", "unknown"),
)
READ_BY = Column("read_by", "text", "person who has read it where the program could not (data/reference/rulings.csv)")
UNIT_LINE = Column("unit_line", "integer", "line of the words that give the unit; empty where no words do", at_least=1)
COUNTS_IN_TOTAL = Column(
    "counts_in_total",
    "integer",
    "1 where the row may be added to others of its document, kind, year and printing",
    True,
    FLAG,
)
IS_TOTAL = Column("is_total", "integer", "1 where the row is the sum of the table or a part", True, FLAG)

# What documents say: changes to somebody's budget, the municipality's own budget, accounts.
ROLES = ("proposal", "budget", "report")

TABLES = {
    table.name: table
    for table in (
        Table(
            "documents",
            "a document",
            (
                DOCUMENT,
                Column("title", "text", "title", required=True),
                Column("family", "text", "family of documents, which names its reader", required=True),
                Column("role", "text", "what it says: changes to a budget, a budget, or accounts", True, ROLES),
                Column("publisher", "text", "who published it", required=True),
                Column("municipality", "text", "the municipality it is about", required=True),
                Column("budget_year", "integer", "first year that its amounts are for", required=True),
                Column("period_from", "integer", "first year of its plan", required=True),
                Column("period_to", "integer", "last year of its plan", required=True),
                Column("baseline", "text", "whose proposal its amounts are changes against; empty for levels"),
                Column(
                    "stated_units",
                    "text",
                    "unit that a person states where the document does not: for all amounts, or by table",
                ),
                Column(
                    "signs",
                    "text",
                    "what a plus means, as a person states it where the document does not",
                    allowed=("", "spending-positive", "savings-positive"),
                ),
                Column("file", "text", "file in data/raw", required=True),
                Column("sha256", "text", "SHA-256 of the file", required=True, pattern=r"[0-9a-f]{64}"),
                Column("url", "text", "where it was published, where known"),
                Column("published", "text", "date of publication, where known"),
                Column("licence", "text", "licence, where known"),
                Column("shown", "integer", "1 where the pages show it", True, FLAG),
                Column(
                    "left_out",
                    "text",
                    "why the pages do not show it: another municipality, a budget, a proposal without a baseline, not "
                    "named in params.yaml, or no price or population figure for its year",
                    allowed=("", "municipality", "budget", "no_baseline", "not_named", "no_figures"),
                ),
                Column("place", "integer", "its place among those of its municipality and role", True, at_least=1),
                Column("name_nb", "text", "what it is called in Norwegian: publisher, kind and year", required=True),
                Column("name_en", "text", "what it is called in English", required=True),
                Column("called_nb", "text", "what a Norwegian sentence calls it", required=True),
                Column("called_en", "text", "what an English sentence calls it", required=True),
                Column("numbers_read", "integer", "printed numbers that its reader took", required=True, at_least=0),
                Column("numbers_unread", "integer", "numbers listed in unread.csv", required=True, at_least=0),
            ),
            ("document",),
        ),
        Table(
            "areas",
            "a harmonised service area",
            (
                Column("area_id", "text", "id of the area", required=True, pattern=AREA_ID_PATTERN),
                Column("order", "integer", "its place in reports", required=True, at_least=1),
                Column("name_nb", "text", "name in Norwegian bokmål", required=True),
                Column("name_en", "text", "name in English", required=True),
                Column("cofog", "text", "divisions of COFOG that it matches, ; between", required=True),
                Column("cofog_name", "text", "their names, ; between", required=True),
            ),
            ("area_id",),
        ),
        Table(
            "area_names",
            "a name that documents give an area or a service area, and the harmonised area it is mapped to",
            (
                Column("municipality", "text", "municipality that the row holds for; empty for every one"),
                Column("document", "text", "document that the row holds for; empty for all", refers_to="documents"),
                Column("name", "text", "the name as printed, without a chapter number", required=True),
                AREA_ID,
                Column("relation", "text", "the printed area to the harmonised one", True, ("same", "part", "wider")),
                Column("note_nb", "text", "what a reader must know, in Norwegian"),
                Column("note_en", "text", "what a reader must know, in English"),
            ),
            ("municipality", "document", "name"),
        ),
        Table(
            "table_cells",
            "a value cell of a printed table, any document",
            (
                DOCUMENT,
                TABLE,
                Column("caption", "text", "caption without its number"),
                Column("section", "text", "chapter heading it stands under"),
                GROUP,
                Column("row", "text", "row label; empty where the table has no label column"),
                Column("column", "text", "column header, spanning headers joined by ' | '", required=True),
                VALUE,
                Column("raw", "text", "the printed characters", required=True),
                UNIT,
                UNIT_LINE,
                IS_TOTAL,
                LINE,
                READ_BY,
                Column(
                    "meaning",
                    "text",
                    "what the column holds, by the words of columns.csv; empty where they do not say it",
                    allowed=("", *COLUMN_MEANINGS),
                ),
                Column("year", "integer", "year that the column is for, where its words or the table's say it"),
                Column(
                    "against",
                    "text",
                    "the budget that a column of deviations names",
                    allowed=("", "revised_budget", "original_budget"),
                ),
                Column(
                    "about",
                    "text",
                    "what the table is about, by its caption and labels; empty where they do not say it",
                    allowed=("", *SUBJECTS),
                ),
                Column("funding", "integer", "1 where the row is no area but a kind of income or cost", True, FLAG),
            ),
            ("document", "table", "row", "column", "line"),
        ),
        Table(
            "measures",
            "a budget measure (tiltak) in one year and printing",
            (
                DOCUMENT,
                AREA,
                AREA_ID,
                Column("kind", "text", "kind of measure", True, ("drift", "investering", "inndekning")),
                Column("group", "text", "group in its table"),
                Column("measure", "text", "name of the measure as printed", required=True),
                YEAR,
                Column(
                    "amount_mnok",
                    "number",
                    "amount in the document's prices, a change against its baseline",
                    unit="million kroner",
                ),
                Column(
                    "role",
                    "text",
                    "what the amount is; a part is in the amount of another row, and is not added to it",
                    True,
                    ("change", "part", "period_total"),
                ),
                Column("part_of", "integer", "line of the amount that it is a part of", at_least=1),
                Column(
                    "duration",
                    "text",
                    "how long the measure lasts, where the text says it",
                    False,
                    ("", "once", "lasting", "growing", "half_year"),
                ),
                Column("basis", "text", "where the amount stands", False, ("", "table", "heading", "prose")),
                Column(
                    "certainty",
                    "text",
                    "whether the text states amount and year; unstated where it gives no year",
                    False,
                    ("", "explicit", "implied", "ambiguous", "unstated"),
                ),
                Column(
                    "printing",
                    "text",
                    "which of two printings; empty where there is one",
                    False,
                    ("", "chapter", "appendix"),
                ),
                LINE,
                LINE_LAST,
                QUOTE,
                Column("note", "text", "what a reader of the amount must know"),
                READ_BY,
                COUNTS_IN_TOTAL,
            ),
            ("document", "area", "kind", "group", "measure", "year", "printing", "line"),
        ),
        Table(
            "goal_statements",
            "a sentence of what an annual report says of a goal that it assesses",
            (
                DOCUMENT,
                AREA_ID,
                Column("goal", "text", "the goal as printed", required=True),
                Column("goal_line", "integer", "line of its verdict, as in goals", required=True, at_least=1),
                Column(
                    "role",
                    "text",
                    "what the goal was measured by, what the report says of the result, or, with the first of several, "
                    "how far it says that goals can be measured",
                    True,
                    ("aim", "assessment", "reservation"),
                ),
                Column("text", "text", "the printed sentence, broken words mended", required=True),
                LINES,
            ),
            (),
        ),
        Table(
            "measure_texts",
            "the reasoning of a measure: a prose section of a party budget",
            (
                DOCUMENT,
                AREA,
                AREA_ID,
                Column("measure", "text", "the measure it is about; empty where it is about none"),
                Column("heading", "text", "its heading as printed", required=True),
                Column("text", "text", "its prose, words broken at line ends mended"),
                LINES,
            ),
            ("document", "area", "measure", "lines"),
        ),
        Table(
            "paragraphs",
            "a paragraph of a document, tables and headings left out",
            (
                DOCUMENT,
                Column("heading", "text", "the heading that it stands under, as printed"),
                LINES,
                Column("text", "text", "its words, those broken at line ends mended", required=True),
            ),
            (),
        ),
        Table(
            "directives",
            "an instruction without money (verbal føring)",
            (
                DOCUMENT,
                AREA,
                AREA_ID,
                Column("title", "text", "its heading", required=True),
                Column("text", "text", "its prose, words broken at line ends mended", required=True),
                Column("ask", "text", "what it asks for", True, ("sak", "utredning", "omdisponering", "other")),
                Column("deadline", "text", "a stated deadline, as printed"),
                LINE_FIRST,
                LINE_LAST,
                Column("within_measure", "integer", "1 where it stands in the text of a measure", True, FLAG),
            ),
            ("document", "line_first", "line_last", "title", "within_measure", "text"),
        ),
        Table(
            "goals",
            "an assessed goal of an annual report",
            (
                DOCUMENT,
                Column("chapter", "text", "chapter heading", required=True),
                AREA_ID,
                Column("goal", "text", "the goal or indicator", required=True),
                Column(
                    "status",
                    "text",
                    "the verdict",
                    True,
                    ("achieved", "partly", "not_achieved", "on_track", "other"),
                ),
                QUOTE,
                LINE,
            ),
            ("document", "goal", "line"),
        ),
        Table(
            "fiscal_rules",
            "a fiscal rule (handlingsregel) in one year",
            (
                DOCUMENT,
                Column(
                    "rule",
                    "text",
                    "which rule",
                    True,
                    ("capital_costs", "debt_ratio", "disposition_fund", "net_operating_result"),
                ),
                Column("target_percent", "number", "target; empty where there is none", unit="per cent"),
                YEAR,
                Column("period", "text", "period that an average is for, as 2026-2029"),
                Column("value_percent", "number", "outcome or plan", unit="per cent"),
                LINE,
                QUOTE,
            ),
            ("document", "rule", "year", "period", "line"),
        ),
        Table(
            "facts",
            "what prose of a municipality states: an amount or a share",
            (
                DOCUMENT,
                Column("what", "text", "what the amount is of, in the words of the text", required=True),
                Column("year", "integer", "year that it is for; empty where the sentence names none"),
                Column("value", "number", "the value, as printed; a change downwards is negative", required=True),
                UNIT,
                Column(
                    "role",
                    "text",
                    "what kind of statement it is",
                    True,
                    ("level", "deviation", "change", "target", "limit", "share", "part"),
                ),
                LINE,
                QUOTE,
                Column("raw", "text", "the printed amount", required=True),
            ),
            (),
        ),
        Table(
            "accounts",
            "a service area in one table",
            (
                DOCUMENT,
                Column("service_area", "text", "service area as named in the table of all areas", required=True),
                AREA_ID,
                TABLE,
                Column("year", "integer", "accounting year", required=True),
                Column("actual", "number", "net expenditure", unit="million kroner"),
                Column("revised_budget", "number", "revised budget", unit="million kroner"),
                Column("original_budget", "number", "original budget", unit="million kroner"),
                Column(
                    "deviation",
                    "number",
                    "deviation from the budget; positive is money not spent, also where the table prints it as minus",
                    unit="million kroner",
                ),
                LINE,
                COUNTS_IN_TOTAL,
            ),
            ("document", "service_area", "table", "line"),
        ),
        Table(
            "plans",
            "what a municipality's own budget gives a service area in a year, or what that is compared with",
            (
                DOCUMENT,
                Column("service_area", "text", "service area as printed", required=True),
                AREA_ID,
                TABLE,
                FIGURE_YEAR,
                MEANING,
                Column("amount_mnok", "number", "net expenditure", unit="million kroner"),
                LINE,
                COUNTS_IN_TOTAL,
            ),
            ("document", "service_area", "table", "year", "meaning", "line"),
        ),
        Table(
            "key_figures",
            "an indicator for a municipality and year",
            (
                DOCUMENT,
                AREA_ID,
                Column("indicator", "text", "the indicator as printed", required=True),
                Column("municipality", "text", "municipality, or the ASSS mean", required=True),
                Column("year", "integer", "year", required=True),
                VALUE,
                UNIT,
                Column("source", "text", "source that the caption names"),
                TABLE,
                LINE,
            ),
            ("document", "table", "indicator", "municipality", "year", "line"),
        ),
        Table(
            "statement_by_kind",
            "an amount of the statement of income and expenditure by kind (økonomisk oversikt etter art)",
            (DOCUMENT, TABLE, GROUP, ROW, MEANING, FIGURE_YEAR, VALUE, UNIT, IS_TOTAL, LINE, COUNTS_IN_TOTAL),
            ("document", "table", "row", "meaning", "year", "line"),
        ),
        Table(
            "investments",
            "an amount of the investment accounts, by kind or by investment area",
            (DOCUMENT, TABLE, GROUP, ROW, MEANING, FIGURE_YEAR, VALUE, UNIT, IS_TOTAL, LINE),
            ("document", "table", "row", "meaning", "year", "line"),
        ),
        Table(
            "balance",
            "an amount of the balance sheet",
            (
                DOCUMENT,
                TABLE,
                Column("side", "text", "side of the balance sheet", True, ("assets", "equity_and_liabilities")),
                GROUP,
                ROW,
                MEANING,
                FIGURE_YEAR,
                VALUE,
                UNIT,
                IS_TOTAL,
                LINE,
            ),
            ("document", "table", "row", "meaning", "year", "line"),
        ),
        Table(
            "guarantees",
            "what the municipality guarantees for one purpose at the end of a year",
            (DOCUMENT, TABLE, ROW, FIGURE_YEAR, VALUE, UNIT, IS_TOTAL, LINE),
            ("document", "table", "row", "year", "line"),
        ),
        Table(
            "workforce",
            "a figure of staff or pay by gender",
            (
                DOCUMENT,
                TABLE,
                Column("staff_group", "text", "area, group or title as printed; empty for all staff"),
                Column("gender", "text", "whom it is for", True, ("women", "men", "all")),
                Column("employment", "text", "kind of employment", True, ("permanent", "temporary", "all")),
                Column("indicator", "text", "what is counted, as printed", required=True),
                FIGURE_YEAR,
                VALUE,
                UNIT,
                IS_TOTAL,
                LINE,
            ),
            ("document", "table", "staff_group", "gender", "employment", "indicator", "line"),
        ),
        Table(
            "inspections",
            "a supervisory visit",
            (
                DOCUMENT,
                Column("authority", "text", "supervisory authority"),
                Column("unit", "text", "unit that was visited"),
                Column("date_from", "text", "first day, as printed"),
                Column("date_to", "text", "last day, as printed"),
                Column("law", "text", "law or regulation"),
                Column("theme", "text", "theme"),
                LINE,
            ),
            ("document", "line"),
        ),
        Table(
            "topic_definitions",
            "a topic that recurs, and the expressions that find it",
            (
                Column("topic", "text", "id of the topic", required=True),
                Column("name_nb", "text", "name in Norwegian bokmål", required=True),
                Column("name_en", "text", "name in English", required=True),
                Column("kind", "text", "what it is", True, TOPIC_KINDS),
                AREA_ID,
                Column("pattern", "text", "regular expression that finds it, at whole words, whatever the case", True),
                Column("except", "text", "regular expression of what looks like it and is not"),
                Column("why", "text", "where it stands, and what a reader of the patterns must know", required=True),
                Column("municipality", "text", "municipality whose own it is; empty for what any may have"),
            ),
            ("topic",),
        ),
        Table(
            "glossary",
            "a term that the reports use, explained",
            (
                Column("anchor", "text", "its address on the glossary page", True, pattern=r"[a-z0-9]+(-[a-z0-9]+)*"),
                Column("term_nb", "text", "the term in Norwegian bokmål", required=True),
                Column("term_en", "text", "the term in English", required=True),
                Column("explanation_nb", "text", "what it means, in Norwegian", required=True),
                Column("explanation_en", "text", "what it means, in English", required=True),
                Column(
                    "source",
                    "text",
                    "law, body or lines of a registered document (`document-id:12,20`) that the explanation rests on",
                ),
            ),
            ("anchor",),
        ),
        Table(
            "topics",
            "one statement about a topic that recurs, and one of its amounts",
            (
                Column("topic", "text", "id of the topic", required=True, refers_to="topic_definitions"),
                DOCUMENT,
                LINES,
                Column(
                    "role",
                    "text",
                    "how it is printed; a heading goes with the sentence below it",
                    True,
                    ("heading", "sentence", "row"),
                ),
                Column("statement", "text", "the printed sentence, heading or row, broken words mended", required=True),
                Column(
                    "printing",
                    "text",
                    "which of two printings; empty where there is one",
                    False,
                    ("", "chapter", "appendix"),
                ),
                Column(
                    "amount_mnok",
                    "number",
                    "amount of a measure or account of the topic, as its document gives it",
                    unit="million kroner",
                ),
                YEAR,
            ),
            ("topic", "document", "lines", "statement", "year"),
        ),
        Table(
            "unread",
            "a number in a table or measure that no reader took",
            (
                DOCUMENT,
                LINE,
                Column("raw", "text", "the printed characters", required=True),
                Column("reason", "text", "why it was not taken", required=True),
            ),
            (),
        ),
        Table(
            "ledger",
            "a number of a document that is in no cell, no statement and not in unread.csv",
            (
                DOCUMENT,
                LINE,
                Column("raw", "text", "the printed characters", required=True),
                Column("role", "text", "what kind of number it is", True, LEDGER_ROLES),
                Column("reason", "text", "what it is, or why it was left", required=True),
            ),
            (),
        ),
        Table(
            "amounts",
            "an amount of a service area in a document, which may be added to others of its document, year and meaning",
            (
                DOCUMENT,
                Column("municipality", "text", "the municipality that the document is about", required=True),
                AREA_ID,
                Column("service_area", "text", "name of the area or chapter, as printed", required=True),
                Column("year", "integer", "year that the amount is for", required=True),
                Column(
                    "meaning",
                    "text",
                    "what the amount is: a change in running costs that a proposal wants, or a level",
                    True,
                    ("change", *FIGURE_MEANINGS),
                ),
                Column(
                    "amount_nominal", "number", "amount as the document gives it", required=True, unit="million kroner"
                ),
                Column(
                    "amount_fixed",
                    "number",
                    "amount in the prices of the price year; empty where a price figure is missing",
                    unit="million kroner",
                ),
                Column(
                    "per_inhabitant",
                    "number",
                    "amount_fixed for each inhabitant on 1 January of the year; empty where a figure is missing",
                    unit="kroner",
                ),
                Column(
                    "price_status",
                    "text",
                    "price figures used that are not confirmed, as 2026 forecast; `missing` where there is none",
                ),
                Column(
                    "superseded_by",
                    "text",
                    "document that states the same area, year and meaning later; add up rows where this is empty",
                    refers_to="documents",
                ),
                LINE,
            ),
            (),
        ),
        Table(
            "comparison",
            "a harmonised service area in one of the compared documents",
            (
                AREA_ID,
                DOCUMENT,
                Column("role", "text", "what the document says: changes, or accounts", True, ("proposal", "report")),
                Column("year", "integer", "year of the amounts", required=True),
                Column("meaning", "text", "what the amount is", True, ("change", *MEANINGS)),
                Column(
                    "amount_mnok", "number", "amount in the prices of its year", required=True, unit="million kroner"
                ),
                Column(
                    "fixed_mnok", "number", "amount in the prices of price_year", required=True, unit="million kroner"
                ),
                Column(
                    "per_inhabitant_nok",
                    "number",
                    "fixed_mnok for each inhabitant on 1 January of the year",
                    required=True,
                    unit="kroner",
                ),
                Column(
                    "share_of_level_percent",
                    "number",
                    "of the actual level of the area, both in fixed prices; empty where that is a net income",
                    unit="per cent",
                ),
                Column("price_index", "text", "price index", required=True),
                Column("price_year", "integer", "price year", required=True),
                Column("price_status", "text", "price figures used that are not confirmed, as 2026 forecast"),
                LINES,
                Column("level_lines", "text", "lines of the actual level in the compared annual report"),
            ),
            ("area_id", "document", "meaning"),
        ),
        Table(
            "findings",
            "an inconsistency in a source",
            (
                DOCUMENT,
                Column("check", "text", "which check found it", required=True, allowed=CHECKS),
                Column(
                    "severity",
                    "text",
                    "`error`: the source is wrong in substance; `doubt`: it may be; `slip`: a slip of the pen "
                    "(spelling, numbers of captions, the last decimal); `note`: nothing is wrong",
                    True,
                    ("error", "doubt", "slip", "note"),
                ),
                Column("table", "text", "table it is about"),
                LINES,
                Column("description_nb", "text", "what is wrong, in Norwegian", required=True),
                Column("description_en", "text", "what is wrong, in English", required=True),
                Column("stated", "number", "what the source states"),
                Column("computed", "number", "what its parts give"),
                Column("difference", "number", "stated less computed"),
                Column(
                    "follows_from",
                    "text",
                    "check, lines and difference of the finding that this one follows from; empty for a root",
                ),
            ),
            ("document", "check", "table", "lines", "description_en"),
        ),
    )
}

# The words that column headers are understood by, in data/reference.
COLUMN_WORDS = Table(
    "columns",
    "words of column headers",
    (
        Column("words", "text", "words as they follow each other in a header; * stands for any ending", required=True),
        Column("language", "text", "the written languages that have them", True, ("nb", "nn", "nb nn")),
        Column(
            "meaning",
            "text",
            "what a column with them holds; `unit` for words of no meaning",
            True,
            (*COLUMN_MEANINGS, "unit"),
        ),
        Column("whole", "integer", "1 where they must be all that the header says beside year and unit", True, FLAG),
        Column("note", "text", "what is to be known of them"),
    ),
    ("words",),
)

# The words that tables are known by, in data/reference.
TABLE_WORDS = Table(
    "table_words",
    "words of captions and row labels",
    (
        Column("words", "text", "words as they follow each other; * stands for any letters", required=True),
        Column("language", "text", "the written languages that have them", True, ("nb", "nn", "nb nn")),
        Column("where", "text", "where they stand", True, ("caption", "row")),
        Column(
            "about",
            "text",
            "what a table with them is about",
            True,
            SUBJECTS,
        ),
        Column("note", "text", "what is to be known of them"),
    ),
    ("words", "where"),
)

# The words that areas are known by, in data/reference.
AREA_WORDS = Table(
    "area_words",
    "words of the names of areas",
    (
        Column("words", "text", "words as they follow each other; * stands for any letters", required=True),
        Column("language", "text", "the written languages that have them", True, ("nb", "nn", "nb nn")),
        Column("area_id", "text", "the harmonised area that they are likely to belong to", True),
        Column("source", "text", "where the name is from", required=True),
    ),
    ("words",),
)

# What Norwegian municipalities have at least and at most, in data/reference.
LIMITS = Table(
    "limits",
    "a limit of what is believed",
    (
        Column("what", "text", "one `area`, or all `areas` of a table", True, ("area", "areas")),
        Column("least_nok", "number", "the least that is believed", at_least=0, unit="kroner per inhabitant"),
        Column("most_nok", "number", "the most that is believed", at_least=0, unit="kroner per inhabitant"),
        Column("source", "text", "where the limit is from", required=True),
        Column("note", "text", "what it is about"),
    ),
    ("what",),
)

"""The data of one edition, as a notebook reads it: clean tables, parts, prices and wording in one language."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property, wraps
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kommunebudsjett.core import inputs
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import Params, check_prices, load_params, published
from kommunebudsjett.core.project import Project
from kommunebudsjett.report import blocks, worded, wording
from kommunebudsjett.report.blocks import Cell, Link
from kommunebudsjett.tables import comparison as comparisons
from kommunebudsjett.tables import prices as price_tables
from kommunebudsjett.tables import service_areas, storage
from kommunebudsjett.tables.contracts import TABLES, Column, Table
from kommunebudsjett.tables.glossary import load_glossary
from kommunebudsjett.tables.reference import check_contract, curated, read_reference

BREAKS = Table(
    "breaks",
    "a break in what a municipality is or how it is organised",
    (
        Column("municipality", "text", "the municipality", required=True),
        Column("year", "integer", "year of the break", required=True),
        Column("note_nb", "text", "what changed, in Norwegian", required=True),
        Column("note_en", "text", "what changed, in English", required=True),
        Column("source", "text", "where that is from", required=True),
    ),
    ("municipality", "year"),
)
GLOSSES = Table(
    "glosses",
    "a name that the documents have in Norwegian, with English for it",
    (
        Column("nb", "text", "the name as printed", required=True),
        Column("en", "text", "the name in English", required=True),
    ),
    ("nb",),
)


@curated("breaks.csv")
def load_breaks(reference: Path) -> pd.DataFrame:
    """The curated rows of breaks.csv. Raises UserError, with the line, where one breaks its contract."""
    return _checked(reference / "breaks.csv", BREAKS)


@curated("glosses.csv")
def load_glosses(reference: Path) -> pd.DataFrame:
    """The curated rows of glosses.csv. Raises UserError, with the line, where one breaks its contract."""
    return _checked(reference / "glosses.csv", GLOSSES)


def _checked(path: Path, table: Table) -> pd.DataFrame:
    rows = read_reference(path, table)
    check_contract(path, table, rows)
    return rows


def source(row: pd.Series) -> tuple[str, str]:
    """The document and lines of a row of a clean table."""
    return row["document"], str(row["lines"] if "lines" in row else row["line"])


def sources(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """The documents and lines of several rows."""
    return list(zip(rows["document"], map(str, rows["lines" if "lines" in rows else "line"]), strict=True))


def kept(computed: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
    """A function of an edition and texts, years or None, computed once for each of them."""

    @wraps(computed)
    def found(e: "Edition", *about: str | int | None, **named: str | int | None) -> pd.DataFrame:
        key = (computed, about, tuple(sorted(named.items())))
        if key not in e.computed:
            e.computed[key] = computed(e, *about, **named)
        # A copy costs nothing until it is changed, and then leaves the rest as it was.
        return e.computed[key].copy(deep=False)

    return found


@dataclass(frozen=True)
class Edition:
    """What a notebook reads. Amounts are shown in the prices of `params.prices`, words in `lang` (nb or en)."""

    project: Project
    params: "Params | ReadParams"
    lang: str
    computed: dict[tuple, pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)

    def text(self, nb: str, en: str) -> str:
        """The wording in the language of the report."""
        return nb if self.lang == "nb" else en

    def words(self, both: str, **values: object) -> str:
        """A caption or a note in the language of the report: `Beløp i {{ year }} | Amounts in {{ year }}`, with a value
        for each place.
        """
        return worded.words(self.lang, both, values)

    def heads(self, *both: str) -> list[blocks.Column]:
        """The columns of a table by their headers, `Område | Area`; with a # before it, a column of numbers."""
        return [blocks.Column(self.words(head.removeprefix("# ")), head.startswith("# ")) for head in both]

    def stated(self, value: Cell | str | None) -> Cell | str:
        """A value for a table, in words where a document does not state it."""
        return value or self.words("ikke oppgitt | not stated")

    def table(self, name: str, *columns: str, **where: str) -> pd.DataFrame:
        """A clean table, or some of its columns, or its rows that have the given text in some columns:
        table("table_cells", "table", "caption", document="...").

        The notebook is executed again when what it asks for changes, so ask for no more than is needed.
        """
        return self._rows(name, columns or tuple(TABLES[name].dtypes), tuple(sorted(where.items())))

    @cached_property
    def _rows(self) -> Callable[[str, tuple[str, ...], tuple[tuple[str, str], ...]], pd.DataFrame]:
        @cache
        def read(name: str, columns: tuple[str, ...], where: tuple[tuple[str, str], ...]) -> pd.DataFrame:
            path = self.project.clean / f"{name}.csv"
            with inputs.answering():  # of the file, only the part that is asked for below counts as read
                rows = storage.remembered_table(self.project.clean, name)
            answer = inputs.read_rows(self.project.root, path, list(columns), dict(where))
            dtypes = TABLES[name].dtypes
            if any(dtypes[column] != "str" for column, _ in where):
                # A number is compared by its text, which the file has.
                return storage.read_csv(path, {column: dtypes[column] for column in columns}, answer)
            chosen = np.ones(len(rows), dtype=bool)
            for column, text in where:
                chosen &= (rows[column] == text).to_numpy()
            found = rows if columns == tuple(rows.columns) else rows[list(columns)]
            return found.take(np.flatnonzero(chosen)).reset_index(drop=True) if where else found

        # A copy costs nothing until it is changed, and then leaves the rest as it was.
        return lambda *question: read(*question).copy(deep=False)

    @cached_property
    def documents(self) -> pd.DataFrame:
        """The registered documents, by id, without the digests of their files: those change with every character."""
        columns = tuple(column for column in TABLES["documents"].dtypes if column != "sha256")
        return self._rows("documents", columns, ()).set_index("document", drop=False)

    @cached_property
    def areas(self) -> pd.DataFrame:
        """The harmonised areas in their order, by area_id, with `name` in the language of the report."""
        areas = service_areas.load_areas(self.project.reference).set_index("area_id")
        return areas.assign(name=areas[f"name_{self.lang}"])

    @cached_property
    def breaks(self) -> pd.DataFrame:
        """Breaks in what the municipality is or how it is organised: municipality, year, note_nb, note_en, source."""
        return load_breaks(self.project.reference)

    @cached_property
    def glosses(self) -> dict[str, str]:
        """English for names that the documents have in Norwegian."""
        rows = load_glosses(self.project.reference)
        return dict(zip(rows["nb"], rows["en"], strict=True))

    def gloss(self, printed: str) -> str:
        """A Norwegian name in the language of the report; as printed where there is no gloss."""
        return self.glosses.get(printed, printed) if self.lang == "en" else printed

    def named(self, printed: str, *sources: tuple[str, str]) -> Cell:
        """A Norwegian name as it is shown: glossed, or as printed and marked as Norwegian where there is no gloss."""
        foreign = self.lang == "en" and printed not in self.glosses
        return Cell(self.gloss(printed), sources, lang="nb" if foreign else "")

    def report(self, name: str, words: str) -> Link:
        """Words that lead to another report of the site, by its published name; words alone, and an empty `page`, where
        it is not one.
        """
        return Link(words, page=f"{name}.html" if name in self._reports else "")

    @cached_property
    def _reports(self) -> list[str]:
        return [report.name for report in published(self.project, self.params, list(self.areas.index))]

    @cached_property
    def terms(self) -> pd.DataFrame:
        """The glossary: anchor, term_nb, term_en, explanation_nb, explanation_en and source of each term."""
        return load_glossary(self.project.reference)

    def term(self, anchor: str, words: str) -> Cell:
        """Words that lead to the explanation of a term in the glossary, by the anchor of the term.

        Raises UserError where the glossary has no such term.
        """
        if anchor not in set(self.terms["anchor"]):
            raise UserError(
                f"the glossary has no term with the anchor {anchor}",
                file=self.project.reference / "glossary.csv",
                remedy="add the term, or correct the anchor in the notebook",
            )
        return Link(words, page=f"glossary.html#{anchor}")

    def glossary(self, words: str) -> Cell:
        """Words that lead to the glossary, which is published with every edition."""
        return Link(words, page="glossary.html")

    def name(self, document: pd.Series) -> str:
        """A document by its publisher and year, and by what tells it from others that have both."""
        return self._names[document["document"]]

    @cached_property
    def _names(self) -> dict[str, str]:
        def words(document: pd.Series) -> str:
            publisher = self.gloss(document["publisher"])
            return f"{publisher[0].upper()}{publisher[1:]} {document['budget_year']}"

        return self._apart(words)

    def called(self, document: pd.Series, start: bool = False) -> str:
        """A document as a sentence speaks of it; `start` where it begins one."""
        words = self._called[document["document"]]
        return words[0].upper() + words[1:] if start else words

    @cached_property
    def _called(self) -> dict[str, str]:
        def words(document: pd.Series) -> str:
            publisher, year = self.gloss(document["publisher"]), document["budget_year"]
            if document["baseline"]:
                return self.text(f"budsjettet til {publisher} for {year}", f"the {year} budget of {publisher}")
            if (reports["budget_year"] == year).sum() > 1:
                return self.text(
                    f"årsberetningen for {year} fra {publisher}", f"the annual report for {year} of {publisher}"
                )
            return self.text(f"årsberetningen for {year}", f"the annual report for {year}")

        reports = self.documents[self.documents["baseline"] == ""]
        return self._apart(words)

    def _apart(self, words: Callable[[pd.Series], str]) -> dict[str, str]:
        """By id, `words` for each document, with its municipality, its title or its id where others have the same."""
        rows = self.documents.assign(words=[words(row) for _, row in self.documents.iterrows()])
        named = rows["words"]
        for column in ("municipality", "title", "document"):
            same = named.str.casefold().duplicated(keep=False)
            told = ~rows.duplicated(["words", column], keep=False)
            named = named.mask(same & told, rows["words"] + " (" + rows[column] + ")")
        return dict(named)

    def dated(self, part: str, words: str = "") -> str:
        """The proposal of a part by the year it is for, or by other `words`, for headings and captions.

        Where the other proposal is for the same year, who made this one stands behind them: `2026 (SV)`.
        """
        document, proposals = self.part(part), [self.part(name) for name in ("before", "alternative")]
        others = [other for other in proposals if other["document"] != document["document"]]
        words = words or str(document["budget_year"])
        if all(other["budget_year"] != document["budget_year"] for other in others):
            return words
        publisher = self.gloss(document["publisher"])
        if any(other["publisher"] == document["publisher"] for other in others):
            publisher = document["title"]
        return f"{words} ({publisher})"

    def price_factor(self, year: int) -> float:
        """What an amount in the prices of `year` is multiplied with to be in those of this edition."""
        return self._factor(year)

    @cached_property
    def _factor(self) -> Callable[[int], float]:
        prices = self.params.prices
        return cache(lambda year: price_tables.factor(self.prices, prices.index, year, prices.year))

    @cached_property
    def prices(self) -> pd.DataFrame:
        return price_tables.load_prices(self.project.reference)

    @cached_property
    def population(self) -> pd.DataFrame:
        return price_tables.load_population(self.project.reference)

    @cached_property
    def comparison(self) -> pd.DataFrame:
        """The areas of the compared documents in the prices of this edition (the table `comparison`)."""
        parts = self.params.documents
        # What is summed and by what, not the words of measures.
        columns = ("document", "area_id", "kind", "printing", "year", "amount_mnok", "role", "line")
        tables = {
            "documents": self.documents.reset_index(drop=True),
            "measures": pd.concat(
                [
                    self.table("measures", *columns, document=id)
                    for id in dict.fromkeys((parts.before, parts.alternative))
                ]
            ),
            "accounts": self.table("accounts", document=parts.outcome),
        }
        return comparisons.comparison(tables, self.params, self.prices, self.population)

    def part(self, part: str) -> pd.Series:
        """The document that plays a part: `before`, `alternative` or `outcome`."""
        return self._by_id[getattr(self.params.documents, part)].copy()

    @cached_property
    def _by_id(self) -> dict[str, pd.Series]:
        return {document: self.documents.loc[document] for document in self.documents.index}

    def period(self, part: str) -> str:
        """The year or the years of the document that plays a part."""
        years = self.plan_years(part)
        return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"

    def plan_years(self, part: str) -> list[int]:
        """The years of the plan of the document that plays a part."""
        document = self.part(part)
        return list(range(int(document["period_from"]), int(document["period_to"]) + 1))

    def amounts(self, part: str, meaning: str) -> pd.DataFrame:
        """The rows of the comparison for one part and meaning, by area_id."""
        rows = self.comparison
        return rows[(rows["part"] == part) & (rows["meaning"] == meaning)].set_index("area_id")

    def cell(self, part: str, row: str, column: str) -> pd.Series:
        """The cell of a printed table of the document that plays a part, by its row label and column header.

        Raises UserError where no cell, or more than one, has them.
        """
        document = self.part(part)["document"]
        found = self.table("table_cells", document=document, row=row, column=column)
        if len(found) != 1:
            raise UserError(
                f"{document} has {len(found)} table cells in row {row!r}, column {column!r}; one was asked for",
                file=self.project.clean / "table_cells.csv",
                remedy="correct the row and the column in the notebook",
            )
        return found.iloc[0]

    def indicators(self, pattern: re.Pattern) -> pd.DataFrame:
        """The key figures of the outcome whose indicator matches, in the order of the document."""
        document = self.part("outcome")["document"]
        names = self.table("key_figures", "indicator", document=document)["indicator"]
        found = names[names.str.contains(pattern)].unique()
        rows = [self.table("key_figures", document=document, indicator=name) for name in ("", *found)]
        return pd.concat(rows).sort_values("line", kind="stable")

    def price_notes(self, year: int) -> list[tuple[int, str]]:
        """The years whose price figure is not confirmed, with the status, for amounts of `year`."""
        used = price_tables.status(self.prices, self.params.prices.index, year, self.params.prices.year)
        return [(figure_year, status) for figure_year, status in used.items() if status != "confirmed"]

    def area_notes(self, document: str, names: list[str]) -> list[str]:
        """What a reader must know of the areas that a document names."""
        crosswalk = service_areas.load_crosswalk(self.project.reference)
        return service_areas.notes(crosswalk, document, names, self.lang)

    # Values as they are shown, with their sources; `how` says how a derived value was computed from them.

    def mnok(
        self, value: float, *sources: tuple[str, str], decimals: int = 0, signed: bool = False, how: str = ""
    ) -> Cell:
        """An amount in million kroner."""
        return Cell(wording.mnok(value, self.lang, decimals, signed), sources, how, value=value)

    def nok(self, value: float, *sources: tuple[str, str], signed: bool = False, how: str = "") -> Cell:
        """An amount in kroner."""
        return Cell(wording.nok(value, self.lang, signed), sources, how, value=value)

    def count(self, value: int, start: bool = False) -> str:
        """A count as a word, with a capital where it begins a sentence."""
        return wording.count(value, self.lang, start)

    def number(
        self, value: float, *sources: tuple[str, str], decimals: int = 0, signed: bool = False, how: str = ""
    ) -> Cell:
        """A number without its unit, for a column that has it in the header."""
        return Cell(wording.number(value, self.lang, decimals, signed), sources, how, value=value)

    def percent(self, value: float, *sources: tuple[str, str], decimals: int = 1, how: str = "") -> Cell:
        """A percentage."""
        return Cell(wording.percent(value, self.lang, decimals), sources, how, value=value)

    def quoted(self, text: str) -> str:
        """Words of a document in quotation marks."""
        return f"«{text}»" if self.lang == "nb" else f"“{text}”"

    def verbatim(self, text: str, *sources: tuple[str, str]) -> Cell:
        """Words of a document in quotation marks, marked as Norwegian in an English report."""
        return Cell(self.quoted(text), sources, lang="nb" if self.lang == "en" else "")

    def inhabitants(self, part: str) -> int:
        """Inhabitants on 1 January of the budget year of the document that plays a part."""
        document = self.part(part)
        return price_tables.inhabitants(self.population, document["municipality"], int(document["budget_year"]))

    def listed(self, items: list[str]) -> str:
        """Several words as a list in a sentence."""
        return wording.listed(items, self.lang)


class ReadParams:
    """The parameters as a notebook reads them: a section counts as read when it is asked for."""

    def __init__(self, project: Project, params: Params):
        self._project = project
        self._params = params

    def __getattr__(self, section: str) -> Any:
        if section.startswith("_"):
            raise AttributeError(section)
        value = getattr(self._params, section)
        inputs.note(self._project.root, ("section", self._project.params.name, section))
        return value


def open_edition(lang: str, price_year: int) -> Edition:
    """The edition of the project that the notebook runs in.

    Raises UserError for wrong parameters in params.yaml, or a price year without a figure.
    """
    project = Project.find()
    with inputs.answering():
        params = load_params(project)
    params = ReadParams(
        project, params.model_copy(update={"prices": params.prices.model_copy(update={"year": price_year})})
    )
    check_prices(project, params, price_tables.years_by_index(price_tables.load_prices(project.reference)))
    return Edition(project, params, lang)

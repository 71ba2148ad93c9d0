"""The data of one edition, as a notebook reads it: clean tables, documents, prices and wording in one language."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, wraps
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kommunebudsjett.core import inputs
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import Params, check_prices, load_params, published
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import Role
from kommunebudsjett.report import blocks, theme, worded, wording
from kommunebudsjett.report.blocks import Cell, Link
from kommunebudsjett.tables import collection, service_areas, storage
from kommunebudsjett.tables import comparison as comparisons
from kommunebudsjett.tables import prices as price_tables
from kommunebudsjett.tables.contracts import TABLES, Column, Table
from kommunebudsjett.tables.glossary import load_glossary
from kommunebudsjett.tables.glosses import english
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


@curated("breaks.csv")
def load_breaks(reference: Path) -> pd.DataFrame:
    """The curated rows of breaks.csv. Raises UserError, with the line, where one breaks its contract."""
    path = reference / "breaks.csv"
    rows = read_reference(path, BREAKS)
    check_contract(path, BREAKS, rows)
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


# What is known of a document by its row. The digest of its file changes with every character, and whether it is shown
# with the parameters, which say it themselves.
_KNOWN = tuple(column for column in TABLES["documents"].dtypes if column not in ("sha256", "shown", "left_out"))


# So many proposals have names of their own in a heading.
_FEW = 3


class Compared(NamedTuple):
    """The ids of the compared documents: what was promised, what is proposed now, and the annual report."""

    promised: str
    proposed: str
    report: str


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

    def heads(self, *both: str, **values: object) -> list[blocks.Column]:
        """The columns of a table by their headers, `Område | Area`, with a value for each place; with a # before it, a
        column of numbers.
        """
        return [blocks.Column(self.words(head.removeprefix("# "), **values), head.startswith("# ")) for head in both]

    def show_table(
        self,
        name: str,
        *,
        caption: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[Cell | str]],
        note: str = "",
        emphasised: Sequence[int] = (),
        **values: object,
    ) -> None:
        """Show a table with its words in both languages: caption and note as in `words`, columns as in `heads`."""
        said = {"caption": self.words(caption, **values), "note": self.words(note, **values)}
        blocks.table(name, columns=self.heads(*heads), rows=rows, emphasised=emphasised, **said)

    def show_figure(self, name: str, draw: Any, **about: Any) -> None:
        """Show what `figure_block` returns."""
        blocks.show(self.figure_block(name, draw, **about).content)

    def figure_block(
        self,
        name: str,
        draw: Any,
        *,
        caption: str,
        alt: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[Cell | str]],
        note: str = "",
        **values: object,
    ) -> blocks.Block:
        """A figure with its words in both languages: caption, alt and note as in `words`, columns as in `heads`."""
        # Whoever reads tables alone needs no Matplotlib.
        from kommunebudsjett.report import pictures

        words = {"caption": caption, "alt": alt, "note": note}
        said = {part: self.words(both, **values) for part, both in words.items()}
        return pictures.figure_block(name, draw, columns=self.heads(*heads), rows=rows, **said)

    def stated(self, value: Cell | str | None, how: str = "") -> Cell | str:
        """A value for a table, in words where a document does not state it; `how` says how one was computed."""
        if how and isinstance(value, Cell):
            return replace(value, how=how)
        return value or self.words("ikke oppgitt | not stated")

    def table(self, name: str, *columns: str, **where: str) -> pd.DataFrame:
        """A clean table, or some of its columns, or its rows that have the given text in some columns:
        table("table_cells", "table", "caption", document="...").

        The notebook is executed again when what it asks for changes, so ask for no more than is needed.
        """
        return self._rows(name, columns or tuple(TABLES[name].dtypes), tuple(sorted(where.items())))

    def rows(self, documents: Iterable[str], name: str, *columns: str, **where: str) -> pd.DataFrame:
        """The rows of some documents in a clean table, one document after the other; the rest as in `table`."""
        found = [self.table(name, *columns, document=document, **where) for document in documents]
        # A document that there is not has no rows, but their columns.
        return pd.concat(found or [self.table(name, *columns, document="")], ignore_index=True)

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

    def document(self, document: str) -> pd.Series:
        """What is known of a registered document, by its id: its row of the table `documents`, without the digest of
        its file, which changes with every character.

        Raises UserError where no document has the id.
        """
        return self._document(document).copy()

    @cached_property
    def _document(self) -> Callable[[str], pd.Series]:
        @cache
        def known(document: str) -> pd.Series:
            rows = self._rows("documents", _KNOWN, (("document", document),))
            if rows.empty:
                raise UserError(
                    f"no document has the id {document}",
                    file=self.project.registry,
                    remedy="register the document, or correct the id in the notebook",
                )
            return rows.iloc[0].rename(document)

        return known

    @cached_property
    def compared(self) -> Compared:
        """The documents that params.yaml compares, by their ids."""
        parts = self.params.documents
        return Compared(parts.before, parts.alternative, parts.outcome)

    def proposals(self, year: int | None = None) -> list[str]:
        """The ids of the proposals that pages show, of one year or all, oldest first: those of the comparison, and
        those of the collection.
        """
        return self._of_role("proposal", year)

    def budgets(self, year: int | None = None) -> list[str]:
        """The ids of the municipality's own budgets, of one year or all, oldest first."""
        return self._of_role("budget", year)

    def outcomes(self, year: int | None = None) -> list[str]:
        """The ids of the annual reports that pages show, of one year or all, oldest first: that of the comparison, and
        those of the collection.
        """
        return self._of_role("report", year)

    @property
    def used(self) -> list[str]:
        """The ids of the proposals and annual reports that pages show, oldest first."""
        return sorted([*self.proposals(), *self.outcomes()], key=self._budget_year)

    def _of_role(self, role: Role, year: int | None) -> list[str]:
        return [document for document in self._members(role) if year in (None, self._budget_year(document))]

    @cached_property
    def _members(self) -> Callable[[Role], list[str]]:
        def ids(municipality: str, role: Role) -> list[str]:
            return list(self.table("documents", "document", municipality=municipality, role=role)["document"])

        known = collection.Documents(self._document, ids)

        def comparable(facts: pd.Series) -> bool:
            return collection.has_figures(self.params, facts, self.prices, self.population)

        return cache(lambda role: collection.members(self.params, known, role, comparable))

    def _budget_year(self, document: str) -> int:
        return int(self._document(document)["budget_year"])

    def is_over(self, document: str) -> bool:
        """Whether the year that a document is for has ended at the date of this edition."""
        return self._budget_year(document) < self.params.year

    def would(self, document: str) -> str:
        """What a proposal would do, as a verb: `would give`; `would have given` where its year is over."""
        over, still = ("ville ha gitt", "would have given"), ("ville gi", "would give")
        return self.text(*(over if self.is_over(document) else still))

    def the_report(self, report: str) -> str:
        """An annual report as a sentence speaks of it: with its year where others are shown."""
        if len(self.outcomes()) == 1:
            return self.text("årsberetningen", "the annual report")
        return self.called(self._document(report))

    def colour(self, document: str) -> str:
        """The colour that charts draw a document in, which depends on no other document that is shown."""
        facts = self._document(document)
        return theme.colour(facts["role"], int(facts["place"]))

    def colour_name(self, document: str) -> str:
        """The name of that colour, as it stands before what has it."""
        return self.text(*theme.NAMES[self.colour(document)])

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
        return english(self.project.reference)

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
        return document[f"name_{self.lang}"]

    def called(self, document: pd.Series, start: bool = False) -> str:
        """A document as a sentence speaks of it; `start` where it begins one."""
        words = document[f"called_{self.lang}"]
        return words[0].upper() + words[1:] if start else words

    def dated(self, proposal: str, words: str = "") -> str:
        """A proposal by the year it is for, or by other `words`, for headings and captions.

        Where any two that are shown are for one year, who made each stands behind: `2026 (SV)`; and its id, where they
        are of the same party.
        """
        facts = self._document(proposal)
        words = words or str(facts["budget_year"])
        shown = [self._document(one) for one in self.proposals()]
        if len({one["budget_year"] for one in shown}) == len(shown):
            return words
        namesakes = [one for one in self._namesakes(proposal) if one["budget_year"] == facts["budget_year"]]
        who = self.gloss(facts["publisher"]) + (f", {proposal}" if namesakes else "")
        return f"{words} ({who})"

    def all_dated(self) -> str:
        """The proposals that are shown by the years they are for, in a heading: each of a few, the span of many."""
        proposals = self.proposals()
        if len(proposals) <= _FEW:
            return self.listed([self.dated(proposal) for proposal in proposals])
        return f"{self._budget_year(proposals[0])}–{self._budget_year(proposals[-1])}"

    def by(self, proposal: str, dated: bool = False) -> str:
        """Who made a proposal, as a sentence names them: its publisher.

        Where others that are shown have the same, its year stands behind, or its id where they share the year. `dated`:
        the sentence says the year, so that only those whose plans share a year with its own have to be told apart.
        """
        facts = self._document(proposal)
        publisher, namesakes = self.gloss(facts["publisher"]), self._namesakes(proposal)
        if dated:
            years = set(self.plan_years(proposal))
            namesakes = [one for one in namesakes if not years.isdisjoint(self.plan_years(one["document"]))]
        if not namesakes:
            return publisher
        of_its_year = any(one["budget_year"] == facts["budget_year"] for one in namesakes)
        return f"{publisher} ({proposal if of_its_year else facts['budget_year']})"

    def _namesakes(self, proposal: str) -> list[pd.Series]:
        """The other proposals that are shown of the same publisher, by the name that a reader sees."""

        def name(document: str) -> str:
            return self.gloss(self._document(document)["publisher"]).casefold()

        return [self._document(one) for one in self.proposals() if one != proposal and name(one) == name(proposal)]

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
        return pd.concat([self._by_area(document) for document in self.compared], ignore_index=True)

    @cached_property
    def _by_area(self) -> Callable[[str], pd.DataFrame]:
        # What is summed and by what, not the words of measures.
        columns = ("document", "area_id", "kind", "printing", "year", "amount_mnok", "role", "line")

        @cache
        def rows(document: str) -> pd.DataFrame:
            report = self.compared.report
            both = list(dict.fromkeys((document, report)))
            tables = {
                "documents": pd.DataFrame([self._document(one) for one in both]),
                "measures": self.table("measures", *columns, document=document),
                "accounts": pd.concat([self.table("accounts", document=one) for one in both]),
            }
            found = comparisons.comparison(tables, both, report, self.params, self.prices, self.population)
            return found[found["document"] == document]

        return rows

    def period(self, document: str) -> str:
        """The year or the years of a document."""
        years = self.plan_years(document)
        return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"

    def plan_years(self, document: str) -> list[int]:
        """The years of the plan of a document."""
        facts = self._document(document)
        return list(range(int(facts["period_from"]), int(facts["period_to"]) + 1))

    def amounts(self, document: str, meaning: str) -> pd.DataFrame:
        """The rows of the table `comparison` for a document and a meaning, by area_id."""
        rows = self._by_area(document)
        return rows[rows["meaning"] == meaning].set_index("area_id")

    def cell(self, document: str, row: str, column: str) -> pd.Series:
        """The cell of a printed table of a document, by its row label and column header.

        Raises UserError where no cell, or more than one, has them.
        """
        found = self.table("table_cells", document=document, row=row, column=column)
        if len(found) != 1:
            raise UserError(
                f"{document} has {len(found)} table cells in row {row!r}, column {column!r}; one was asked for",
                file=self.project.clean / "table_cells.csv",
                remedy="correct the row and the column in the notebook",
            )
        return found.iloc[0]

    def indicators(self, report: str, pattern: re.Pattern) -> pd.DataFrame:
        """The key figures of an annual report whose indicator matches, in the order of the document."""
        names = self.table("key_figures", "indicator", document=report)["indicator"]
        found = names[names.str.contains(pattern)].unique()
        rows = [self.table("key_figures", document=report, indicator=name) for name in ("", *found)]
        return pd.concat(rows).sort_values("line", kind="stable")

    def price_notes(self, year: int) -> list[tuple[int, str]]:
        """The years whose price figure is not confirmed, with the status, for amounts of `year`."""
        used = price_tables.status(self.prices, self.params.prices.index, year, self.params.prices.year)
        return [(figure_year, status) for figure_year, status in used.items() if status != "confirmed"]

    def area_notes(self, document: str, names: list[str]) -> list[str]:
        """What a reader must know of the areas that a document names."""
        return service_areas.notes(self.crosswalk(document), names, self.lang)

    def crosswalk(self, document: str) -> pd.DataFrame:
        """The area names that a document may print, each once, with the area that it means by each."""
        municipality = self._document(document)["municipality"]
        rows = [self.table("area_names", municipality=place) for place in ("", municipality)]
        return service_areas.of_document(pd.concat(rows, ignore_index=True), document, municipality)

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

    def inhabitants(self, document: str) -> int:
        """Inhabitants on 1 January of the budget year of a document."""
        facts = self._document(document)
        return price_tables.inhabitants(self.population, facts["municipality"], int(facts["budget_year"]))

    def listed(self, items: list[str]) -> str:
        """Several words as a list in a sentence."""
        return wording.listed(items, self.lang)


class ReadParams:
    """The parameters as a notebook reads them: a section counts as read when it is asked for, and of the date of the
    edition its year alone.
    """

    def __init__(self, project: Project, params: Params):
        self._project = project
        self._params = params

    @property
    def year(self) -> int:
        inputs.note(self._project.root, ("year", self._project.params.name, "publish", "date"))
        return self._params.year

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

"""Which family a document is of: every reader tries it, and one must be clearly the best."""

from collections import Counter
from typing import NamedTuple

from kommunebudsjett.adding.authors import is_of_party
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.records import Records
from kommunebudsjett.readers.stage import FAMILIES, reader
from kommunebudsjett.tables.meanings import YEAR, ColumnWords

# What a plan is set beside, and what the columns of its years may be called.
_BEFORE = ("actual", "budget", "revised_budget", "original_budget")
_LATER = ("", "budget", "original_budget", "plan")
PARTY = "party_budget"
# A reader that takes fewer numbers has found nothing that is worth a report.
_LEAST_READ = 10
# It must account for so much of what it looked at, and be so many times better than the next.
_LEAST_SHARE = 0.4
_CLEARLY = 4
# A municipality's document has so many times as many values in its tables as lines that could be a party's measures.
_FEW_MEASURES = 8


class Trial(NamedTuple):
    """What one reader makes of a document; `holds` is how many rows it found of what its family is known by."""

    family: str
    records: Records
    holds: int

    @property
    def share(self) -> float:
        """The share of the numbers in tables and measures that the reader took."""
        looked_at = self.records.numbers_read + len(self.records.unread)
        return self.records.numbers_read / looked_at if looked_at else 0.0

    @property
    def score(self) -> float:
        """Numbers read, the less the more were left."""
        return self.records.numbers_read * self.share if self.holds else 0.0

    def __str__(self) -> str:
        read, unread = self.records.numbers_read, len(self.records.unread)
        return f"{self.family}: {read} numbers read, {unread} unread, {self.holds} rows of its kind"


def trials(lines: list[str], year: int, words: ColumnWords) -> list[Trial]:
    """What each reader makes of the lines of a document, the best first. `year` is what the document seems to be for,
    `words` are those of column headers.
    """
    found = []
    for family in FAMILIES:
        records = reader(family)(_unknown(family, year), lines)
        found.append(Trial(family, records, _holds(family, records, words, lines)))
    return sorted(found, key=lambda trial: trial.score, reverse=True)


def _unknown(family: str, year: int) -> Document:
    """A document of which nothing is known but its family and, about, its year."""
    return Document(
        id="new", file="new", title="new", publisher="new", family=family, municipality="new",
        budget_year=year, period_from=year - 2, period_to=year + 3,
    )  # fmt: skip


def _holds(family: str, records: Records, words: ColumnWords, lines: list[str]) -> int:
    """How many rows there are of what a family is known by; of a family that is not known here, of any kind."""
    plans, accounts = _plans_and_accounts(records, words)
    if family == "annual_report":
        # A party's tables of plans are cells too; what makes a report is accounts.
        return len(records.cells) if accounts > plans else 0
    if family == "municipal_budget":
        return plans if plans > accounts else 0
    if family == PARTY:
        # Tables of a plan are a municipality's as well, if neither a party nor a list of instructions is there.
        is_partys = is_of_party(lines) or any(not one.within_measure for one in records.directives)
        measures = len(records.measures) if is_partys else sum(one.basis != "table" for one in records.measures)
        return measures if len(records.cells) <= _FEW_MEASURES * measures else 0
    return len(records.cells) + len(records.measures)


def _plans_and_accounts(records: Records, words: ColumnWords) -> tuple[int, int]:
    """How many cells stand in tables of a plan, and in tables of accounts.

    A plan has later years beside a budget or accounts of an earlier one: without those it could be a party's changes.
    """
    columns: dict[str, set[str]] = {}
    for cell in records.cells:
        columns.setdefault(cell.table, set()).add(cell.column)
    kinds = {table: _kind(of, words) for table, of in columns.items()}
    found = Counter(kinds[cell.table] for cell in records.cells)
    return found["plan"], found["accounts"]


def _kind(columns: set[str], words: ColumnWords) -> str:
    """Whether the columns of a table are those of a `plan` or of `accounts`; "" for neither."""
    meanings = {column: words.meaning_of(column) for column in columns}
    years = {column: int(found[1]) for column in columns if (found := YEAR.search(column))}
    before = [years[column] for column in years if meanings[column] in _BEFORE]
    later = [years[column] for column in years if meanings[column] in _LATER]
    if before and len(later) > 1 and max(later) > min(before) + 1 and len({y for y in later if y > min(before)}) > 1:
        return "plan"
    return "accounts" if "actual" in meanings.values() else ""


def _is_short_text_of_party(found: list[Trial], lines: list[str]) -> bool:
    """Whether a text with few numbers, or none, is a party's: its reader finds measures or instructions and no other
    reader what its family holds, and a party speaks in it.
    """
    of_party = next(trial for trial in found if trial.family == PARTY)
    stated = [one for one in of_party.records.directives if not one.within_measure]
    if any(trial.holds for trial in found if trial is not of_party) or not (of_party.records.measures or stated):
        return False
    return is_of_party(lines)


def family_of(found: list[Trial], lines: list[str], file: str) -> str:
    """The family whose reader is clearly the best of `trials`.

    Raises UserError, with what each reader found, where none is: a document is never read by a guess.
    """
    if _is_short_text_of_party(found, lines):
        return PARTY
    best, *others = found
    clear = all(best.score >= _CLEARLY * other.score for other in others)
    if best.score and best.records.numbers_read >= _LEAST_READ and best.share >= _LEAST_SHARE and clear:
        return best.family
    each = "".join(f"\n  {trial}" for trial in found)
    if best.records.numbers_read < _LEAST_READ or not best.score:
        raise UserError(
            f"no reader finds what its family holds{each}",
            file=file,
            remedy="see that the file is a budget or an annual report with its text whole; name the family where you "
            "know it (--family party_budget for a party's list, speech or article); for one that is printed in a way "
            "of its own, write a reader (docs/howto.md)",
        )
    raise UserError(
        f"the readers do not tell clearly which family the document is of{each}",
        file=file,
        remedy=f"say which with --family: {', '.join(sorted(FAMILIES))}",
    )

"""What a document says of itself: text and records in; title, publisher, municipality, years and baseline out.

Each is found by a rule or not at all. What is not found is asked for.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from kommunebudsjett.core.registry import MUNICIPAL
from kommunebudsjett.readers.records import Records
from kommunebudsjett.tables.meanings import YEAR, ColumnWords

# A document names itself on its first lines: so many of them that are not blank.
_FIRST_LINES = 40
_LONGEST_TITLE_LINE = 100
_MOST_TITLE_LINES = 3
# Found this often, and so many times as often as the next, a name is taken.
_OFTEN = 3
_CLEARLY = 3

_REPORT = re.compile(
    r"\b(årsberetning|årsrapport|årsmelding)(?:en)?\b(?:[^\w\n]*\bfor\b)?[^\w]*((?:19|20)\d\d)\b", re.I
)
_PLAN = re.compile(r"økonomiplan(?:en)?\s+(?:for\s+)?((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)\b", re.I)
_BUDGET = re.compile(r"budsjett(?:et|forslag)?\s+(?:for\s+)?((?:19|20)\d\d)\b", re.I)
_WHOSE_BUDGET = re.compile(
    r"^(?P<who>\S.{0,80}?)s['’]?\s+(?:\w+\s+)?(?:forslag\s+til\s+(?:\w+\s+)?budsjett|\w*budsjett)", re.I
)
_MUNICIPALITY = re.compile(
    r"\b([A-ZÆØÅ][\w-]*\w(?:(?:[ ](?:og|i|OG|I))?[ ][A-ZÆØÅ][\w-]*\w)?)[ ]?[ \n](?:kommune(?:s|n|ns)?|KOMMUNE)\b"
)
# Words that stand before "kommune" at the beginning of a sentence and name none.
_NO_NAME = {"Som", "Vår", "En", "Den", "Denne", "Hver", "For", "Ingen", "Enhver", "Norsk", "Egen", "Alle", "I", "Til",
            "Med", "Hvilken", "Samme", "Annen", "Ny", "Andre"}  # fmt: skip
# Who lays the proposal before the council that a party's amounts are changes to.
PROPOSERS = {
    "kommunedirektørens forslag": r"kommunedirektør(?:en|ens)",
    "rådmannens forslag": r"rådmann(?:en|ens)",
    "byrådets forslag": r"byråd(?:et|ets)",
    "formannskapets innstilling": r"formannskapets\s+(?:innstilling|forslag)",
}


class Fact(NamedTuple):
    """Something that a document says of itself, and where it was found, in words."""

    value: str
    found: str


class Years(NamedTuple):
    """The budget year and the years of the plan, and where they were found."""

    budget_year: int
    period_from: int
    period_to: int
    found: str


def first_lines(lines: list[str]) -> list[tuple[int, str]]:
    """The first lines that are not blank, as (line, text without heading marks)."""
    filled = [(number, plain(text)) for number, text in enumerate(lines, start=1)]
    return [(number, text) for number, text in filled if text][:_FIRST_LINES]


def plain(text: str) -> str:
    """A line as words: no marks of headings or bold, no control characters, single spaces."""
    text = re.sub(r"</?b>", "", text.strip().lstrip("#"))
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def likely_year(lines: list[str]) -> int | None:
    """The year that a document seems to be for before it has been read: as it says, else the one it names most."""
    top = "\n".join(text for _, text in first_lines(lines))
    for pattern in (_REPORT, _PLAN, _BUDGET):
        found = pattern.search(top)
        if found:
            return int(found[2] if pattern is _REPORT else found[1])
    named = Counter(YEAR.findall("\n".join(lines)))
    return int(named.most_common(1)[0][0]) if named else None


def years(lines: list[str], family: str, records: Records, words: ColumnWords) -> Years | None:
    """The years of a document: of an annual report its own, of a budget those of its plan; None where neither the
    first lines nor the tables say them, or they disagree.
    """
    first = first_lines(lines)
    if family == "annual_report":
        return _report_year(first, records, words)
    tabulated = sorted({measure.year for measure in records.measures if measure.year and measure.basis == "table"})
    if family == "municipal_budget":
        tabulated = plan_years({cell.column for cell in records.cells}, words)
    said = _said_years(first)
    if tabulated:
        if said and said.budget_year != tabulated[0]:
            return None
        return Years(tabulated[0], tabulated[0], tabulated[-1], "the headers of its tables")
    return said if said and said.period_to > said.period_from else None


def plan_years(columns: set[str], words: ColumnWords) -> list[int]:
    """The years of a plan by its columns: those after the last year that accounts or a revised budget are for.

    Beside `Vedtatt budsjett 2030`, columns named `2031`, `2032` are the plan, and 2030 is what it is compared with.
    """
    years: dict[str, set[int]] = {}
    for column in columns:
        found = YEAR.search(column)
        if found:
            years.setdefault(words.meaning_of(column), set()).add(int(found[1]))
    planned = years.get("", set()) | years.get("plan", set())
    named = years.get("budget", set()) | years.get("original_budget", set())
    past = max(years.get("actual", set()) | years.get("revised_budget", set()), default=0)
    left = sorted(year for year in planned or named if year > past)
    return left if len(left) > 1 else []


def _report_year(first: list[tuple[int, str]], records: Records, words: ColumnWords) -> Years | None:
    found = _in_first_lines(_REPORT, first)
    if found:
        line, match = found
        year = int(match[2])
        return Years(year, year, year, f"line {line}")
    columns = {cell.column for cell in records.cells if words.meaning_of(cell.column) == "actual"}
    accounted = [int(year) for column in columns for year in YEAR.findall(column)]
    if accounted:
        return Years(max(accounted), max(accounted), max(accounted), "the headers of its accounts")
    return None


def _said_years(first: list[tuple[int, str]]) -> Years | None:
    plan, budget = _in_first_lines(_PLAN, first), _in_first_lines(_BUDGET, first)
    if not plan and not budget:
        return None
    line, match = budget or plan
    year = int(match[1])
    period = (int(plan[1][1]), int(plan[1][2])) if plan else (year, year)
    if not period[0] <= year <= period[1]:
        return None
    return Years(year, *period, f"line {line}")


def _in_first_lines(pattern: re.Pattern, first: list[tuple[int, str]]) -> tuple[int, re.Match] | None:
    """The first place where a pattern stands on a line, or runs over to the next."""
    for place, (line, text) in enumerate(first):
        following = first[place + 1][1] if place + 1 < len(first) else ""
        match = pattern.search(f"{text} {following}")
        if match and match.start() < len(text):
            return line, match
    return None


def municipality(lines: list[str]) -> Fact | None:
    """The municipality that the document names as such (`Bodø kommune`), if one clearly most."""
    names = [" ".join(found.split()) for found in _MUNICIPALITY.findall("\n".join(lines))]
    names = [name for name in names if name not in _NO_NAME]
    # In capitals on the cover, spelt out in the text.
    spelt = {name.casefold(): name for name in sorted(names, key=str.isupper, reverse=True)}
    found = _clear(Counter(map(str.casefold, names)), "named {} times", least=2)
    if found is None:
        return None
    name = spelt[found.value]
    return found._replace(value=name.title() if name.isupper() else name)


def publisher(lines: list[str], family: str, municipality: str, parties: Iterable[str]) -> Fact | None:
    """Who published it: the municipality what is its own; a party budget the parties that its first lines name as its
    authors, or that it clearly speaks of most.
    """
    if family in MUNICIPAL:
        return Fact(f"{municipality} kommune", "the municipality") if municipality else None
    for line, text in first_lines(lines)[:_MOST_TITLE_LINES]:
        found = _WHOSE_BUDGET.search(text)
        if found:
            return Fact(found["who"], f"line {line}")
    party = "|".join(re.escape(name) for name in sorted(parties, key=len, reverse=True))
    if not party:
        return None
    phrase = re.compile(rf"(?<![\w-])(?:{party})(?:(?:,\s+|\s+og\s+)(?:{party}))*(?![\w-])")
    counts = Counter(" ".join(found.split()) for found in phrase.findall("\n".join(lines)))
    return _clear(counts, "named {} times", least=_OFTEN)


def baseline(lines: list[str]) -> Fact | None:
    """Whose proposal the amounts of a party budget are changes to: the body that it clearly speaks of most."""
    text = "\n".join(lines)
    counts = Counter({name: len(re.findall(rf"\b{words}\b", text, re.IGNORECASE)) for name, words in PROPOSERS.items()})
    return _clear(+counts, "the body is named {} times", least=_OFTEN)


def _clear(counts: Counter, found: str, least: int) -> Fact | None:
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < least or (len(ranked) > 1 and ranked[0][1] < _CLEARLY * ranked[1][1]):
        return None
    name, count = ranked[0]
    return Fact(name, found.format(count))


def title(lines: list[str], family: str, municipality: str, publisher: str, year: int) -> Fact | None:
    """The title: of an annual report its kind, year and municipality; of a party budget its first lines, with whose
    budget it is where they do not say so.
    """
    first = first_lines(lines)
    if family == "annual_report":
        found = _in_first_lines(_REPORT, first)
        if not found:
            return None
        line, match = found
        return Fact(f"{match[1].capitalize()} {year}, {municipality} kommune", f"line {line}")
    block: list[tuple[int, str]] = []
    for line, text in first[: _MOST_TITLE_LINES + 1]:
        # Whose budget it is may stand apart from the name that it has.
        apart = block and line > block[-1][0] + 1 and not _WHOSE_BUDGET.search(text)
        if apart or len(text) > _LONGEST_TITLE_LINE or re.search(r"[.!?](?:\s|$)", text) or text[0].islower():
            break
        block.append((line, text))
    block = block[:_MOST_TITLE_LINES]
    if not block:
        return None
    words = ": ".join(text for _, text in block)
    found = f"line {block[0][0]}" if len(block) == 1 else f"lines {block[0][0]}-{block[-1][0]}"
    if str(year) not in words:
        return Fact(f"{words}: {genitive(publisher)} budsjett {year}", f"{found}; publisher and year added")
    return Fact(words, found)


def genitive(name: str) -> str:
    """A name in the genitive: `SVs`, `De grønnes`, `Senterpartiets`, `Oslos`, `Pluss'`."""
    return f"{name}'" if name[-1] in "sxz" else f"{name}s"


def slug(text: str) -> str:
    """A text as part of a file name: small letters a-z, digits and hyphens; words that carry no meaning are left out.

    >>> slug("De rødgrønne"), slug("SV og Rødt"), slug("Årsberetning")
    ('rodgronne', 'sv-rodt', 'arsberetning')
    """
    plain_letters = text.casefold().replace("ø", "o").replace("æ", "ae").replace("ß", "ss")
    letters = unicodedata.normalize("NFKD", plain_letters)
    words = re.findall(r"[a-z0-9]+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    return "-".join(word for word in words if word not in ("de", "og", "i", "kommune"))

"""A file that may become a document: its bytes in; what it is, its entry in the registry and its names out."""

import hashlib
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from kommunebudsjett.adding import facts
from kommunebudsjett.adding.facts import Fact
from kommunebudsjett.adding.families import Trial, family_of, trials
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import MUNICIPAL, Document
from kommunebudsjett.forms.folders import pack
from kommunebudsjett.forms.kinds import NAMES
from kommunebudsjett.readers.party_budget.rivals import FILE as PARTIES
from kommunebudsjett.readers.party_budget.rivals import parties
from kommunebudsjett.readers.stage import FAMILIES
from kommunebudsjett.tables.meanings import column_words

REMEDY = f"name the file of a budget or an annual report: {NAMES}"
# What fits into a repository: larger files are refused by its hosts.
_MOST_BYTES = 100 * 2**20
_PERIOD = re.compile(r"((?:19|20)\d\d)(?:-((?:19|20)\d\d))?")


@dataclass(frozen=True)
class Options:
    """What the person says of the document; what is empty is looked for in its text."""

    family: str = ""
    year: int | None = None
    period: str = ""
    municipality: str = ""
    publisher: str = ""
    title: str = ""
    baseline: str = ""
    id: str = ""
    url: str = ""
    published: str = ""
    licence: str = ""
    unit: str = ""
    signs: str = ""


@dataclass(frozen=True)
class Candidate:
    """A document to be: its entry, its bytes, what each part of the entry was found by, and what each reader found."""

    document: Document
    content: bytes
    found: dict[str, str] = field(default_factory=dict)
    trials: tuple[Trial, ...] = ()
    registered: bool = False


def read_file(path: Path) -> bytes:
    """The bytes of a file that a person names; of a folder of web pages, those of a ZIP of them.

    Raises UserError where it is missing, no plain file, or larger than can be kept.
    """
    try:
        if path.is_dir():
            return pack(path)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UserError("this is no file", file=path, remedy=REMEDY)
        if status.st_size > _MOST_BYTES:
            raise UserError(
                f"the file has {status.st_size // 2**20} MB; at most {_MOST_BYTES // 2**20} MB can be kept in git",
                file=path,
                remedy="make it smaller, for instance without its pictures",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError("there is no such file", file=path, remedy=REMEDY) from None
    except (OSError, ValueError) as error:
        raise UserError(
            f"the file cannot be opened ({getattr(error, 'strerror', None) or error})", file=path, remedy=REMEDY
        ) from None


def same_content(project: Project, documents: list[Document], content: bytes) -> Document | None:
    """The registered document that has the same bytes, if there is one."""
    digest = hashlib.sha256(content).digest()
    for document in documents:
        path = project.raw / document.file
        if path.is_file() and hashlib.sha256(path.read_bytes()).digest() == digest:
            return document
    return None


def propose(project: Project, path: Path, content: bytes, lines: list[str], options: Options) -> Candidate:
    """What a file is, by its text and what the person says of it.

    Raises UserError where its family is not clear, or where something that the registry needs is not found in the text
    and not said: with the options to give.
    """
    if options.family and options.family not in FAMILIES:
        raise UserError(f"there is no family {options.family!r}", remedy=f"use one of {', '.join(sorted(FAMILIES))}")
    words = column_words(project.reference)
    year = options.year or facts.likely_year(lines)
    found_by_readers = trials(lines, year or 2000, words)
    family = options.family or family_of(found_by_readers, lines, str(path))
    best = next(trial for trial in found_by_readers if trial.family == family)
    records = best.records
    entry: dict[str, object] = {"family": family}
    found = {"family": "--family" if options.family else "what its reader found"}
    missing: list[str] = []

    def take(name: str, looked_for: Fact | None, example: str) -> str:
        said = getattr(options, name)
        if not said and looked_for is None:
            missing.append(f"--{name} {example}")
            return ""
        entry[name] = said or looked_for.value
        found[name] = f"--{name}" if said else looked_for.found
        return str(entry[name])

    _take_years(entry, found, missing, facts.years(lines, family, records, words), family, options)
    municipality = take("municipality", facts.municipality(lines), "NAME")
    names = [name for name, _ in parties(project.reference / PARTIES)]
    publisher = take("publisher", facts.publisher(lines, family, municipality, names), '"NAME"')
    if family not in MUNICIPAL:
        take("baseline", facts.baseline(lines), '"byrådets forslag" (whose proposal the amounts change)')
    elif options.baseline:
        take("baseline", None, "")
    if options.title or not missing:
        take("title", facts.title(lines, family, municipality, publisher, entry.get("budget_year", 0)), '"TITLE"')
    if missing:
        raise UserError(
            f"the text does not say all that the registry needs to know of a document of the family {family}",
            file=path,
            remedy="add " + "\n               ".join(missing),
        )
    for name in ("url", "published", "licence", "unit", "signs"):
        if getattr(options, name):
            entry[name], found[name] = getattr(options, name), f"--{name}"
    stem = facts.slug(municipality if family in MUNICIPAL else publisher) or "dokument"
    # A municipality has a budget and a report for the same year.
    kind = "-budsjett" if family == "municipal_budget" else ""
    entry["id"] = options.id or f"{stem}{kind}-{entry['budget_year']}"
    found["id"] = "--id" if options.id else "publisher and year"
    entry["file"] = _file_name(project, path, stem, _kind(family, path, lines), int(entry["budget_year"]))
    found["file"] = "its name in data/raw" if path.parent.resolve() == project.raw else "publisher, kind and year"
    return Candidate(_document(entry, path), content, found, tuple(found_by_readers))


def _take_years(
    entry: dict, found: dict[str, str], missing: list[str], said: facts.Years | None, family: str, options: Options
) -> None:
    """Put the years into `entry`: those that the person says, else those of the text."""
    if options.period:
        match = _PERIOD.fullmatch(options.period)
        if not match:
            raise UserError(f"--period is {options.period!r}", remedy="write it as 2027-2030, or as 2026 for one year")
        period = int(match[1]), int(match[2] or match[1])
        found["period"] = "--period"
    elif family == "annual_report" and (options.year or said):
        year = options.year or said.budget_year
        period = year, year
        found["period"] = "the year of the report"
    elif said and (options.year is None or options.year == said.budget_year):
        period = said.period_from, said.period_to
        found["period"] = said.found
    else:
        missing.append("--period 2027-2030 (the years of its plan)")
        period = None
    if options.year:
        entry["budget_year"], found["budget_year"] = options.year, "--year"
    elif said:
        entry["budget_year"], found["budget_year"] = said.budget_year, said.found
    else:
        missing.append("--year 2027 (the year, or the first year, that its amounts are for)")
    if period:
        entry["period_from"], entry["period_to"] = period


def _kind(family: str, path: Path, lines: list[str]) -> str:
    """What kind of document it is, as its file name says it."""
    if family == "annual_report":
        return "arsberetning"
    alternative = re.compile(r"alternativ\w*\s+budsjett|alternativ\w*-budsjett", re.IGNORECASE)
    return "alternativt-budsjett" if alternative.search("\n".join([path.stem, *lines])) else "budsjett"


def _file_name(project: Project, path: Path, stem: str, kind: str, year: int) -> str:
    """The name that the file has in data/raw: its own where it lies there already."""
    if path.parent.resolve() == project.raw:
        return path.name
    return f"{stem}-{kind}-{year}{suffix(path)}"


def suffix(path: Path) -> str:
    """The suffix that a file has in data/raw; a folder of web pages is kept as a ZIP."""
    return ".zip" if path.is_dir() else path.suffix.casefold()


def _document(entry: dict, path: Path) -> Document:
    try:
        return Document(**entry)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(map(str, first["loc"])) or "the period"
        raise UserError(f"{name}: {first['msg']}", file=path, remedy="correct the option") from None

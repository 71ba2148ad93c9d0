"""data/reference/rulings.csv in, what people have ruled about single numbers out."""

from pathlib import Path
from typing import NamedTuple

from kommunebudsjett.core.curated import Record, read_records
from kommunebudsjett.core.errors import UserError

COLUMNS = ("document", "line", "column", "what", "ruling", "reason", "by")
# What a ruling can be about, and what may be ruled.
WHAT = ("value", "unit", "meaning", "role", "sign", "area")


class Ruling(NamedTuple):
    """What a person says of a printed number that the program cannot read, or reads wrongly.

    `line` is the line of the document; `column` the column of its table, empty where all of the line is meant; `what`
    one of `WHAT`; `row` the line of rulings.csv, for messages.
    """

    document: str
    line: int
    column: str
    what: str
    ruling: str
    reason: str
    by: str
    row: int


class Rulings(NamedTuple):
    """The rulings of a project and the file that they are in."""

    path: Path
    rows: tuple[Ruling, ...] = ()


def load_rulings(reference: Path, documents: set[str] | None = None) -> Rulings:
    """The rulings in the order of the file; none where there is no file.

    `documents` are the ids that are registered, where they are known.

    Raises UserError, with the line, for a file that cannot be read, a row that lacks something and a document that
    nobody knows.
    """
    path = reference / "rulings.csv"
    rows = _rows(path)
    stranger = next((ruling for ruling in rows if documents and ruling.document not in documents), None)
    if stranger:
        raise UserError(
            f"no document {stranger.document!r} is registered",
            file=path,
            line=stranger.row,
            remedy="use an id of data/raw/documents.yml",
        )
    return Rulings(path, rows)


def _rows(path: Path) -> tuple[Ruling, ...]:
    if not path.exists():
        return ()
    header, records = read_records(path)
    if tuple(header.fields) != COLUMNS:
        raise UserError(
            "the columns are not those of rulings", file=path, line=header.line, remedy=f"name them {','.join(COLUMNS)}"
        )
    return tuple(_ruling(path, record) for record in records)


def _ruling(path: Path, record: Record) -> Ruling:
    fields = {name: field.strip() for name, field in zip(COLUMNS, record.fields, strict=True)}
    lacking = next((name for name in COLUMNS if name != "column" and not fields[name]), None)
    if lacking:
        problem = f"{lacking} is empty"
    elif not fields["line"].isdecimal():
        problem = f"the line {fields['line']!r} is no number"
    elif fields["what"] not in WHAT:
        problem = f"nothing can be ruled about {fields['what']!r}, only about {', '.join(WHAT)}"
    else:
        return Ruling(**{**fields, "line": int(fields["line"])}, row=record.line)  # type: ignore[arg-type]
    remedy = "write document,line,column,what,ruling,reason,by; only column may be empty"
    raise UserError(problem, file=path, line=record.line, remedy=remedy)


def misfit(path: Path, ruling: Ruling, why: str) -> UserError:
    """The error for a ruling that its line no longer fits."""
    return UserError(
        f"the ruling on line {ruling.line} of {ruling.document} does not fit it: {why}",
        file=path,
        line=ruling.row,
        remedy=f"look at line {ruling.line} of the document, and correct the ruling or take it out",
    )

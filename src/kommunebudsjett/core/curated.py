"""The CSV files of data/reference, which people keep up, in; their records out; a mistake is reported with its line."""

import csv
import io
import unicodedata
from pathlib import Path
from typing import NamedTuple

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.printable import is_hidden

# Many times as much as a person curates.
MOST_BYTES = 8 * 2**20


class Record(NamedTuple):
    """A record and the line of the file that it ends on: a quoted field may go on over several."""

    line: int
    fields: list[str]


def is_small(path: Path) -> bool:
    """Whether a file is not larger than any that people keep up. Raises OSError where there is none."""
    return path.stat().st_size <= MOST_BYTES


def read_records(path: Path) -> tuple[Record, list[Record]]:
    """The header and the records of a curated CSV file, lines without a word left out; letters with marks composed.

    Raises UserError, with the line where there is one, for a file that is missing, too large, empty or no CSV in UTF-8,
    a column that is there twice, a record with too few or too many fields, and text that holds what cannot be seen.
    """
    remedy = "correct the table, or restore it from git"
    try:
        if not is_small(path):
            raise UserError(f"the table is larger than {MOST_BYTES} bytes", file=path, remedy=remedy)
        content = path.read_bytes()
        text = unicodedata.normalize("NFC", content.decode("utf-8-sig"))
    except FileNotFoundError:
        raise UserError("the table is missing", file=path, remedy="restore it from git") from None
    except OSError as error:
        raise UserError(f"the table cannot be opened ({error.strerror})", file=path, remedy=remedy) from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UserError("the table is not UTF-8 text", file=path, line=line, remedy="save it as UTF-8") from None
    text = text.replace("\r\n", "\n")
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        raise UserError(
            "the line holds U+000D, which cannot be seen", file=path, line=line, remedy="remove the character"
        )
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records = []
    try:
        for fields in reader:
            if fields:
                records.append(Record(reader.line_num, fields))
    except csv.Error as error:
        raise UserError(f"the table is not CSV: {error}", file=path, line=reader.line_num, remedy=remedy) from None
    if not records:
        raise UserError("the table is empty", file=path, remedy=remedy)
    header = records[0]
    twice = next((name for name in header.fields if header.fields.count(name) > 1), None)
    if twice is not None:
        remedy = "name each column once"
        raise UserError(f"the column {twice} is there twice", file=path, line=header.line, remedy=remedy)
    for record in records:
        _check_record(path, header, record)
    return header, records[1:]


def _check_record(path: Path, header: Record, record: Record) -> None:
    if len(record.fields) != len(header.fields):
        raise UserError(
            f"the row has {len(record.fields)} fields and the header {len(header.fields)}",
            file=path,
            line=record.line,
            remedy='put a field with a comma in it in quotation marks: "a, b"',
        )
    for name, text in zip(header.fields, record.fields, strict=True):
        hidden = next((character for character in text if is_hidden(character) and character != "\n"), None)
        if hidden:
            raise UserError(
                f"{name} holds U+{ord(hidden):04X}, which cannot be seen",
                file=path,
                line=record.line,
                remedy="remove the character",
            )

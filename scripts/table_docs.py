"""Write docs/tables.md, the column documentation of the clean tables, from their contracts."""

import sys
from pathlib import Path

from kommunebudsjett.tables.contracts import TABLES, Column

ROOT = Path(__file__).resolve().parent.parent

HEADER = """\
# The clean tables

CSV in `data/clean`, UTF-8, comma, LF, point decimals, empty for missing. Made from the contracts in
`src/kommunebudsjett/tables/contracts.py` by `make docs`; do not edit.

Text is as the documents print it, also where it begins as a formula does (`=`, `+`, `-`, `@`): the files are for
programs. For a spreadsheet there is `kommunebudsjett.xlsx` beside them on the site, where text is text.
"""


def column_row(column: Column) -> str:
    """The documentation of a column as a row of a Markdown table."""
    allowed = ", ".join(f"`{value}`" for value in column.allowed if value != "")
    meaning = column.meaning + (f": {allowed}" if allowed else "") + (f" ({column.unit})" if column.unit else "")
    return f"| `{column.name}` | {column.kind} | {'yes' if column.required else ''} | {meaning} |\n"


def docs() -> str:
    """The text of docs/tables.md."""
    parts = [HEADER]
    for table in TABLES.values():
        key = ", ".join(f"`{name}`" for name in table.key)
        parts.append(f"\n## {table.name}.csv\n\nOne row is {table.row_is}." + (f" Key: {key}." if key else "") + "\n\n")
        parts.append("| column | type | always there | meaning |\n|---|---|---|---|\n")
        parts.extend(map(column_row, table.columns))
    return "".join(parts)


def main() -> int:
    (ROOT / "docs" / "tables.md").write_text(docs(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

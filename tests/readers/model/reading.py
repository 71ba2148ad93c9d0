"""Tables printed in a few lines in, what the model makes of them out. An arrow stands for a tab."""

from kommunebudsjett.readers.model.blocks import Model, read_model
from kommunebudsjett.readers.model.tables import Table


def model(text: str) -> Model:
    return read_model(text.strip("\n").replace("→", "\t").split("\n"))


def table(text: str) -> Table:
    """The one table of a text."""
    (found,) = model(text).tables
    return found


def rows(text: str) -> dict[str, dict[str, float | None]]:
    """The numbers of the one table, by label and column."""
    found = table(text)
    names = dict(found.columns)
    return {row.label: {names[value.column]: value.number for value in row.values} for row in found.rows}


def unread(text: str) -> list[tuple[int, str]]:
    """The line and characters of each number of all tables that could not be read."""
    return [(number.line, number.raw) for found in model(text).tables for number in found.unread]

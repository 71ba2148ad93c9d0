"""Tables that print what an area spends and takes in beside its net: cells in, which rows are the net of an area out.

Such a table has a block for each area with the same rows, or a block for each kind with the same areas. Only the net of
an area may be counted as what it costs: with its parts it would be counted twice.
"""

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from kommunebudsjett.tables.grouping import grouped
from kommunebudsjett.tables.totals import area_name

_TABLE = ["document", "table", "caption"]
_ENDING = r"(?:er|ar|ene|ane)?"
_NET = re.compile(
    rf"(?:sum )?netto[- ]?(?:(?:drifts)?(?:utgift|kostnad){_ENDING}|(?:drifts)?(?:ramme|budsjett|forbruk))?"
)
# Of these at least one stands in each block of an area; what else stands there is told by its place.
_PART = re.compile(
    r"(?:sum |samla |samlede |andre |annen |anna |øvrige |øvrig |sosiale )?(?:brutto[- ]?)?"
    rf"(?:drifts|lønns?|løns?|salgs|sals|leie|finans|overførings)?(?:utgift|kostnad|inntekt){_ENDING}"
    r"|lønn?(?: og sosiale (?:utgift|kostnad)(?:er|ar))?|kjøp av (?:varer|varar|tjenester|tenester)(?: og \w+)?"
    rf"|(?:refusjon|overføring|(?:bruker|brukar)betaling){_ENDING}"
)


def with_nets(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells with `net_of`, the area that a row is the net of ("" for other rows), and `is_part`, 1 for rows that
    are a part of one.
    """
    rows = cells.drop_duplicates([*_TABLE, "group", "row", "line"])
    found: dict[tuple, tuple[str, int]] = {}
    for table in grouped(rows, _TABLE).values():
        found |= _of_blocks(table)
    keys = list(zip(*(cells[name] for name in (*_TABLE, "line")), strict=True))
    net_of = pd.Series([found.get(key, ("", 0))[0] for key in keys], index=cells.index, dtype="str")
    is_part = pd.Series([found.get(key, ("", 0))[1] for key in keys], index=cells.index, dtype="Int64")
    return cells.assign(net_of=net_of, is_part=is_part)


def areas_only(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells without those of parts, the net of an area as its row."""
    whole = cells[cells["is_part"] == 0]
    net = whole["net_of"] != ""
    return whole.assign(row=whole["row"].where(~net, whole["net_of"]), is_total=whole["is_total"].where(~net, 0))


def without_parts_below(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells without parts that stand below the row of their area, which has their net, and not in a block."""
    found = with_nets(cells)
    return cells[~((found["is_part"] == 1) & (found["group"] == ""))]


def _of_blocks(rows: list[Any]) -> dict[tuple, tuple[str, int]]:
    """Each row of a table with such blocks, by its key: the area that it is the net of, and whether it is a part."""
    blocks: dict[str, list[Any]] = {}
    for row in rows:
        blocks.setdefault(row.group, []).append(row)
    if _are_repeated(row for row in rows if _is_kind(row.row) and not _is_kind(row.group)):
        found = [_in_block_of_area(row, block) for block in blocks.values() for row in block]
    elif _are_repeated(row for row in rows if _is_kind(row.group) and not _is_kind(row.row)):
        found = [_in_block_of_kind(row) for block in blocks.values() for row in block]
    else:
        return {}
    keys = [tuple(getattr(row, name) for name in (*_TABLE, "line")) for block in blocks.values() for row in block]
    return dict(zip(keys, found, strict=True))


def _are_repeated(rows: Iterable[Any]) -> bool:
    names = [row.row.casefold() for row in rows]
    return len(names) > len(set(names))


def _in_block_of_area(row: Any, block: list[Any]) -> tuple[str, int]:
    if not any(_is_kind(other.row) for other in block):
        return "", 0
    nets = [other for other in block if _matches(_NET, other.row)] or [other for other in block if _sums(other)]
    if row in nets:
        # A net of nothing that is named is that of all areas.
        return row.group, int(not row.group)
    # Beside the net of an area stands what it is made of, whatever that is called.
    return "", int(bool(nets and row.group) or _is_kind(row.row))


def _in_block_of_kind(row: Any) -> tuple[str, int]:
    if not _is_kind(row.group):
        return "", 0
    is_net = _matches(_NET, row.group) and not _is_kind(row.row)
    return (row.row, 0) if is_net else ("", 1)


def _is_kind(label: str) -> bool:
    return _matches(_NET, label) or _matches(_PART, label)


def _matches(words: re.Pattern[str], label: str) -> bool:
    return words.fullmatch(area_name(label).casefold().strip(" :.*")) is not None


def _sums(row: Any) -> bool:
    """Whether a row is the sum of its block: `Sum`, or `Sum` with the name of the block."""
    return row.is_total == 1 and row.row.casefold().strip(" :.*") in ("sum", f"sum {area_name(row.group).casefold()}")

"""Tables that print what an area spends and takes in beside its net: cells in, which rows are the net of an area out.

Such a table has a block for each area with the same rows, or a block for each kind with the same areas. Only the net of
an area may be counted as what it costs: with its parts it would be counted twice.
"""

import re
from typing import Any

import pandas as pd

from kommunebudsjett.tables.grouping import grouped
from kommunebudsjett.tables.totals import area_name

_TABLE = ["document", "table", "caption"]
_ENDING = r"(?:er|ar|ene|ane)?"
_NET = re.compile(
    rf"(?:sum )?netto[- ]?(?:(?:drifts)?(?:utgift|kostnad){_ENDING}|(?:drifts)?(?:ramme|resultat|budsjett|forbruk))?"
)
_PART = re.compile(
    rf"(?:sum |samla |samlede )?(?:brutto[- ]?)?(?:drifts)?(?:utgift|kostnad|inntekt){_ENDING}"
    rf"|lønn?(?:s?(?:utgift|kostnad){_ENDING})?|(?:andre|annen|øvrige) (?:drifts)?(?:utgift|kostnad|inntekt){_ENDING}"
    rf"|refusjon{_ENDING}"
)  # fmt: skip


def with_nets(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells with `net_of`, the area that a row is the net of ("" for other rows), and `is_part`, 1 for rows that
    are a part of one.
    """
    rows = cells.drop_duplicates([*_TABLE, "group", "row", "line"])
    found: dict[tuple, tuple[str, int]] = {}
    for table in grouped(rows, _TABLE).values():
        found |= _of_blocks(table) if _has_blocks(table) else {}
    keys = list(zip(*(cells[name] for name in (*_TABLE, "line")), strict=True))
    net_of = pd.Series([found.get(key, ("", 0))[0] for key in keys], index=cells.index, dtype="str")
    is_part = pd.Series([found.get(key, ("", 0))[1] for key in keys], index=cells.index, dtype="Int64")
    return cells.assign(net_of=net_of, is_part=is_part)


def areas_only(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells without those of parts, the net of an area as its row."""
    whole = cells[cells["is_part"] == 0]
    net = whole["net_of"] != ""
    return whole.assign(row=whole["row"].where(~net, whole["net_of"]), is_total=whole["is_total"].where(~net, 0))


def _has_blocks(rows: list) -> bool:
    """Whether a row of the kinds is printed several times, or several blocks have names of kinds."""
    kinds = [row.row.casefold() for row in rows if _is_kind(row.row)]
    return len(kinds) > len(set(kinds)) or len({row.group for row in rows if _is_kind(row.group)}) > 1


def _of_blocks(rows: list) -> dict[tuple, tuple[str, int]]:
    """Each row of a table with such blocks, by its key: the area that it is the net of, and whether it is a part."""
    blocks: dict[str, list] = {}
    for row in rows:
        blocks.setdefault(row.group, []).append(row)
    found = {}
    for group, block in blocks.items():
        of_kinds = any(_is_kind(row.row) for row in block)
        has_net = any(_matches(_NET, row.row) for row in block)
        for row in block:
            if _is_kind(group) or not of_kinds:
                is_net = _matches(_NET, group) and not _is_kind(row.row)
                area, part = (row.row if is_net else ""), int(_is_kind(group) and not is_net)
            else:
                is_net = _matches(_NET, row.row) or (not has_net and _sums(row, group))
                area, part = (group if is_net else ""), int(_is_kind(row.row) and not is_net)
            # A net of nothing that is named is that of all areas.
            found[tuple(getattr(row, name) for name in (*_TABLE, "line"))] = area, int(part or (is_net and not area))
    return found


def _is_kind(label: str) -> bool:
    return _matches(_NET, label) or _matches(_PART, label)


def _matches(words: re.Pattern[str], label: str) -> bool:
    return words.fullmatch(area_name(label).casefold().strip(" :.*")) is not None


def _sums(row: Any, group: str) -> bool:
    """Whether a row is the sum of its block: `Sum`, or `Sum` with the name of the block."""
    return row.is_total == 1 and row.row.casefold().strip(" :.*") in ("sum", f"sum {area_name(group).casefold()}")

"""The names of a notebook as data: what a kernel keeps of them, and what the places of a text can hold.

A fact is a text, a number, true or false, None, a value with its sources (`Cell`), a block that a function returned, or
a dataclass, list or dictionary of facts. Everything else is kept by its type alone, so that a text which asks for it
stops with its name.
"""

import dataclasses
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, is_dataclass
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
from jinja2 import StrictUndefined

from kommunebudsjett.core.printable import printable
from kommunebudsjett.report.blocks import Block, Cell

MIME = "application/vnd.kommunebudsjett.facts"
# The signs that mark places while a text is rendered; a document may have them as letters of a font.
OURS = re.compile("[\ue000-\ue006]")
# What a notebook imports or defines in order to make facts.
_TOOLS = (FunctionType, ModuleType, type)


class Fields(SimpleNamespace):
    """A dataclass of facts, as a text reads it."""


@dataclass(frozen=True)
class Value:
    """A value with its sources, as a text reads it: `data` is that of its `Cell`."""

    data: dict[str, Any]

    @property
    def text(self) -> str:
        """The words of the value, without its sources."""
        return str(self.data["text"])

    @property
    def value(self) -> float | None:
        """The number that the text writes."""
        number: float | None = self.data["value"]
        return number

    @property
    def page(self) -> str:
        """The page that the words lead to; empty where there is none."""
        return str(self.data.get("page", ""))

    def __str__(self) -> str:
        raise TypeError("a filter or ~ makes plain words of a value with sources; write .text where that is meant")


def kept(names: Mapping[str, object], hidden: Iterable[str] = ()) -> dict[str, Any]:
    """The names of a notebook as data that JSON has words for; without private names and the `hidden` ones."""
    left_out = set(hidden)
    return {
        name: as_data(value)
        for name, value in names.items()
        if not name.startswith("_") and name not in left_out and not isinstance(value, _TOOLS)
    }


def as_data(value: object) -> Any:
    """A fact as data. What is none is kept by the name of its type."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float):
        return None if math.isnan(value) else value
    if isinstance(value, str):
        return OURS.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", printable(value))
    if isinstance(value, bool | int):
        return value
    if isinstance(value, Cell):
        return {"cell": value.as_data()}
    if isinstance(value, Block):
        return {"block": value.content}
    if is_dataclass(value) and not isinstance(value, type):
        return {"fields": {field.name: as_data(getattr(value, field.name)) for field in dataclasses.fields(value)}}
    if isinstance(value, list | tuple):
        return [as_data(part) for part in value]
    if isinstance(value, dict) and all(isinstance(key, str | int) for key in value):
        return {"pairs": [[key, as_data(part)] for key, part in value.items()]}
    return {"type": type(value).__name__}


def facts(data: Mapping[str, Any]) -> dict[str, Any]:
    """Names and facts, as a text reads them, of what `kept` gave."""
    return {name: _fact(name, value) for name, value in data.items()}


def _fact(name: str, data: Any) -> Any:
    if isinstance(data, list):
        return [_fact(f"a part of {name}", part) for part in data]
    if not isinstance(data, dict):
        return data
    ((kind, value),) = data.items()
    if kind == "cell":
        return Value(value)
    if kind == "block":
        return Block(value)
    if kind == "fields":
        return Fields(**{key: _fact(f"{name}.{key}", part) for key, part in value.items()})
    if kind == "pairs":
        return {key: _fact(f"{name}[{key!r}]", part) for key, part in value}
    return StrictUndefined(f"{name} is a {value}, which a text cannot hold: make a fact of it")

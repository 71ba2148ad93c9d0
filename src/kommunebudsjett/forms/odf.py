"""The styles of an ODT document: how its text looks, what its paragraphs are, and the numbers of its lists."""

from typing import NamedTuple
from xml.etree.ElementTree import Element

from kommunebudsjett.forms.word_styles import level_of

_O = "urn:oasis:names:tc:opendocument:xmlns:"
STYLE, TEXT, TABLE, OFFICE, DRAW = (f"{{{_O}{name}:1.0}}" for name in ("style", "text", "table", "office", "drawing"))
FO = f"{{{_O}xsl-fo-compatible:1.0}}"
SVG = f"{{{_O}svg-compatible:1.0}}"
_FAR = 50


class Look(NamedTuple):
    """How characters look; None where a style does not say."""

    bold: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None
    lowered: bool | None = None


class ListLevel(NamedTuple):
    """How a level of a list is numbered: the kind of its numbers ("" for none), what is around, and the first."""

    kind: str = ""
    before: str = ""
    after: str = ""
    start: int = 1
    levels: int = 1


class OdfStyles:
    """The styles of one document by family and name, each with those that it is based on."""

    def __init__(self, roots: list[Element]):
        self._styles: dict[tuple[str, str], Element] = {}
        self._lists: dict[str, dict[int, ListLevel]] = {}
        self.outline: dict[int, ListLevel] = {}
        for root in roots:
            for node in root.iter(f"{STYLE}style"):
                self._styles[node.get(f"{STYLE}family", ""), node.get(f"{STYLE}name", "")] = node
            for node in root.iter(f"{TEXT}list-style"):
                self._lists[node.get(f"{STYLE}name", "")] = _levels(node)
            for node in root.iter(f"{TEXT}outline-style"):
                self.outline = _levels(node)

    def look(self, family: str, name: str) -> Look:
        """How text of a style looks."""
        found = Look()
        for style in self._chain(family, name):
            node = style.find(f"{STYLE}text-properties")
            if node is not None:
                own = _look(node)
                found = Look(*(own[at] if value is None else value for at, value in enumerate(found)))
        return found

    def hides_table(self, name: str) -> bool:
        """Whether a table style hides its tables."""
        properties = (style.find(f"{STYLE}table-properties") for style in self._chain("table", name))
        said = (node.get(f"{TABLE}display") for node in properties if node is not None)
        return next(filter(None, said), "") == "false"

    def level(self, name: str) -> int:
        """The level of the headings that a paragraph style makes; 0 where it makes none."""
        for style in self._chain("paragraph", name):
            level = style.get(f"{STYLE}default-outline-level", "")
            if level.isdecimal() and int(level):
                return int(level)
            named = level_of(style.get(f"{STYLE}display-name") or style.get(f"{STYLE}name") or "")
            if named:
                return named
        return 0

    def list_of(self, name: str) -> dict[int, ListLevel]:
        """The levels of a list style, from 1."""
        return self._lists.get(name, {})

    def list_name(self, paragraph: str) -> str:
        """The list style that a paragraph style gives."""
        chain = self._chain("paragraph", paragraph)
        return next(filter(None, (style.get(f"{STYLE}list-style-name") for style in chain)), "")

    def _chain(self, family: str, name: str) -> list[Element]:
        found: list[Element] = []
        while (family, name) in self._styles and len(found) < _FAR and self._styles[family, name] not in found:
            found.append(self._styles[family, name])
            name = found[-1].get(f"{STYLE}parent-style-name", "")
        return found


def _look(node: Element) -> Look:
    weight, display = node.get(f"{FO}font-weight"), node.get(f"{TEXT}display")
    line, place = node.get(f"{STYLE}text-line-through-style"), node.get(f"{STYLE}text-position")
    kind = node.get(f"{STYLE}text-line-through-type")
    return Look(
        None if weight is None else weight == "bold" or (weight.isdecimal() and int(weight) >= 600),
        None if display is None else display == "none",
        None if line is None and kind is None else (line or kind) != "none",
        None if place is None else place.startswith("super") or (place[:1].isdecimal() and not place.startswith("0")),
        None if place is None else place.startswith(("sub", "-")),
    )


def _levels(node: Element) -> dict[int, ListLevel]:
    found = {}
    for level in node:
        place = level.get(f"{TEXT}level", "")
        if not place.isdecimal():
            continue
        start, levels = level.get(f"{TEXT}start-value", "1"), level.get(f"{TEXT}display-levels", "1")
        found[int(place)] = ListLevel(
            level.get(f"{STYLE}num-format", ""),
            level.get(f"{STYLE}num-prefix", ""),
            level.get(f"{STYLE}num-suffix", ""),
            int(start) if start.isdecimal() and len(start) < 7 else 1,
            int(levels) if levels.isdecimal() and len(levels) < 3 else 1,
        )
    return found

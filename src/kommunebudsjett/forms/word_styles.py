"""The styles of a Word document: what a paragraph is by its style, and how its characters look."""

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from kommunebudsjett.forms.numbering import Reference

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The names of the built-in styles in the languages that Word is used in here.
_HEADING = re.compile(r"(?:heading|overskrift|rubrik|otsikko|überschrift)\s*([1-9])")
_TITLE = re.compile(r"(?:title|tittel|titel)")
_CONTENTS = re.compile(r"(?:toc|inn?h(?:ol|al)d(?:sfortegnelse|sliste)?|indholdsfortegnelse)\s*\d?")
_LIST = re.compile(r"(?:list bullet|list number|punktliste|nummerert liste|punktmerket liste)\s*([2-5]?)")
_FAR = 50
# How characters may look: bold, hidden, struck out.
_SWITCHES = ("b", "vanish", "webHidden", "strike", "dstrike")
_FALSE = ("0", "false", "off", "none")


class Paragraph(NamedTuple):
    """What a paragraph is by its style and its own properties: the level of a heading (0: none), its list.

    `on` are the properties of its characters that its style switches on.
    """

    level: int
    numbering: Reference | None
    is_list: bool
    depth: int
    is_contents: bool
    on: frozenset[str]


class Look(NamedTuple):
    """How characters look."""

    bold: bool
    hidden: bool
    struck: bool
    raised: bool
    lowered: bool


class WordStyles:
    """The styles of one document by their ids, each with those that it is based on."""

    def __init__(self, root: Element | None):
        self._styles: dict[str, Element] = {}
        self._default = ""
        for style in root.iterfind(f"{_W}style") if root is not None else ():
            self._styles[style.get(f"{_W}styleId", "")] = style
            if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true"):
                self._default = style.get(f"{_W}styleId", "")

    def of_table(self, node: Element) -> frozenset[str]:
        """What the style of a table switches on for its characters."""
        return self._on(self._chain(_value(node.find(f"{_W}tblPr"), "tblStyle"))) - {"b"}

    def of_paragraph(self, node: Element, around: frozenset[str]) -> Paragraph:
        """What a paragraph is, in a table whose style switches on what is `around` it."""
        own = node.find(f"{_W}pPr")
        chain = self._chain(_value(own, "pStyle") or self._default)
        names = [(_value(style, "name") or style.get(f"{_W}styleId", "")).casefold() for style in chain]
        properties = [own, *(style.find(f"{_W}pPr") for style in chain)]
        listed = next(filter(None, (_LIST.fullmatch(name) for name in names)), None)
        return Paragraph(
            level=_level(names, properties),
            numbering=_reference(properties),
            is_list=listed is not None,
            depth=int(listed[1] or 1) if listed else 0,
            is_contents=any(_CONTENTS.fullmatch(name) for name in names[:1]),
            on=self._on(chain) ^ around,
        )

    def of_run(self, run: Element, around: frozenset[str]) -> Look:
        """How the characters of a run look, in a paragraph whose style switches on what is `around` it."""
        own = run.find(f"{_W}rPr")
        chain = self._chain(_value(own, "rStyle"))
        # What both styles switch on is off again.
        on = self._on(chain) ^ around
        on = frozenset(name for name in _SWITCHES if (name in on if (said := _on(own, name)) is None else said))
        align = next(filter(None, (_value(node, "vertAlign") for node in [own, *_looks(chain)])), "")
        return Look(
            bold="b" in on,
            hidden=bool(on & {"vanish", "webHidden"}),
            struck=bool(on & {"strike", "dstrike"}),
            raised=align == "superscript",
            lowered=align == "subscript" or _value(own, "position") not in ("", "0"),
        )

    def _chain(self, style: str) -> list[Element]:
        """A style and those that it is based on, the nearest first."""
        found: list[Element] = []
        while style in self._styles and len(found) < _FAR and self._styles[style] not in found:
            found.append(self._styles[style])
            style = _value(found[-1], "basedOn")
        return found

    def _on(self, chain: list[Element]) -> frozenset[str]:
        """What a style and those that it is based on switch on; the nearest one that says so decides."""
        said = {name: [value for look in _looks(chain) if (value := _on(look, name)) is not None] for name in _SWITCHES}
        return frozenset(name for name, values in said.items() if values and values[0])


def _looks(chain: list[Element]) -> list[Element | None]:
    return [style.find(f"{_W}rPr") for style in chain]


def _level(names: list[str], properties: list[Element | None]) -> int:
    """The level of a heading: by its own or its style's outline level, or by the name of a style."""
    outline = next(filter(None, (_value(node, "outlineLvl") for node in properties)), "")
    if outline.isdecimal() and int(outline) < 9:
        return int(outline) + 1
    if outline == "9":
        return 0
    return next(filter(None, map(level_of, names)), 0)


def level_of(name: str) -> int:
    """The level of the headings that a style makes by its name, in the languages of people here; 0 for other styles.

    >>> level_of("Overskrift 2"), level_of("Title"), level_of("Normal")
    (2, 1, 0)
    """
    match = _HEADING.fullmatch(name.casefold())
    return int(match[1]) if match else int(_TITLE.fullmatch(name.casefold()) is not None)


def _reference(properties: list[Element | None]) -> Reference | None:
    """The list of a paragraph; its level may stand nearer than the list does."""
    level = ""
    for node in properties:
        numbering = node.find(f"{_W}numPr") if node is not None else None
        if numbering is None:
            continue
        level = level or _value(numbering, "ilvl")
        number = _value(numbering, "numId")
        if number:
            return Reference(number, int(level) if level.isdecimal() and len(level) < 3 else 0)
    return None


def _value(node: Element | None, name: str) -> str:
    child = node.find(f"{_W}{name}") if node is not None else None
    return child.get(f"{_W}val", "") if child is not None else ""


def _on(node: Element | None, name: str) -> bool | None:
    """Whether a property is on or off; None where it is not said."""
    child = node.find(f"{_W}{name}") if node is not None else None
    return None if child is None else child.get(f"{_W}val", "1").casefold() not in _FALSE

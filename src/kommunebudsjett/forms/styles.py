"""What the style sheets in a web page say of its elements: which nobody sees, which are struck out, which are bold.

Only those in the file are asked, as a wide screen applies them. What scripts would do is not known.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import tinycss2
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

_MOST_SHEET = 4 << 20
_MOST_RULES = 6_000
_SCREEN = 1280
_PROPERTIES = (
    *("display", "visibility", "text-decoration", "text-decoration-line", "font-weight", "float"),
    *("flex-direction", "flex-flow", "vertical-align", "white-space"),
    *("opacity", "font-size", "text-indent", "left", "clip", "clip-path"),
)
_WORTH = re.compile(
    "none|hidden|collapse|line-through|bold|font-weight|float|display|flex|vertical-align|white-space|opacity|font-size"
    "|indent|left|clip"
)
_ZERO = re.compile(r"0?(?:\.?0+)?(?:%|[a-z]{2,3})?")
_FAR_OFF = re.compile(r"-\d{4,}(?:\.\d+)?px|-\d{3,}(?:\.\d+)?(?:r?em|vw|%)")
_CLIPPED = re.compile(r"rect\((?:[01](?:px)?[\s,]{0,3}){4}\)|inset\((?:50|100)%\)")
# What is not seen at first, and fades in as a reader comes to it.
_FADES = re.compile("transition|animation|transform|will-change")
_STACKED = ("block", "flex", "grid", "table", "table-row", "table-caption", "list-item", "flow-root")
_WIDTH = re.compile(r"(min|max)-width\s*:\s*([\d.]+)\s*(px|em|rem)")
# A state (`:hover`) or a part that is not in the text (`::before`) says nothing of an element as it is.
_STATE = re.compile(r"::|:(?!not\b|is\b|where\b|first-|last-|only-|nth-|root\b)")
_NESTED = ("media", "supports", "layer", "container")


class _Declared(NamedTuple):
    """A value, and what it outweighs: whether it is important, its selector's weight, and its place."""

    weight: tuple[bool, int, int, int, int]
    value: str


Style = dict[str, str]


class Styles:
    """The styles of a page's elements. `sheets` are style sheets beside those in the page."""

    def __init__(self, tree: LexborHTMLParser, sheets: Iterable[str] = ()):
        self._of: dict[int, dict[str, _Declared]] = {}
        inside = [node.text() for node in tree.css("style") if _is_for_screens(node.attributes.get("media") or "")]
        order = 0
        for sheet in [*sheets, *inside]:
            if len(sheet) > _MOST_SHEET or not _WORTH.search(sheet):
                continue
            for selector, declared in _rules(sheet):
                if order >= _MOST_RULES:
                    return
                order += 1
                self._apply(tree, selector, declared, order)

    def _apply(self, tree: LexborHTMLParser, selector: str, declared: list[tuple[str, str, bool]], order: int) -> None:
        if _STATE.search(selector):
            return
        try:
            nodes = tree.css(selector)
        except (SelectolaxError, ValueError):
            return
        ids, classes = selector.count("#"), selector.count(".") + selector.count("[")
        tags = len(re.findall(r"(?:^|[\s>+~])[a-zA-Z]", selector))
        for node in nodes:
            styles = self._of.setdefault(node.mem_id, {})
            for name, value, important in declared:
                weight = (important, ids, classes, tags, order)
                if name not in styles or styles[name].weight <= weight:
                    styles[name] = _Declared(weight, value)

    def of(self, node: LexborNode) -> Style:
        """The values that hold for an element, those of its own `style` first."""
        sheet = self._of.get(node.mem_id, {})
        found = {name: declared.value for name, declared in sheet.items()}
        own = node.attributes.get("style")
        if own and _WORTH.search(own.casefold()):
            for name, value, important in _declarations(tinycss2.parse_blocks_contents(own[:10_000])):
                if important or name not in sheet or not sheet[name].weight[0]:
                    found[name] = value
        return found


def is_hidden(style: Style) -> bool:
    """Whether nobody sees an element that has this style."""
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    if any(_FAR_OFF.fullmatch(style.get(name, "")) for name in ("left", "text-indent")):
        return True
    clipped = any(_CLIPPED.fullmatch(style.get(name, "")) for name in ("clip", "clip-path"))
    return clipped or _is_zero(style.get("opacity", ""))


def is_tiny(style: Style) -> bool:
    """Whether its text has no size; what is in it may have one of its own."""
    return _is_zero(style.get("font-size", ""))


def _is_zero(value: str) -> bool:
    return bool(value) and _ZERO.fullmatch(value) is not None


def is_stacked(style: Style) -> bool:
    """Whether an element with this style stands on lines of its own, whatever its tag is."""
    return style.get("display") in _STACKED


def is_boxed(style: Style) -> bool:
    """Whether it is a box on a line."""
    return style.get("display", "").startswith("inline-")


def is_aside(style: Style) -> bool:
    """Whether it stands apart on its line: to the side, or in a column."""
    return style.get("float") in ("right", "inline-end") or style.get("display") == "table-cell"


def is_row(style: Style) -> bool:
    """Whether what is in it stands in columns."""
    return style.get("display", "").endswith("flex") and not is_column(style)


def is_column(style: Style) -> bool:
    """Whether what is in it stands on lines of its own each, or may."""
    down = style.get("flex-direction", "") + style.get("flex-flow", "")
    return style.get("display", "").endswith("grid") or "column" in down


def is_passed(style: Style) -> bool:
    """Whether what is in it stands as if directly in what is around it."""
    return style.get("display") == "contents"


def is_pre(style: Style, inherited: bool) -> bool:
    """Whether its tabs and line ends are shown."""
    space = style.get("white-space", "")
    return space.startswith(("pre", "break")) or (inherited and not space)


def is_raised(style: Style) -> bool:
    """Whether it is raised, as notes and powers are."""
    return style.get("vertical-align") == "super"


def is_struck(style: Style) -> bool:
    """Whether its text is struck out."""
    return any("line-through" in style.get(name, "") for name in ("text-decoration", "text-decoration-line"))


def is_bold(style: Style, inherited: bool) -> bool:
    """Whether its text is bold, by its own weight or that around it."""
    weight = style.get("font-weight", "")
    if weight.isdigit():
        return int(weight) >= 600
    return weight in ("bold", "bolder") or (inherited and weight not in ("normal", "lighter", "initial"))


def _rules(sheet: str) -> Iterator[tuple[str, list[tuple[str, str, bool]]]]:
    """The selectors of a sheet, one by one, with what they declare of interest."""
    yield from _rules_of(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True), 0)


def _rules_of(nodes: Iterable, depth: int) -> Iterator[tuple[str, list[tuple[str, str, bool]]]]:
    for node in nodes:
        if node.type == "qualified-rule":
            declared = [
                one for one in _declarations(tinycss2.parse_blocks_contents(node.content))
                # Of the sizes of all text only that which hides it is asked.
                if one[0] != "font-size" or _is_zero(one[1])
            ]  # fmt: skip
            if declared:
                for selector in tinycss2.serialize(node.prelude).split(","):
                    yield selector.strip(), declared
        elif node.type == "at-rule" and depth < 5 and _holds_rules(node):
            inside = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rules_of(inside, depth + 1)


def _holds_rules(node: tinycss2.ast.AtRule) -> bool:
    """Whether an at-rule holds rules that apply."""
    if node.lower_at_keyword not in _NESTED or not node.content:
        return False
    return node.lower_at_keyword != "media" or _is_for_screens(tinycss2.serialize(node.prelude))


def _declarations(nodes: Iterable) -> Iterator[tuple[str, str, bool]]:
    found = [node for node in nodes if node.type == "declaration"]
    fades = any(_FADES.match(node.lower_name) for node in found)
    for node in found:
        if node.lower_name in _PROPERTIES and not (fades and node.lower_name == "opacity"):
            yield node.lower_name, tinycss2.serialize(node.value).strip().casefold(), node.important


def _is_for_screens(media: str) -> bool:
    """Whether one of the media queries holds for a wide screen."""
    return any(map(_holds, media.casefold().split(",")))


def _holds(query: str) -> bool:
    if re.search(r"\b(?:print|speech|prefers-|orientation|hover|pointer)", query) or query.strip().startswith("not"):
        return False
    for side, size, unit in _WIDTH.findall(query):
        pixels = float(size) * (1 if unit == "px" else 16)
        if (side == "min" and pixels > _SCREEN) or (side == "max" and pixels < _SCREEN):
            return False
    return True

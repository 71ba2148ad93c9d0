"""The HTML of a text block in, a tree of plain data out, for renderers that do not write HTML.

A node is text (str) or an element: a dict with its name under `e`, its children under `c`, and what else it has.
"""

import re
from collections.abc import Callable
from html.parser import HTMLParser

Node = str | dict
Nodes = list[Node]

BLOCKS = {"p", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "hr", "pre"}
INLINES = {"strong", "em", "code", "a", "br", "span"}
# Elements that are known by another name.
_SAME = {"b": "strong", "i": "em", "h5": "h4", "h6": "h4"}
_EMPTY = {"br", "hr"}
_HELD = re.compile("\ue000(\\d+)\ue001")
_SPACE = re.compile(r"[ \t\r\n]+")


class _Tree(HTMLParser):
    """Builds the tree. An element that is not known is left out and its children are kept."""

    def __init__(self, cell: Callable[[int], Nodes]):
        super().__init__(convert_charrefs=True)
        self.cell = cell
        self.root: dict = {"e": "", "c": []}
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = _SAME.get(tag, tag)
        given = dict(attrs)
        if tag == "img":
            self.handle_data(given.get("alt") or "")
        if name not in BLOCKS | INLINES:
            return
        node: dict = {"e": name, "c": []}
        for key in ("id", "href", "lang", "start"):
            if given.get(key):
                node[key] = given[key]
        self.open[-1]["c"].append(node)
        if name not in _EMPTY:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        name = _SAME.get(tag, tag)
        names = [node["e"] for node in self.open]
        if name in names[1:]:
            del self.open[len(names) - 1 - names[::-1].index(name) :]

    def handle_data(self, data: str) -> None:
        kept = any(node["e"] == "pre" for node in self.open)
        for index, part in enumerate(_HELD.split(data)):
            if index % 2:
                self.open[-1]["c"].extend(self.cell(int(part)))
            elif part:
                self.open[-1]["c"].append(part if kept else _SPACE.sub(" ", part))


def tree(html: str, cell: Callable[[int], Nodes]) -> Nodes:
    """The blocks of a text. `cell` gives the nodes of the computed value with an index.

    Space between blocks is dropped, and text that stands outside any block becomes a paragraph.
    """
    parser = _Tree(cell)
    parser.feed(html)
    parser.close()
    return _blocks(parser.root["c"])


def heading(block: dict, cell: Callable[[int], Nodes]) -> dict:
    """A block of the kind `heading` as an element."""
    [words] = tree(block["html"], cell)
    return {"e": f"h{block['level']}", "c": words["c"], "id": block["id"]}


def _blocks(nodes: Nodes) -> Nodes:
    out: Nodes = []
    loose: Nodes = []
    for node in [*nodes, {"e": "hr", "c": []}]:
        if isinstance(node, str) or node["e"] not in BLOCKS:
            loose.append(node)
            continue
        if text(loose).strip():
            out.append({"e": "p", "c": trimmed(loose)})
        loose = []
        out.append(_tidy(node))
    return out[:-1]


def _tidy(node: dict) -> dict:
    if node["e"] in ("ul", "ol", "blockquote"):
        return {**node, "c": _blocks(node["c"])}
    if node["e"] == "li":
        parts = _blocks(node["c"])
        # A list without blank lines has its words straight in the item.
        if parts and parts[0]["e"] == "p":
            parts = [*parts[0]["c"], *parts[1:]]
        return {**node, "c": parts}
    return {**node, "c": node["c"] if node["e"] == "pre" else trimmed(node["c"])}


def trimmed(nodes: Nodes) -> Nodes:
    """The nodes without space at their ends."""
    out = list(nodes)
    if out and isinstance(out[0], str):
        out[0] = out[0].lstrip(" ")
    if out and isinstance(out[-1], str):
        out[-1] = out[-1].rstrip(" ")
    return [node for node in out if node != ""]


def text(node: Node | Nodes) -> str:
    """The words of a node or of several."""
    if isinstance(node, str):
        return node
    if isinstance(node, list):
        return "".join(map(text, node))
    return text(node["c"])

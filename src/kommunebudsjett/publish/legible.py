"""What is printed in, the same out as the Typst template takes it.

Text that the fonts can show and lines can hold, with what stands together bound, long words marked that may be
divided, links as the PDF has them. An element with nothing but words has them as one string, which Typst sets much
faster than a list of one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from kommunebudsjett.publish.bound import JOINED, bound
from kommunebudsjett.publish.glyphs import shown
from kommunebudsjett.publish.markup import BLOCKS, Node, Nodes

# Longer than any Norwegian word; hyphenation may find no place to divide it.
_ENDLESS = 60
_PIECES = re.compile(rf"\S{{{_ENDLESS},}}")
# Words that may be divided at the end of a line. With shorter ones moved whole to the next line, lines that are not
# justified end evenly enough.
_LONG = 18
# The part of such a word that may be divided: not its first and last letters, as in "Pa-raidrettssenteret".
_FIRST, _LAST = 4, 3
_LETTER = r"[^\W\d_]"
_INSIDE = re.compile(
    rf"(?<={_LETTER}{{{_FIRST}}})({_LETTER}{{{_LONG - _FIRST - _LAST},}})(?={_LETTER}{{{_LAST}}}(?!{_LETTER}))"
)
# Elements whose words are never divided; those of a table are where the template finds no room for them.
_WHOLE = ("h2", "h3", "h4", "table", "code", "pre")
# What the template looks up or opens, and nobody reads.
_ADDRESSES = ("e", "href", "id", "to", "files", "back", "data", "lang")


@dataclass(frozen=True)
class Legible:
    """Makes what is printed legible. `link` gives what a link has for its address: `href`, `to` or nothing."""

    link: Callable[[str], dict[str, str]]

    def of(self, value: object, whole: bool = False) -> object:
        """The data, with strings, lists and elements made legible. `whole` is set in what keeps its words whole."""
        if isinstance(value, str):
            return _text(value)[0]
        if isinstance(value, list):
            return [self.of(part, whole) for part in value]
        if not isinstance(value, dict):
            return value
        whole = whole or value.get("e") in _WHOLE
        node = {key: part if key in _ADDRESSES else self._part(key, part, whole) for key, part in value.items()}
        if node.get("e") == "a":
            address = self.link(node.pop("href", ""))
            node |= {"e": "to" if "to" in address else "a" if address else "span", **address}
        elif node.get("e") == "li":
            node |= self._item(value["c"], whole)
        return node

    def _part(self, key: str, part: object, whole: bool) -> object:
        if key == "c":
            return self._children(part, whole)
        if key == "rows":
            return [[self._children(cell, whole) for cell in row] for row in part]
        return self.of(part, whole)

    def _item(self, nodes: Nodes, whole: bool) -> dict:
        """An item of a list: the words that it begins with, and the blocks after them."""
        words = next((i for i, node in enumerate(nodes) if not isinstance(node, str) and node["e"] in BLOCKS), None)
        if words is None:
            return {"blocks": []}
        return {"c": self._children(nodes[:words], whole), "blocks": self.of(nodes[words:], whole)}

    def _children(self, nodes: Nodes, whole: bool) -> str | Nodes:
        """The children of an element, with strings that follow each other as one; the string where that is all."""
        out: Nodes = []
        for are_words, group in groupby(nodes, lambda node: isinstance(node, str)):
            if not are_words:
                out.extend(self.of(node, whole) for node in group)
                continue
            words, longest = _text("".join(group))
            divisible = not whole and longest >= _LONG
            for index, part in enumerate(JOINED.split(words)):
                if index % 2:
                    out.append({"e": "whole", "c": part})
                elif part:
                    out.extend(_divisible(part) if divisible else [part])
        return out[0] if len(out) == 1 and isinstance(out[0], str) else out


def _text(words: str) -> tuple[str, int]:
    """Words as they can be printed, and how long the longest is."""
    words = bound(shown(words))
    longest = max(map(len, words.split()), default=0)
    # A space of no width, at which a line may end.
    if longest >= _ENDLESS:
        words = _PIECES.sub(lambda match: "\u200b".join(re.findall(".{1,20}", match[0])), words)
    return words, longest


def _divisible(words: str) -> list[Node]:
    parts = enumerate(_INSIDE.split(words))
    return [{"e": "long", "c": part} if index % 2 else part for index, part in parts if part]

"""What a web page holds beside its document: menus, notices, buttons, feet. By elements, roles, and words in data."""

import csv
import re
from functools import cache
from pathlib import Path

from selectolax.lexbor import LexborNode

# A rule that would leave out more than this, or a table, has taken the document for furniture.
_MOST_CHARACTERS = 1_500
_LONGEST_TEXT = 80
_WORD_ENDS = re.compile(r"[-_]+|(?<=[a-zæøå])(?=[A-ZÆØÅ])")
# Before such a word, a class says something of an element that is not what the word names.
_ABOUT = frozenset(("has", "with", "without", "no", "is", "not", "hide", "show", "med", "uten", "page", "body", "js"))
# What shows on wide screens an element that is hidden on narrow ones.
_SHOWN = re.compile(r"(?:^|-)(?:sm|md|lg|xl)[-:](?:block|flex|grid|inline|inline-block|table|table-cell|contents)$")
# These part a page into its sections: what stands at the head or foot of one of them is not that of the site.
_SECTIONS = frozenset(("main", "article", "section", "blockquote", "td", "details"))
_SEEN_BY_ALL = "it is no part of the document: {}"


@cache
def _words() -> dict[str, dict[str, str]]:
    """The rows of furniture.csv: by kind, each word with what it names."""
    words: dict[str, dict[str, str]] = {}
    with Path(__file__).with_name("furniture.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words.setdefault(row["kind"], {})[row["word"]] = row["what"]
    return words


def furniture(node: LexborNode, ancestors: frozenset[str]) -> str:
    """Why an element is left out as furniture; "" where it is not. `ancestors` are the tags around it."""
    found = _named(node, ancestors)
    return _SEEN_BY_ALL.format(found) if found and not _is_document(node) else ""


def _named(node: LexborNode, ancestors: frozenset[str]) -> str:
    tag, attributes = node.tag or "", node.attributes
    of_page = not ancestors & _SECTIONS
    if tag == "nav":
        return "a menu"
    if tag == "footer" and of_page:
        return "the foot of the page"
    if tag == "header" and of_page and not node.css_first("h1"):
        return "the head of the page"
    if tag == "aside" and of_page:
        return "a box beside the text"
    if tag in ("form", "dialog"):
        return f"a {tag}"
    role = (attributes.get("role") or "").casefold()
    if role in _words()["role"] and not (role in ("banner", "contentinfo") and not of_page):
        return _words()["role"][role]
    if tag in ("main", "article", "body", "table", "h1", "h2", "h3", "h4", "h5", "h6", "p", "td", "th", "tr", "li"):
        return ""
    names = [*(attributes.get("class") or "").split(), attributes.get("id") or ""]
    return next(filter(None, map(_of_name, names)), "")


def _of_name(name: str) -> str:
    """What a class or id names: by its whole, or by the word that it begins or ends with."""
    words, name = _words()["class"], name[:200]
    if name.casefold() in words:
        return words[name.casefold()]
    parts = [part.casefold() for part in _WORD_ENDS.split(name) if part]
    if not parts or parts[0] in _ABOUT:
        return ""
    ends = [parts[-1], parts[0]]
    for count in (2, 3):
        ends += ["-".join(parts[-count:]), "-".join(parts[:count])] if len(parts) > count else []
    found = next((words[end] for end in ends if end in words), "")
    return found or next((what for word, what in _words()["ends"].items() if parts[-1].endswith(word)), "")


def _is_document(node: LexborNode) -> bool:
    """Whether an element holds so much that it is the document, whatever it is called."""
    if node.css_first("main, [role=main], article"):
        return True
    if node.tag in ("nav", "footer"):
        return False
    if any(len(row.css("td, th")) > 1 for row in node.css("table tr")):
        return True
    links = sum(len(link.text()) for link in node.css("a, button, label, option, script, style"))
    return len(node.text()) - links > _MOST_CHARACTERS or bool(node.css_first("h1"))


def hidden_by_class(node: LexborNode) -> bool:
    """Whether nobody sees an element on a wide screen, by names that style sheets agree on.

    Pages hold the same table twice, for wide screens and for narrow ones.
    """
    names = (node.attributes.get("class") or "").split()
    if any(name in _words()["narrow"] for name in names):
        return True
    return any(name in _words()["hidden"] for name in names) and not any(map(_SHOWN.search, names))


def is_read_aloud(node: LexborNode) -> bool:
    """Whether an element is there for those alone who have the page read aloud."""
    names = (node.attributes.get("class") or "").split()
    return any(name in _words()["aloud"] for name in names)


def furniture_text(text: str) -> str:
    """Why a paragraph is left out, by its whole text; "" where it is not."""
    said = text.casefold().strip(" :›»→>").strip()
    if len(said) > _LONGEST_TEXT:
        begins = next((what for word, what in _words()["begins"].items() if said.startswith(word)), "")
        return _SEEN_BY_ALL.format(begins) if begins and len(said) < 3 * _LONGEST_TEXT else ""
    found = _words()["text"].get(said) or next(
        (what for word, what in _words()["begins"].items() if said.startswith(word)), ""
    )
    return _SEEN_BY_ALL.format(found) if found else ""

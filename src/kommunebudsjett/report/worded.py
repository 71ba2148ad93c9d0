"""The texts of notebooks: Markdown with Jinja places and the facts of the notebook in, blocks of a report out.

A text is a cell that begins with `%%nb` or `%%en`. What stands in a place keeps its source and note, and is put in
after the Markdown is parsed, so that nothing in it is taken for markup. Rendering changes nothing and runs no Python of
the notebook.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from traceback import walk_tb
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, TemplateSyntaxError, Undefined, pass_context
from jinja2.runtime import Context, LoopContext
from jinja2.utils import missing

from kommunebudsjett.core.files import is_reserved
from kommunebudsjett.core.printable import printable
from kommunebudsjett.report import wording
from kommunebudsjett.report.blocks import HELD, NAME, Block, Cell, checked_name, markdown, parts, plain, unlinked
from kommunebudsjett.report.namespace import OURS, Fields, Value, as_data, facts

_HEAD = re.compile(r"%%(nb|en)\b[ \t]*([^\n]*)(?:\n|$)")
# Marks between characters that no text has: a block on a line of its own, and the address of the heading around it.
_BLOCK = re.compile(r"^[ \t]*\ue002(\d+)\ue003[ \t]*$", re.MULTILINE)
_ANCHOR = re.compile("\ue004([^\ue005]*)\ue005")
# At the end of a line with a tag; the line goes where its tags leave nothing on it, and else keeps its end.
# What JupyterLab puts before a new line below one that it takes for Python.
_INDENTED = re.compile(r"^ {4,}(\S.*)", re.MULTILINE)
_TAGGED = re.compile("^[ \t]*\ue006[\ue006 \t]*\n|\ue006", re.MULTILINE)
_TAG = re.compile(r"\{\{.*?\}\}|\{[%#].*?[%#]\}|\n", re.DOTALL)
_NO_NAME = "there is no name"
_PLACE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
# Between two languages; not before a filter, which is inside of a place.
_BETWEEN = re.compile(r" \| (?![^{}]*[%}]\})")
KINDS = "nothing, lead, details and the words that open it, or page and the name of a page"


class TextError(ValueError):
    """What is wrong with a text, with its line in the cell and the place where there is one."""

    def __init__(self, message: str, line: int = 0, place: str = ""):
        self.message, self.line, self.place = message, line, place
        where = f"line {line}" if line else ""
        super().__init__(": ".join(filter(None, [", ".join(filter(None, [where, place])), message])))


@dataclass(frozen=True)
class Text:
    """A cell with a text: its language, its `kind` (text, lead, details or page), what its head says of it, its source.

    `about` is the words that open details, or the name of the page that begins with the text. The source has an empty
    line for the head, so that lines are counted as in the cell.
    """

    lang: str
    kind: str
    about: str
    source: str


def text_of(cell: str) -> Text | None:
    """The text that a cell with this source is; None for one that does not begin with `%%nb` or `%%en`.

    Raises TextError for a head with something else behind it than a text knows.
    """
    head = _HEAD.match(cell)
    if head is None:
        return None
    lang, (kind, _, about) = head[1], head[2].strip().partition(" ")
    known = {"": "text", "lead": "lead", "details": "details", "page": "page"}
    if kind not in known or bool(about.strip()) != (kind in ("details", "page")):
        raise TextError(f"%%{lang} takes {KINDS}, not {head[2].strip()!r}", 1)
    if kind == "page" and not NAME.fullmatch(about.strip()):
        raise TextError(f"a page has a name of lower case letters a-z, digits, - and _, not {about.strip()!r}", 1)
    if kind == "page" and is_reserved(about.strip()):
        raise TextError(f"a page cannot be named {about.strip()}: Windows can have no file of that name", 1)
    return Text(lang, known[kind], about.strip(), "\n" + cell[head.end() :])


@dataclass
class _Placed:
    """What the places of a text hold, in the order in which they are filled."""

    lang: str
    cells: list[dict] = field(default_factory=list)
    blocks: list[dict] = field(default_factory=list)

    def put(self, value: object) -> str:
        """The mark for a value."""
        if isinstance(value, _Written):
            return value
        if isinstance(value, Block):
            self.blocks.append(value.content)
            return f"\ue002{len(self.blocks) - 1}\ue003"
        if isinstance(value, _Listed):
            return wording.listed([self.put(part) for part in value.parts], self.lang)
        self.cells.append(_cell(value))
        return f"\ue000{len(self.cells) - 1}\ue001"


class _Plain(_Placed):
    """For words without markup, as those of a caption: values are put in as words alone."""

    def put(self, value: object) -> str:
        if isinstance(value, _Written):
            return _ANCHOR.sub("", value)
        if isinstance(value, _Listed):
            return wording.listed([self.put(part) for part in value.parts], self.lang)
        return str(_cell(value)["text"])


@dataclass(frozen=True)
class _Listed:
    parts: list


class _Written(str):
    """What a function of ours writes into a text, as it is."""


def _cell(value: object) -> dict:
    """What stands in a place, as data. Raises TypeError for what is no words."""
    if isinstance(value, Value):
        return value.data
    if isinstance(value, str) and value.strip():
        if OURS.search(value):
            raise TypeError("a macro or a block of set cannot be put in a place; repeat the words, or use a loop")
        return Cell(value).as_data()
    if isinstance(value, int) and not isinstance(value, bool):
        return Cell(str(value)).as_data()
    if value is None or value == "":
        raise TypeError("the place has no value; ask {% if %} for it first, and say in words that it is missing")
    kind = {bool: "true or false", float: "a number of no stated form", list: "a list", dict: "a list of names"}
    kind |= {Fields: "a group of facts", Block: "a table or figure"}
    raise TypeError(f"the place holds {kind.get(type(value), type(value).__name__)}, which is no words")


@pass_context
def _finalize(context: Context, value: object) -> str:
    if isinstance(value, Undefined):
        str(value)  # raises: the name is not known
    return str(context["_placed"].put(value))


def _changed(value: object, words: Callable[[str], str], **more: str) -> object:
    """A value with other words or another note; its sources stay."""
    if isinstance(value, str):
        value = Value(Cell(value).as_data())
    if not isinstance(value, Value):
        raise TypeError(f"{type(value).__name__} has no words to change")
    return Value({**value.data, **more, "text": words(value.text)})


def _start(value: object) -> object:
    """With a capital, where it begins a sentence."""
    return _changed(value, lambda text: text[:1].upper() + text[1:])


def _small(value: object) -> object:
    """A name with a small first letter, as inside a sentence; an abbreviation keeps its capitals."""
    return _changed(value, wording.lower_first)


def _called(value: object, words: str) -> object:
    """In other words, with the same sources or the same page behind them."""
    return _changed(value, lambda _: printable(words, keep=""))


def _noted(value: object, how: str) -> object:
    """With a note that says how it was computed."""
    return _changed(value, lambda text: text, how=printable(how, keep=""))


def _by_sign(value: object, more: str, less: str, same: str) -> object:
    """In the words for a plus, a minus, or neither, with the amount for `{}` in them: `økte med {}`."""
    if not isinstance(value, Value):
        raise TypeError(f"{type(value).__name__} has no sign")
    sign, amount = value.text[:1], value.text.lstrip("+" + wording.MINUS)
    if sign not in ("+", wording.MINUS) and re.search("[1-9]", amount):
        raise TypeError(f"{value.text!r} is written without its sign: make it with signed=True")
    words = {"+": more, wording.MINUS: less}.get(sign, same)
    return _changed(value, lambda _: words.replace("{}", amount))


@pass_context
def _count(context: Context, value: int, one: str = "") -> str:
    """A count as a word up to twelve, else in digits; `one` is the word for one where it is another, as of a neuter."""
    return one if one and value == 1 else wording.count(value, context["_placed"].lang)


@pass_context
def _number(context: Context, value: float) -> str:
    """A whole number as the language writes it."""
    return wording.number(value, context["_placed"].lang)


class _Unknown(StrictUndefined):
    """A name that is not there, and the names that are."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        about, name = self._undefined_obj, self._undefined_name
        if about is missing:
            return f"{_NO_NAME} {name}"
        if about is None:
            return f"there is no {name} of what is missing (None); ask {{% if %}} for it first"
        names = sorted(vars(about)) if isinstance(about, Fields) else list(about) if isinstance(about, dict) else []
        return f"there is no {name} there" + (f"; there is {', '.join(map(str, names))}" if names else "")


def _anchor(name: str) -> str:
    """The address of the heading that this stands in."""
    return _Written(f"\ue004{checked_name(name)}\ue005")


@pass_context
def _comma(context: Context, loop: LoopContext) -> str:
    """What stands between a part of a list and the next, in a loop: a comma, and at last the word for it."""
    between, last = wording.listed(["a", "b", "c"], context["_placed"].lang)[1:-1].split("b")
    return _Written("" if loop.last else last if loop.revindex0 == 1 else between)


def _environment() -> Environment:
    out = Environment(undefined=_Unknown, finalize=_finalize, lstrip_blocks=True, keep_trailing_newline=True)
    # Nothing that makes plain words of a value with sources, or words of what is missing.
    kept = {name: out.filters[name] for name in ("first", "last", "length")}
    own = {"start": _start, "small": _small, "called": _called, "noted": _noted, "count": _count, "number": _number}
    own["by_sign"] = _by_sign
    out.filters = {**kept, **own, "listed": lambda parts: _Listed(list(parts))}
    out.tests = {name: test for name, test in out.tests.items() if name not in ("defined", "undefined")}
    out.globals = {"anchor": _anchor, "comma": _comma}
    return out


_templates = _environment()


@lru_cache(maxsize=512)
def _template(source: str) -> Template:
    return _templates.from_string(_tagged(OURS.sub("", source)))


def _tagged(source: str) -> str:
    """A text with a mark at the end of each line that has a tag, where the tag does not itself take the end away."""
    tagged = False

    def marked(match: re.Match[str]) -> str:
        nonlocal tagged
        if match[0] != "\n":
            tagged = (tagged or match[0][1] in "%#") and match[0][-3] != "-"
            return match[0]
        mark, tagged = "\ue006\n" if tagged else "\n", False
        return mark

    return _TAG.sub(marked, source)


def _filled(source: str, names: Mapping[str, Any], placed: _Placed) -> str:
    """The text with a mark in each place. Raises TextError, with the line and the place."""
    try:
        made: str = _template(source).render({**names, "_placed": placed})
        return _TAGGED.sub("", made)
    except TemplateSyntaxError as error:
        raise TextError(f"Jinja: {error.message}", error.lineno, _place(source, error.lineno)) from None
    except Exception as error:
        said = str(error)
        if said.startswith(_NO_NAME):
            said += f"; there is {', '.join(sorted(names))}"
        line = next(
            (number for frame, number in walk_tb(error.__traceback__) if "__jinja_exception__" in frame.f_globals), 0
        )
        raise TextError(said, line, _place(source, line, said)) from None


def _place(source: str, line: int, said: str = "") -> str:
    """The place on a line that a message is about; "" where several can be."""
    lines = source.split("\n")
    found = _PLACE.findall(lines[line - 1]) if 0 < line <= len(lines) else []
    name = re.match(rf"(?:{_NO_NAME}|there is no) (\w+)|([\w.]+) is a", said)
    named = [place for place in found if name and (name[1] or name[2]) in place]
    return next(iter(named if len(named) == 1 else found if len(found) == 1 else []), "")


def rendered(text: Text, data: Mapping[str, Any], other: Text | None = None) -> list[dict]:
    """The blocks of a text with the names that its notebook has (`namespace.kept`): none where nothing is said.

    `other` is the same text in Norwegian: headings are addressed by its words, so that they have one address in both
    languages. Raises TextError.
    """
    names = facts(data)
    blocks = _blocks(text, names)
    headings = norwegian = _headings(blocks)
    if headings and other is not None:
        norwegian = _headings(_blocks(other, names))
    # Texts that do not have the same headings are no translations of each other.
    for block, named in zip(headings, norwegian if len(norwegian) == len(headings) else headings, strict=True):
        block["address"] = _address(named)
    for block in blocks:
        if "html" in block:
            block["html"] = _ANCHOR.sub("", block["html"])
    return blocks


def _headings(blocks: list[dict]) -> list[dict]:
    return [block for block in blocks if block["kind"] == "heading"]


def _address(heading: dict) -> str:
    """The words that a heading is addressed by: those given, else its own."""
    given = _ANCHOR.search(heading["html"])
    return given[1] if given else plain(unlinked(heading, heading["html"]))


def _blocks(text: Text, names: Mapping[str, Any]) -> list[dict]:
    placed = _Placed(text.lang)
    parts = _BLOCK.split(_filled(text.source, names, placed))
    if any("\ue002" in part for part in parts[::2]):
        raise TextError("a table or figure is put on a line of its own")
    if text.kind in ("lead", "details") and len(parts) > 1:
        raise TextError(f"{text.kind} holds words only")
    out: list[dict] = []
    for index, part in enumerate(parts):
        if index % 2:
            out.append(placed.blocks[int(part)])
        elif part.strip():
            out += _said(text, part, placed.cells)
    if text.kind == "page":
        out[:1] = [{**block, "page": text.about} for block in out[:1]]
    return out


def _said(text: Text, part: str, cells: list[dict]) -> list[dict]:
    """The blocks of words between two other blocks, with the values that stand in them.

    Raises TextError for a line that Markdown takes for code, or for a list in a list, because of the spaces before it.
    """
    if indented := _INDENTED.search(part):
        raise TextError(f"take out the spaces before {printable(HELD.sub('…', indented[1]))[:40]!r}")
    if text.kind == "details":
        made = [_with_cells({"kind": "details", "summary": printable(text.about)}, str(markdown(part)), cells)]
    elif text.kind == "lead":
        made = [_with_cells({"kind": "text", "lead": True}, str(markdown(part)), cells)]
    else:
        made = [
            _with_cells({"kind": "heading", "level": level} if level else {"kind": "text"}, html, cells)
            for level, html in parts(part)
        ]
    if sum(len(block["cells"]) for block in made) != len(HELD.findall(part)):
        raise TextError("a value can be put in a text, not in the address of a link")
    return made


def _with_cells(about: dict, html: str, cells: list[dict]) -> dict:
    found = [int(index) for index in HELD.findall(html)]
    numbers = count()
    return {
        **about,
        "html": HELD.sub(lambda _: f"\ue000{next(numbers)}\ue001", html),
        "cells": [cells[i] for i in found],
    }


def words(lang: str, both: str, values: Mapping[str, object]) -> str:
    """Words without markup in one of two languages, as those of a caption: `Beløp i {{ year }} | Money in {{ year }}`.

    Without a ` | ` they are the same in both. Raises TextError.
    """
    found = _BETWEEN.split(both)
    if len(found) > 2:
        raise TextError(f"{both!r} is in more than two languages: write `bokmål | English`")
    names = facts({name: as_data(value) for name, value in values.items()})
    return _filled(found[0 if lang == "nb" else -1], names, _Plain(lang)).strip()

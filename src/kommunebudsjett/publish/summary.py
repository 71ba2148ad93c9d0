"""A report in, what it says in short out: one sentence of its own, as plain text."""

import re

from kommunebudsjett.publish.content import Content, plain
from kommunebudsjett.report.blocks import unlinked

# Ends a sentence; not an abbreviation (`mill. kr`), which goes on in lower case or with a digit.
_END = re.compile(r"(?<=[.!?])\s+(?=[«“\"(]?[A-ZÆØÅ])")


def in_short(report: Content) -> str:
    """The first sentence of what a report says under its title (`lead`), else of its first key point or paragraph.

    Empty where the report has no text.
    """
    shown = [block for block in report.blocks if block["kind"] == "text"]
    for block in shown:
        if block.get("lead"):
            return first_sentence(_line(unlinked(block, block["html"])))
    texts = [unlinked(block, block["html"]) for block in shown]
    for tag in ("li", "p"):
        for text in texts:
            inside, end, _ = text.partition(f"<{tag}>")[2].partition(f"</{tag}>")
            if end:
                return first_sentence(_line(inside))
    return ""


def _line(fragment: str) -> str:
    """A piece of HTML as one line of text; spaces that do not break a line stay."""
    return re.sub(r"[ \t\n]+", " ", plain(fragment)).strip()


def first_sentence(text: str) -> str:
    """The text up to the end of its first sentence.

    >>> first_sentence("Ca. 510 mill. kr mindre enn budsjettet. Resten står under.")
    'Ca. 510 mill. kr mindre enn budsjettet.'
    """
    return _END.split(text, maxsplit=1)[0]

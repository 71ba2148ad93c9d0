"""Texts in one call: what the cells `%%nb` and `%%en` of a notebook show with these words in the places `{name}`."""

import re

from kommunebudsjett.report.blocks import show
from kommunebudsjett.report.namespace import as_data
from kommunebudsjett.report.worded import Text, rendered, text_of

_PLACE = re.compile(r"\{(\w+)\}")
_HEADING = re.compile(r"^(#+ )", re.MULTILINE)


def text_blocks(lang: str, *, nb: str, en: str, head: str = "", anchor: str = "", **values: object) -> list[dict]:
    """The blocks of a text in a language; `head` is what its first line says behind `%%nb`."""
    given = f'\\1{{{{ anchor("{anchor}") }}}}' if anchor else r"\1"
    words = {
        name: _HEADING.sub(given, _PLACE.sub(r"{{ \1 }}", said), count=1) for name, said in (("nb", nb), ("en", en))
    }
    own, norwegian = _text(lang, head, words[lang]), _text("nb", head, words["nb"])
    return rendered(own, {name: as_data(value) for name, value in values.items()}, norwegian)


def _text(lang: str, head: str, words: str) -> Text:
    found = text_of(f"%%{lang} {head}\n{words}")
    assert found is not None
    return found


def say(lang: str, **about: object) -> None:
    """Show a text."""
    for block in text_blocks(lang, **about):
        show(block)


def lead(lang: str, **about: object) -> None:
    """Show what a report says in a sentence or two."""
    say(lang, head="lead", **about)


def details(lang: str, summary: str, **about: object) -> None:
    """Show a text that is folded away under a summary."""
    say(lang, head=f"details {summary}", **about)

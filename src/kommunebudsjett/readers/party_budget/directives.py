"""Blocks of text in, the instructions without money (verbale føringer) in them out."""

import re

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_budget.blocks import ITEM, PARAGRAPH, Block
from kommunebudsjett.readers.party_budget.context import Context
from kommunebudsjett.readers.party_budget.sentences import sentence_spans
from kommunebudsjett.readers.party_budget.statements import Statement
from kommunebudsjett.readers.party_budget.words import Words
from kommunebudsjett.readers.records import Directive

_SHORTEST = 20
_ASKS = ("sak", "utredning", "omdisponering")
# Who decides asks, who carries it out is asked, or it is said that something is to be laid before them.
_ASKED = re.compile(
    r"\b(?:ber|bed)\s(?:\w+\s){0,3}(?:om|[a-zæøå]+)\b|\b(?:bes|bedes|bedast)\s(?:om\s)?\w+"
    r"|\b(?:vert|blir|er)\s(?:beden|bedne|bedt)\b"
    r"|\bdet\s(?:skal\s|må\s|bør\s)?(?:legges|leggjast|utredes|utgreiast|greiast)\s|\bskal\sdet\s(?:legges|leggjast|utredes)\b",
    re.IGNORECASE,
)
_NO_INSTRUCTION = re.compile(
    r"(?:grunngjeving|begrunnelse|bakgrunn|merknad|kommentar)\b|.*\bstemmes over\b"
    r"|.*\b(?:fremmer|fremjar|legger?\s(?:\w+\s){0,4}fr[ae]m)\s(?:\w+\s)?(?:disse|desse|følgende|dette|fylgjande)\b",
    re.IGNORECASE,
)
_MONTH = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_TIME = (
    rf"(?:{_MONTH}|våren|sommeren|høsten|hausten|vinteren|sommer|høst|jul|påske|året|perioden"
    r"|(?:\d\.|første|andre)\s(?:halvår|kvartal|tertial))"
)
_DEADLINE = re.compile(
    r"\b(?:innen|innan|før|senest|seinast|i løpet av|med frist)\s(?:den\s|i\s)?"
    r"(?:(?:utgangen|slutten|starten|løpet)\sav\s)?(?:\d{1,2}\.\s?)?"
    rf"(?:{_TIME}(?:\s(?:i\s)?(?:19|20)\d\d)?|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def directives_of(
    document: Document, block: Block, statements: list[Statement], about: Context, words: Words
) -> list[Directive]:
    """The instructions of a block: a point of a list of such, or the sentences that ask for something."""
    if block.kind not in (ITEM, PARAGRAPH) or block.text.endswith(":") or _NO_INSTRUCTION.match(block.text):
        return []
    if about.is_verbal and block.kind == ITEM:
        asks = words.has("verbal", block.text) and not any(one.is_measure for one in statements)
        return [_directive(document, block, 0, len(block.text), about, words)] if asks else []
    found = []
    for start, end in sentence_spans(block.text):
        text = block.text[start:end]
        asks = bool(_ASKED.search(text)) and (
            about.is_verbal or words.has("bodies", text) or words.has("chapter_verbal", text)
        )
        if (asks or (about.is_verbal and words.has("verbal", text))) and end - start > _SHORTEST:
            found.append(_directive(document, block, start, end, about, words))
    return found


def kind_of_ask(text: str, words: Words) -> str:
    """`sak`, `utredning`, `omdisponering` or `other`."""
    return next((kind for kind in _ASKS if words.has(f"ask_{kind}", text)), "other")


def _directive(document: Document, block: Block, start: int, end: int, about: Context, words: Words) -> Directive:
    text = block.text[start:end].strip()
    deadline = _DEADLINE.search(text)
    title = about.area
    return Directive(
        document.id, about.area, title, text, kind_of_ask(text, words), deadline[0] if deadline else "",
        block.line_at(start), block.line_at(end - 1), 0,
    )  # fmt: skip

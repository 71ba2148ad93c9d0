"""Blocks of text in, the instructions without money (verbale føringer) in them out."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_budget.blocks import ITEM, PARAGRAPH, Block
from kommunebudsjett.readers.party_budget.context import Context
from kommunebudsjett.readers.party_budget.outline import Section
from kommunebudsjett.readers.party_budget.sentences import sentence_spans
from kommunebudsjett.readers.party_budget.statements import Statement
from kommunebudsjett.readers.party_budget.words import Words
from kommunebudsjett.readers.records import Directive

_SHORTEST = 20
_ASKS = ("sak", "utredning", "omdisponering")
_WHO = (
    r"(?:kommunedirektøren|rådmannen|byrådet|administrasjonen|bydelsdirektøren|fylkesdirektøren|fylkesrådmannen"
    r"|fylkeskommunedirektøren|fylkesrådet)"
)
# Who decides asks, who carries it out is asked, or it is said that something is to be laid before them.
_ASKED = re.compile(
    r"\b(?:ber|bed)\s(?:\w+\s){0,3}(?:om|[a-zæøå]+)\b|\b(?:bes|bedes|bedast)\s(?:om\s)?\w+"
    r"|\b(?:vert|blir|er)\s(?:beden|bedne|bedt)\b"
    r"|\bdet\s(?:skal\s|må\s|bør\s)?(?:legges|leggjast|utredes|utgreiast|greiast)\s(?!inn\b|til\b|opp\b|av\b)"
    rf"|\b{_WHO}\s(?:skal|må)\s(?:\w+\s)?(?:legge\sfram|leggje\sfram|utrede|greie\sut|utarbeide|vurdere|fremme|komme\stilbake)\b"
    r"|\b(?:skal|må)\sdet\s(?:legges\sfre?am|leggjast|utredes|bestilles)\b",
    re.IGNORECASE,
)
# In the reasons for a measure, these ask too.
_ASKED_BESIDE = re.compile(
    rf"\bbestill(?:er|es)\b(?![-/])|\b{_WHO}\s(?:skal|må|bør)\b"
    rf"|\b(?:forventer|forutsetter|ønsker)\s(?:\w+\s){{0,3}}?at\s{_WHO}\b"
    r"|\bønsker\s(?:\w+\s)?å\sfå\s(?:en\sorientering|en\ssak|vurdert|utredet)\b|\bber\b|\bbes\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(rf"\b{_WHO}\b", re.IGNORECASE)
_NO_INSTRUCTION = re.compile(
    r"(?:grunngjeving|begrunnelse|bakgrunn|merknad|kommentar)\b|.*\bstemmes over\b"
    r"|.*\b(?:fremmer|fremjar|legger?\s(?:\w+\s){0,4}fr[ae]m)\s(?:\w+\s)?(?:disse|desse|følgende|dette|fylgjande)\b",
    re.IGNORECASE,
)
_MONTH = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_SEASON = rf"(?:våren|vår|sommeren|sommer|høsten|hausten|høst|haust|vinteren|{_MONTH})"
_HALF = r"(?:(?:første|andre|\d\.)\s(?:halvår|kvartal|tertial)|halvår)"
_YEAR = r"(?:19|20)\d\d(?![\d/])"
_RUN = rf"(?:for\s)?{_YEAR}(?:\s?[-–−]\s?{_YEAR})?"
_PLAN = r"(?:handlings-\sog\s)?økonomiplan(?:en)?"
_BY = (
    r"(?:innen|innan|før|senest|seinast|i løpet av|med frist)\s(?:(?:i|innen)\s)?(?:den\s)?"
    r"(?:(?:utgangen|slutten|starten|løpet)\sav\s)?(?:\d{1,2}\.\s?)?"
    rf"(?:(?:{_SEASON}|{_HALF}|jul|påske|året|perioden)(?:\s(?:i\s)?{_YEAR})?|(?:\d{{1,2}}\.\s?)?{_YEAR})\b"
)
_DEADLINE = re.compile(
    rf"\b(?:{_BY}|fra(?:\sog\smed)?\s(?:{_SEASON}\s)?{_YEAR}|i\s(?:forbindelse\smed\s)?(?:\w*budsjett(?:et)?|årsoppgjøret|{_PLAN})"
    rf"\s{_RUN}(?:\sog\s{_PLAN}\s{_RUN})?|(?:i\s)?(?:{_SEASON}|{_HALF})\s{_YEAR}|i\sneste\sbehandling\sav\s[^.,;]+|i\s{_YEAR})",
    re.IGNORECASE,
)
_OPENING = re.compile(rf"{_BY}|Fra\s{_YEAR}|(?:Før|Innen)\s[^,.]+(?=,)", re.IGNORECASE)
_ACCOUNTS = re.compile(r"årsoppgjør|årsrekneskap|årsregnskap", re.IGNORECASE)
_NO_DEADLINE = re.compile(r"\b(?:planlagt|fra|åpne[rs]?|åpnet)\s$", re.IGNORECASE)


class Ask(NamedTuple):
    """A sentence that asks for something: where it begins and ends in its block, and its deadline."""

    block: Block
    start: int
    end: int
    deadline: str

    @property
    def text(self) -> str:
        """The sentence."""
        return self.block.text[self.start : self.end].strip()

    @property
    def lines(self) -> tuple[int, int]:
        """Its first and its last line."""
        return self.block.line_at(self.start), self.block.line_at(self.start + len(self.text) - 1)


def directives_of(
    document: Document, section: Section, block: Block, statements: list[Statement], about: Context, words: Words
) -> list[Directive]:
    """The instructions of a block: a point of a list of such, or the sentences that ask for something."""
    area, title = section.area or about.area, section.title or about.area
    if block.kind not in (ITEM, PARAGRAPH) or block.text.endswith(":") or _NO_INSTRUCTION.match(block.text):
        return []
    if about.is_verbal and block.kind == ITEM:
        asks = words.has("verbal", block.text) and not any(one.is_measure for one in statements)
        whole = Ask(block, 0, len(block.text), _first_deadline(block.text))
        return [_directive(document, whole, area, title, words)] if asks else []
    found = []
    for start, end in sentence_spans(block.text):
        text = block.text[start:end]
        asked = bool(_ASKED.search(text)) and (
            about.is_verbal or words.has("bodies", text) or words.has("chapter_verbal", text)
        )
        if (asked or (about.is_verbal and words.has("verbal", text))) and end - start > _SHORTEST:
            ask = Ask(block, start, end, _first_deadline(text))
            within = int(bool(section.area) and not about.is_verbal)
            found.append(_directive(document, ask, area, title, words)._replace(within_measure=within))
    return found


def whole_directive(document: Document, section: Section, heading: Block, words: Words) -> Directive:
    """The instruction that a heading in a list of such has under it, with all its text."""
    blocks, text = section.blocks, section.text or heading.title
    asks = [ask for block in blocks for ask in _asks(block, document.budget_year)]
    kind = kind_of_ask(" ".join(ask.text for ask in asks) or text, words)
    deadline = next((ask.deadline for ask in asks if ask.deadline), "")
    if not deadline:
        opening = (_OPENING.match(block.text, start) for block in blocks for start, _ in sentence_spans(block.text))
        deadline = next((found[0] for found in opening if found), "")
    last = blocks[-1].lines[-1] if blocks else heading.lines[-1]
    return Directive(document.id, section.area, heading.title, text, kind, deadline, heading.line, last.number, 0)


def asks_beside(document: Document, section: Section, words: Words, is_reason: bool) -> list[Directive]:
    """What the text of a measure or a chapter asks for; with `is_reason` also without naming who is asked.

    Sentences on the same lines are one.
    """
    found: list[Ask] = []
    for block in section.blocks:
        for ask in _asks(block, document.budget_year):
            if not is_reason and not _ADDRESSED.search(ask.text):
                continue
            if found and found[-1].block is block and found[-1].lines == ask.lines:
                above = found.pop()
                ask = Ask(block, above.start, ask.end, above.deadline or ask.deadline)
            found.append(ask)
    return [_directive(document, ask, section.area, section.title, words)._replace(within_measure=1) for ask in found]


def kind_of_ask(text: str, words: Words) -> str:
    """`sak`, `utredning`, `omdisponering` or `other`."""
    return next((kind for kind in _ASKS if words.has(f"ask_{kind}", text)), "other")


def _asks(block: Block, first: int) -> Iterator[Ask]:
    """The sentences of a block that ask for something, in a budget that begins in the year `first`."""
    for start, end in sentence_spans(block.text):
        text = block.text[start:end]
        asked = _ASKED.search(text) or _ASKED_BESIDE.search(text)
        if asked:
            yield Ask(block, start, end, _deadline(text, asked, first))


def _deadline(text: str, asked: re.Match[str], first: int) -> str:
    """The deadline of a sentence: after what asks, or first in the sentence. A year before `first` is none, but for
    that of accounts.
    """
    stop = text.find(" hvordan ", asked.end())
    for match in _DEADLINE.finditer(text, asked.start(), len(text) if stop < 0 else stop):
        years = list(map(int, re.findall(_YEAR, match[0])))
        is_past = bool(years) and max(years) < first and not _ACCOUNTS.search(match[0])
        if not is_past and not _NO_DEADLINE.search(text, 0, match.start()):
            return match[0]
    opening = _OPENING.match(text)
    return opening[0] if opening else ""


def _first_deadline(text: str) -> str:
    found = re.search(rf"\b{_BY}", text, re.IGNORECASE)
    return found[0] if found else ""


def _directive(document: Document, ask: Ask, area: str, title: str, words: Words) -> Directive:
    return Directive(document.id, area, title, ask.text, kind_of_ask(ask.text, words), ask.deadline, *ask.lines, 0)

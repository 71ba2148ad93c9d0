"""Prose in, what it asks the administration for out: the asking sentences, the kind of ask and the deadline."""

import re
from typing import NamedTuple

from kommunebudsjett.readers.party_prose.ledger import Span
from kommunebudsjett.readers.party_prose.passage import Passage, plain

_ADDRESSEE = r"(?:kommunedirektøren|rådmannen|byrådet|administrasjonen)"
_ASK = re.compile(
    r"\b(?:ber|bes)\b|\bbestill(?:er|es)\b(?![-/])"
    rf"|\b{_ADDRESSEE}\s+(?:skal|må|bør)\b"
    rf"|\b(?:forventer|forutsetter|ønsker)\s+(?:\w+\s+){{0,3}}?at\s+{_ADDRESSEE}\b"
    r"|\bønsker\s+(?:\w+\s+)?å\s+få\s+(?:en\s+orientering|en\s+sak|vurdert|utredet)\b"
    r"|\b(?:skal|må)\s+det\s+(?:legges\s+fre?am|utredes|bestilles)\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(rf"\b{_ADDRESSEE}\b", re.IGNORECASE)
_CASE = re.compile(
    r"\bsak\b|\bsaken\s+til\s+politisk|\borienter|\b(?:legge|legger|lagt)\s+(?:\w+\s+){0,3}?fr[ae]m\b"
    r"|\bpolitisk\s+(?:nivå|behandling)|\bkomme\s+tilbake\s+(?:til|med|i)\b"
)
_STUDY = re.compile(r"\butred|\bgjennomgang\b|\bse[rs]?\s+på\s+mulighet")
_REALLOCATION = re.compile(r"\bomdisponer|\bmidle\w*\b[^.]*\bdisponer")

_SEASON = (
    r"(?:våren|høsten|sommeren|vinteren|vår|høst|sommer|(?:første|andre|1\.|2\.)\s+halvår|halvår"
    r"|januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)"
)
_YEAR = r"(?:19|20)\d\d(?![\d/])"
_BEFORE_YEAR = (
    r"(?:i\s+løpet\s+av|innen|før|senest(?:\s+(?:i|innen))?|fra(?:\s+og\s+med)?|fram\s+til)\s+"
    rf"(?:utgangen\s+av\s+)?(?:året\s+)?(?:{_SEASON}\s+)?{_YEAR}"
)
_RUN = rf"(?:for\s+)?{_YEAR}(?:\s?[-–−]\s?{_YEAR})?"
_PLAN = r"(?:handlings-\s+og\s+)?økonomiplan(?:en)?"
_PLANS = (
    rf"i\s+(?:forbindelse\s+med\s+)?(?:\w*budsjett(?:et)?|årsoppgjøret|{_PLAN})\s+{_RUN}(?:\s+og\s+{_PLAN}\s+{_RUN})?"
)
_DEADLINE = re.compile(
    rf"\b(?:{_BEFORE_YEAR}|{_PLANS}|(?:i\s+)?{_SEASON}\s+{_YEAR}|i\s+neste\s+behandling\s+av\s+[^.,;]+"
    rf"|i\s+{_YEAR})",
    re.IGNORECASE,
)
_OPENING_DATE = re.compile(rf"(?:{_BEFORE_YEAR}|(?:i\s+)?{_SEASON}\s+{_YEAR})", re.IGNORECASE)
_OPENING_EVENT = re.compile(r"(?:Før|Innen)\s[^,.]+(?=,)")
_NAMES_A_TIME = re.compile(r"[0-9]|neste")
_NOT_A_DEADLINE = re.compile(r"\b(?:planlagt|fra|åpne[rs]?|åpnet)\s+$", re.IGNORECASE)


class Ask(NamedTuple):
    """Sentences that ask for something: their text, lines, kind, deadline and where in the passage its years stand."""

    text: str
    line_first: int
    line_last: int
    ask: str
    deadline: str
    deadline_span: Span | None


def asks(passages: list[Passage], addressed: bool = False) -> list[Ask]:
    """The asks of a section, one a sentence; `addressed` keeps those that name the administration only.

    Asks that stand on the same lines are one.
    """
    found: list[Ask] = []
    for passage in passages:
        for start, end, match in _asking_sentences(passage):
            if addressed and not _ADDRESSED.search(passage.text, start, end):
                continue
            text = plain(passage.text[start:end])
            span = _deadline(passage, start, end, match)
            deadline = plain(passage.text[span.start : span.end]) if span else ""
            lines = passage.line_at(start), passage.line_at(end - 1)
            ask = Ask(text, *lines, kind_of_ask(text), deadline, span)
            if found and (found[-1].line_first, found[-1].line_last) == lines:
                above = found.pop()
                text = f"{above.text} {text}"
                ask = Ask(text, *lines, kind_of_ask(text), above.deadline or deadline, above.deadline_span or span)
            found.append(ask)
    return found


def whole_ask(passages: list[Passage]) -> tuple[str, str, Span | None]:
    """The kind of ask and the deadline of a directive: from its asking sentences, else from the whole of it."""
    found = asks(passages)
    asking = [one.text for one in found] or [passage.text for passage in passages]
    ask = kind_of_ask(" ".join(asking))
    for one in found:
        if one.deadline:
            return ask, one.deadline, one.deadline_span
    for passage in passages:
        text = passage.text
        for start, end in passage.sentences() if _NAMES_A_TIME.search(text) else ():
            match = _OPENING_DATE.match(text, start, end)
            if match is None and text.find("forventer", start, end) >= 0:
                match = _DEADLINE.search(text, start, end)
            if match:
                return ask, plain(match[0]), Span(passage, *match.span())
    return ask, "", None


def kind_of_ask(text: str) -> str:
    """`sak`, `utredning`, `omdisponering` or `other`."""
    text = text.lower()
    if _CASE.search(text):
        return "sak"
    if _STUDY.search(text):
        return "utredning"
    return "omdisponering" if "disponer" in text and _REALLOCATION.search(text) else "other"


def _asking_sentences(passage: Passage) -> list[tuple[int, int, re.Match]]:
    text = passage.text
    if not _may_ask(text):
        return []
    found = []
    for start, end in passage.sentences():
        sentence = text[start:end]
        match = _ASK.search(text, start, end) if _may_ask(sentence) else None
        if match:
            found.append((start, end, match))
    return found


def _may_ask(text: str) -> bool:
    """Whether a text holds a part of a word without which nothing is asked: a cheap test before the expression."""
    return (
        " ber " in text
        or "bes" in text
        or "irektør" in text
        or "Ber " in text
        or "Bes" in text
        or "ådmann" in text
        or "yråd" in text
        or "dministrasjon" in text
        or "å få " in text
        or "det legges" in text
        or "det utredes" in text
    )


def _deadline(passage: Passage, start: int, end: int, ask: re.Match) -> Span | None:
    """Where the deadline of an asking sentence stands: after the ask, or first in the sentence."""
    text = passage.text
    stop = text.find(" hvordan ", ask.end(), end)
    if stop < 0:
        stop = end
    named = _NAMES_A_TIME.search(text, ask.end(), stop)
    for match in _DEADLINE.finditer(text, ask.end(), stop) if named else ():
        if not _NOT_A_DEADLINE.search(text[start : match.start()]):
            return Span(passage, *match.span())
    for pattern in (_OPENING_DATE, _OPENING_EVENT):
        match = pattern.match(text, start, ask.start())
        if match:
            return Span(passage, *match.span())
    return None

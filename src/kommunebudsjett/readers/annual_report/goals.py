"""Prose of a report in; the goals that it assesses, with verdict and status, out.

Chapters set up their goals in three ways: a heading that names the goal (`Periodemål 1: ...`, `Mål 1:
...`), a list item, or a line `Indikator: ...`. The verdict follows as a heading, as the first sentence of a
paragraph or after `Resultat:`.
"""

import re

from kommunebudsjett.readers.annual_report.markup import clean, heading_text
from kommunebudsjett.readers.annual_report.prose import first_sentence, joined, paragraphs
from kommunebudsjett.readers.annual_report.scanning import Prose
from kommunebudsjett.readers.records import Goal
from kommunebudsjett.registry import Document

_GOAL_HEADING = re.compile(
    r"(?:Periodemål|Hovedmål|Delmål|Resultatmål|Effektmål|Satsingsmål|Overordnet mål|Mål)"
    r"(?:\s+\d+)?\s*(?P<rest>$|[:.–−-].*)",
    re.IGNORECASE,
)
_REPORT_HEADING = re.compile(r"rapportering på|resultatoppnåelse", re.IGNORECASE)
_INDICATOR = re.compile(r"Indikator(?:\s+\d+)?\s*:\s*(?P<text>.*)")
_AIM = re.compile(r"Mål(?:\s+\d+)?\s*:\s*(?P<text>.*)")
_RESULT_LABEL = re.compile(r"(?:Resultat|Status|Vurdering|Måloppnåelse|Konklusjon)\s*:\s*")
_VERDICT = re.compile(
    r"(?:[^.:]{1,80}:\s+)?"
    r"(?:\w*mål(?:et|ene|oppnåelsen)?)(?:\s+(?:om|på|for)\s[^.:]{1,80}?)?"
    r"\s+(?:er|var|ble|vurderes|anses|ansees|regnes|settes|betraktes|har)\s"
    r"(?!(?:at|basert|knyttet|definert|satt|formulert|tatt|laget)\b|å\b)",
    re.IGNORECASE,
)
_OUTCOME = re.compile(r"nådd|innfri|oppfylt|realisert|i rute|utvikling|på vei|i gang|utsatt|påbegynt", re.IGNORECASE)
_LIST_ITEM = re.compile(r"(?:[-•*]|\d+\.)\s+(?:\d+\.\s+)?(?P<text>.*)")
_NOT_ACHIEVED = re.compile(r"\bikke\s+(?:blitt\s+)?(?:opp)?(?:nådd|innfridd|fylt|realisert)", re.IGNORECASE)
_ACHIEVED = re.compile(r"\b(?:nådd|oppnådd|innfridd|oppfylt|realisert)\b", re.IGNORECASE)
_HEDGED = re.compile(
    r"i hovedsak|nesten|i stor grad|i noen grad|langt på vei|stort sett|ikke|,?\s*men\b", re.IGNORECASE
)


def status_of(verdict: str) -> str:
    """The status that a verdict's first clause states.

    >>> status_of("Målet er ikke nådd, det var 52 % som fullførte"), status_of("Resultatmålet er i rute.")
    ('not_achieved', 'on_track')
    """
    clause = verdict.split(", ")[0]
    if "delvis" in clause.casefold():
        return "partly"
    if _NOT_ACHIEVED.search(clause):
        return "not_achieved"
    if re.search(r"\bi rute\b", clause, re.IGNORECASE):
        return "on_track"
    if _ACHIEVED.search(clause) and not _HEDGED.search(clause):
        return "achieved"
    return "other"


class _Goals:
    def __init__(self, document: str):
        self.document = document
        self.goals: list[Goal] = []
        self.chapter = ""
        self._forget()

    def _forget(self) -> None:
        """Forget the goals in force, as a chapter or a heading that is no goal begins."""
        self.heading = ""
        self.unnamed = False
        self.goal = self.indicator = self.aim = self.item = ""
        self.reports = False

    def see(self, line: int, text: str, chapter: str) -> None:
        """Take the next line of the prose."""
        if chapter != self.chapter:
            self.chapter = chapter
            self._forget()
        if text[0] == "#":
            self._heading(line, heading_text(text))
        elif text[0].isspace():
            return  # an item under an item
        elif item := _LIST_ITEM.match(text):
            self.item = clean(item["text"])
        else:
            self._paragraph(line, text)

    def _heading(self, line: int, text: str) -> None:
        self.item = ""
        goal = _GOAL_HEADING.fullmatch(text)
        if goal:
            self._forget()
            self.goal = text.rstrip(" :") if not goal["rest"].strip(" :.-–−") else text
            self.unnamed = self.goal != text or not goal["rest"]
        elif self._verdict(line, text):
            return
        elif self.goal and _REPORT_HEADING.search(text):
            self.reports = True
        elif self.unnamed:
            self.goal = f"{self.goal}: {text}"
            self.unnamed = False
        else:
            self._forget()
            self.heading = text

    def _paragraph(self, line: int, text: str) -> None:
        marked = text[0] == "*"
        text = clean(text)
        if indicator := _INDICATOR.match(text):
            self.indicator = indicator["text"]
            self.aim = ""
        elif aim := _AIM.match(text):
            self.aim = aim["text"]
        elif self._verdict(line, text):
            self.reports = False
        elif self.reports:
            self._add(line, first_sentence(text))
            self.reports = False
        elif self.unnamed and marked:
            self.goal = f"{self.goal}: {text}"
            self.unnamed = False
        self.item = ""

    def _verdict(self, line: int, text: str) -> bool:
        label = _RESULT_LABEL.match(text)
        if label and label.end() < len(text):
            text = text[label.end() :]
        if not _VERDICT.match(text):
            return False
        quote = first_sentence(text)
        if not _OUTCOME.search(quote):
            return False
        self._add(line, quote.rstrip(":"))
        return True

    def _add(self, line: int, quote: str) -> None:
        goal = first_sentence(self.item) or self.goal or self.indicator or self.aim or self.heading
        if goal:
            self.goals.append(Goal(self.document, self.chapter, goal, status_of(quote), quote, line))


def read_goals(document: Document, prose: list[Prose]) -> list[Goal]:
    """Every goal that the report assesses, in its order."""
    goals = _Goals(document.id)
    for paragraph in paragraphs(prose):
        goals.see(*joined(paragraph))
    return goals.goals

"""Prose of a report in; the goals that it assesses, with verdict and status, out.

Chapters set up their goals in three ways: a heading that names the goal (`Periodemål 1: ...`, `Mål 1:
...`), a list item, or a line `Indikator: ...`. The verdict follows as a heading, as the first sentence of a
paragraph or after `Resultat:`.
"""

import re
from collections.abc import Sequence

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.model.markup import clean, heading_text
from kommunebudsjett.readers.model.prose import first_sentence, joined, paragraphs
from kommunebudsjett.readers.model.scanning import Prose
from kommunebudsjett.readers.records import Goal

_GOAL_HEADING = re.compile(
    r"(?:(?:Periodemål|Hovedmål|Delmål|Resultatmål|Effektmål|Satsingsmål|Overordnet mål|Mål)(?:\s+\d+)?"
    r"|(?:\w+\s+)?\w*mål\s+\d+)\s*(?P<rest>$|[:.–−-].*)",
    re.IGNORECASE,
)
_REPORT_HEADING = re.compile(r"rapportering på|resultatoppnåelse", re.IGNORECASE)
_INDICATOR = re.compile(r"Indikator(?:\s+\d+)?\s*:\s*(?P<text>.*)")
_AIM = re.compile(r"Mål(?:\s+\d+)?\s*:\s*(?P<text>.*)")
_RESULT_LABEL = re.compile(r"(?:Resultat|Status|Vurdering|Måloppnåelse|Konklusjon)\s*:\s*")
_VERDICT = re.compile(
    r"(?:[^.:]{1,80}:\s+)?"
    r"(?:\w*mål(?:et|ene|oppnåelsen)?)(?:\s+(?:om|på|for)\s[^.:]{1,80}?)?\s+"
    r"(?:(?:er|var|ble|har)\s(?!(?:at|basert|knyttet|definert|satt|formulert|tatt|laget|å)\b)"
    r"|(?:(?:kan|må)\s(?:ikke\s)?)?(?:vurderes|anses|ansees|regnes|settes|betraktes|sies)\s(?!at\b)"
    r"|nås\s(?:ikke|delvis)\b)",
    re.IGNORECASE,
)
# `Byrådet vurderer målet som delvis nådd.`
_JUDGEMENT = re.compile(
    r"(?:vi|byrådet|kommunen|tjenesten|området|enheten)\s(?:vurderer|anser)\s(?:at\s)?\w*mål(?:et|ene)\s"
    r"(?:er\s(?!å\b)|(?:ikke\s)?(?:som|(?:til\s)?å være)\s)",
    re.IGNORECASE,
)
# A verdict in a word or two (`Resultat: Delvis nådd.`).
_SHORT_VERDICT = re.compile(
    r"(?:mål(?:et)?(?:\s+er)?:?\s+)?(?:(?:ikke|delvis|helt|fullt ut|nesten|i hovedsak)\s)*"
    r"(?:nådd|oppnådd|innfridd|oppfylt|realisert|i rute)(?=[.,:;!]|$)",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"nådd|\bnås\b|innfri|oppfylt|realisert|i rute|utvikling|på vei|i gang|utsatt|påbegynt", re.IGNORECASE
)
_LIST_ITEM = re.compile(r"(?:[-–•*]|\d+\.)\s+(?:\d+\.\s+)?(?P<text>.*)")
# How a list item begins that is no goal but a verdict on the one above.
_VERDICT_ITEM = re.compile(r"(?:Resultat|Status|Vurdering|Måloppnåelse|\w*målet)\b", re.IGNORECASE)
_NOT_ACHIEVED = re.compile(
    r"\bnås ikke\b"
    r"|\bikke\s+(?:(?:blitt|som|vurderes|anses|sies|til|å|være)\s+)*(?:opp)?(?:nådd|innfridd|fylt|realisert)",
    re.IGNORECASE,
)
_ACHIEVED = re.compile(r"\b(?:nådd|oppnådd|innfridd|oppfylt|realisert)\b", re.IGNORECASE)
_ON_TRACK = re.compile(r"\bi rute\b", re.IGNORECASE)
_HEDGED = re.compile(
    r"\bhovedsak|nesten|i stor grad|i noen grad|på\s(?:\w+\s)?vei\b|stort sett|tilnærmet|så godt som|unntak|ikke"
    r"|,?\s*men\b",
    re.IGNORECASE,
)


def status_of(verdict: str) -> str:
    """The status that a verdict states, up to the end of the first clause with an outcome.

    >>> status_of("Målet er ikke nådd, det var 52 % som fullførte"), status_of("Resultatmålet er i rute.")
    ('not_achieved', 'on_track')
    """
    outcome = _OUTCOME.search(verdict)
    end = verdict.find(", ", outcome.end() if outcome else 0)
    clause = verdict if end < 0 else verdict[:end]
    if "delvis" in clause.casefold():
        return "partly"
    if _NOT_ACHIEVED.search(clause):
        return "not_achieved"
    if _ON_TRACK.search(clause):
        return "other" if _HEDGED.search(clause) else "on_track"
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
        self.items = 0
        self.reports = False

    def see(self, line: int, text: str, chapter: str) -> None:
        """Take the next line of the prose."""
        if chapter != self.chapter:
            self.chapter = chapter
            self._forget()
        if text[0] == "#":
            self._heading(line, heading_text(text))
        elif item := _LIST_ITEM.match(text.lstrip()):
            if not text[0].isspace():  # else it is an item under an item
                self._item(line, clean(item["text"]))
        else:
            self._paragraph(line, text.lstrip())

    def _item(self, line: int, text: str) -> None:
        if _VERDICT_ITEM.match(text) and self._verdict(line, text):
            self._end_list()
        else:
            self.item = text
            self.items += 1

    def _heading(self, line: int, text: str) -> None:
        goal = _GOAL_HEADING.fullmatch(text)
        if _INDICATOR.match(text) or (self.indicator and not self.goal and text.startswith("Mål:")):
            self._indicator(text)
        elif goal:
            self._forget()
            self.goal = text.rstrip(" :") if not goal["rest"].strip(" :.-–−") else text
            self.unnamed = self.goal != text or not goal["rest"]
        elif self._verdict(line, text):
            pass
        elif _REPORT_HEADING.search(text) and (self.goal or self.heading):
            self.reports = bool(self.goal)
        elif self.unnamed:
            self.goal = f"{self.goal}: {text}"
            self.unnamed = False
        else:
            self._forget()
            self.heading = text
        self._end_list()

    def _end_list(self) -> None:
        self.item = ""
        self.items = 0

    def _indicator(self, text: str) -> bool:
        """Take an indicator, or the aim that is printed under it."""
        if indicator := _INDICATOR.match(text):
            self.indicator = indicator["text"]
            self.aim = ""
        elif aim := _AIM.match(text):
            self.aim = aim["text"]
        else:
            return False
        return True

    def _paragraph(self, line: int, text: str) -> None:
        marked = text[0] == "*"
        text = clean(text)
        if not text or self._indicator(text):
            pass
        elif self._verdict(line, text):
            self.reports = False
        elif self.reports:
            self._add(line, first_sentence(text))
            self.reports = False
        elif self.unnamed and marked:
            self.goal = f"{self.goal}: {text}"
            self.unnamed = False
        self._end_list()

    def _verdict(self, line: int, text: str) -> bool:
        label = _RESULT_LABEL.match(text)
        if label and label.end() < len(text):
            text = text[label.end() :]
        if _SHORT_VERDICT.match(text):
            self._add(line, first_sentence(text).rstrip(":"))
            return True
        if not (_VERDICT.match(text) or _JUDGEMENT.match(text)):
            return False
        quote = first_sentence(text)
        if not _OUTCOME.search(quote):
            return False
        self._add(line, quote.rstrip(":"))
        return True

    def _add(self, line: int, quote: str) -> None:
        # A list under a goal explains it; one item alone is the goal that the verdict is about.
        item = "" if self.goal and self.items > 1 else first_sentence(self.item)
        goal = item or self.goal or self.indicator or self.aim or self.heading
        if goal:
            self.goals.append(Goal(self.document, self.chapter, goal, status_of(quote), quote, line))


def read_goals(document: Document, prose: Sequence[Prose]) -> list[Goal]:
    """Every goal that the report assesses, in its order."""
    goals = _Goals(document.id)
    for paragraph in paragraphs(prose):
        goals.see(*joined(paragraph))
    return goals.goals

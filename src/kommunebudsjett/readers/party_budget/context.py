"""Headings and lead-ins in, what holds for the statements under them out, until the next heading of their level."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kommunebudsjett.readers.party_budget.blocks import HEADING, ITEM, PARAGRAPH, Block
from kommunebudsjett.readers.party_budget.words import Words
from kommunebudsjett.readers.unit_words import (
    PER_MILLION,
    UNKNOWN,
    is_for_all,
    is_price_level,
    unit_of_label,
    unit_of_line,
)

SAVINGS, INCOME, SPENDING, INVESTMENT = "savings", "income", "spending", "investment"
_CHAPTERS = (SAVINGS, INCOME, INVESTMENT, SPENDING)
_YEAR_ALONE = re.compile(
    r"(?:(?:budsjett|år|året|drift|driften|investeringer|tiltak)\s)?((?:19|20)\d\d)", re.IGNORECASE
)
_YEAR_SAID = re.compile(r"\b(?:i|fra|frå)\s((?:19|20)\d\d)(?![-–/\d])", re.IGNORECASE)
# What may stand before the name of who proposes what follows: `Forslag fra`, `Representanten Per Dal (`.
_PROPOSED_BY = re.compile(
    r"\W{0,4}(?:\d{1,2}[.)]\s)?(?:\w*(?:forslag|framlegg)\w*\s(?:[\w-]+\s){0,4}(?:fra|frå|av)\s|(?:[\w-]+\s){1,4}\(|(?-i:(?:[A-ZÆØÅ][\w.-]*\s){1,4}(?=$)))?",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"\bog\b|[\W_]")
_NOT = re.compile(r"\b(?:ikke|ikkje)\b", re.IGNORECASE)
_WE = re.compile(r"\b(?:vi|me|vår\w*)\b", re.IGNORECASE)
# "Kommunedirektørens forslag vedtas med disse endringene": what follows is changes to it.
_CHANGED = re.compile(r"\bmed\s(?:\w+\s){0,3}(?:endring|tillegg|presisering|justering)\w*", re.IGNORECASE)
# "Vi vil i tillegg:" tells of no increase.
_BESIDES = re.compile(r"\bi tillegg\b", re.IGNORECASE)
# "Vi vil ikke kutte, men satse på:"
_INSTEAD = re.compile(r"\b(?:men|heller|derfor|i stedet|i staden)\b", re.IGNORECASE)
# What points to the list under a heading.
_LISTED = re.compile(
    r"\b(?:dette|disse|det|dei|desse|følgende|følgjande|alle|forslag\w*|framlegg\w*|vi|me|som|om|i|til|på|å|partiet)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[^\W\d_]")
_LONGEST_CHAPTER = 8
_LONGEST_NAME = 3
_LONGEST_UNIT_LINE = 120
# A sentence, or what is in parentheses.
_PARTS_OF_LINE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ(])|\s(?=\()")
_MAY_BE_UNIT = re.compile(r"\b(?:tall|tal|beløp|summ?e?r|sumar|verdi|i)", re.IGNORECASE)
# So many lines and sentences are the head of a document.
_HEAD = 12


@dataclass
class Chapter:
    """A heading, what its words make of the statements under it, and whether any text came under it."""

    level: int
    title: str
    line: int
    kind: str = ""
    is_verbal: bool = False
    year: int | None = None
    unit: str = ""
    is_used: bool = False
    is_refused: bool = False


@dataclass
class Lead:
    """A text that introduces what follows ("Vi foreslår å kutte:")."""

    text: str
    block: Block
    kind: str = ""
    is_verbal: bool = False
    year: int | None = None
    has_items: bool = False
    is_refused: bool = False


@dataclass
class Context:
    """What is stated above the place that is read: chapters from the outermost in, the lead-in, and the unit."""

    words: Words
    title: str
    chapters: list[Chapter] = field(default_factory=list)
    lead: Lead | None = None
    stated_unit: str = ""
    document_unit: str = ""
    is_first: bool = True

    def open_chapter(self, block: Block) -> None:
        """Take a heading. It ends those of its own and lower levels; where levels are not printed, those that have text
        of their own, so that a heading right under another is a part of it.
        """
        title = block.text.strip(" :*")
        kind = kind_of(title, self.words)
        self.is_first = self.is_first and not self.chapters
        if block.is_marked:
            while self.chapters and self.chapters[-1].level >= block.level:
                self.chapters.pop()
        else:
            while self.chapters and (self.chapters[-1].is_used or (kind and self.chapters[-1].kind)):
                self.chapters.pop()
        self.lead = None
        self._take_unit(block.text)
        is_verbal = self.words.has("chapter_verbal", title)
        year = _YEAR_ALONE.fullmatch(title)
        unit = unit_of_label(title) or ""
        unit = unit if unit in PER_MILLION else ""
        self.chapters.append(
            Chapter(
                block.level, title, block.line, kind, is_verbal, int(year[1]) if year else None, unit,
                is_refused=_is_refused(title, self.words),
            )
        )  # fmt: skip

    def begin(self, title: str, line: int) -> None:
        """Take the heading of a chapter or a list in one, which ends all that was stated above."""
        is_verbal = self.words.has("chapter_verbal", title)
        self.is_first = self.is_first and not self.chapters
        self.chapters = [Chapter(1, title, line, kind_of(title, self.words), is_verbal)]
        self.lead = None
        self._take_unit(title)

    def take_text(self, block: Block) -> None:
        """Take a block of text: a lead-in if it ends with a colon, and perhaps the unit of what follows."""
        if self.chapters:
            self.chapters[-1].is_used = True
        self._take_unit(block.text)
        if block.kind != HEADING and block.text.endswith(":"):
            lead = block.text.rsplit(". ", 1)[-1]
            verbal = self.words.has("chapter_verbal", lead) or (
                self.words.has("proposal", lead) and not self.chapter_kind
            )
            years = _YEAR_SAID.findall(lead)
            year = int(years[0]) if len(years) == 1 else None
            refused = self.words.has("lead_refused", lead) and not _INSTEAD.search(lead)
            self.lead = Lead(lead, block, _lead_kind(lead, self.words), verbal, year, is_refused=refused)

    def end_lead(self, block: Block) -> None:
        """Let a lead-in end with its list: where text follows its items, or the next item of the list that it is in."""
        lead = self.lead
        if lead is None:
            return
        if block.kind != ITEM:
            self.lead = None if lead.has_items else lead
        elif lead.block.kind == ITEM and _like(lead.block.mark) == _like(block.mark):
            self.lead = None
        else:
            lead.has_items = True

    def _take_unit(self, text: str) -> None:
        """Take the unit that a line states: for its chapter, or for the document where it says so or has no chapter."""
        unit = unit_of_line(text) if len(text) < _LONGEST_UNIT_LINE else None
        if unit and self.chapters and not (is_for_all(text) or self._is_under_title):
            self.chapters[-1].unit = unit
        elif unit:
            # Two that disagree say nothing.
            self.document_unit = unit if self.document_unit in ("", unit) else UNKNOWN

    @property
    def _is_under_title(self) -> bool:
        """Whether nothing but the title of the document stands above, so that what is said holds for all of it."""
        return self.is_first and len(self.chapters) == 1 and not self.chapters[0].kind

    @property
    def unit(self) -> str:
        """The unit that the chapter, else the document, else a person states for numbers without one."""
        own = next((chapter.unit for chapter in reversed(self.chapters) if chapter.unit), "")
        return own or self.document_unit or self.stated_unit

    @property
    def area(self) -> str:
        """The heading of the chapter; where there is none, the document's title."""
        return self.chapters[-1].title if self.chapters and self.chapters[-1].title else self.title

    @property
    def refused(self) -> str:
        """What introduces, or else heads, a list of what is said no to; "" where nothing does."""
        if self.lead:
            return self.lead.text if self.lead.is_refused else ""
        return self.chapters[-1].title if self.chapters and self.chapters[-1].is_refused else ""

    @property
    def is_of_rival(self) -> bool:
        """Whether what follows is introduced, or else headed, as what another party proposes."""
        text = self.lead.block.text if self.lead else self.chapters[-1].title if self.chapters else ""
        whose = self.words.begins("others", text)
        if whose and self.words.begins("whole_budget", text[whose.end() :].strip()):
            return not (_WE.search(text) or _CHANGED.search(text))
        found = self.words.find("rivals", text)
        begins = _PROPOSED_BY.fullmatch(text[: found.start()]) if found else None
        if begins is None or self.words.has("own_party", text) or _WE.search(text):
            return False
        says = self.lead is not None and any(self.words.has(kind, text) for kind in ("proposal", "proposes", "wants"))
        # A heading can be about what they want: it names them alone, or their proposal.
        is_alone = not _BETWEEN_NAMES.sub("", self.words.without("rivals", text))
        return says or is_alone or self.words.has("proposal", begins[0])

    @property
    def chapter_kind(self) -> str:
        """What the innermost heading that says so makes of the statements under it."""
        return next((chapter.kind for chapter in reversed(self.chapters) if chapter.kind), "")

    @property
    def kind(self) -> str:
        """`savings`, `income`, `investment`, `spending` or "": by the lead-in, else by the chapter."""
        return (self.lead.kind if self.lead else "") or self.chapter_kind

    @property
    def year(self) -> int | None:
        """The year that the lead-in, else the innermost heading of a year, gives what is under it."""
        if self.lead and self.lead.year:
            return self.lead.year
        return next((chapter.year for chapter in reversed(self.chapters) if chapter.year), None)

    @property
    def is_verbal(self) -> bool:
        """Whether instructions without money are announced."""
        return any(chapter.is_verbal for chapter in self.chapters) or bool(self.lead and self.lead.is_verbal)


def unit_for_all(lines: Iterable[str]) -> str:
    """The unit that a document states for all its figures, wherever it stands ("Alle beløp i kroner."), UNKNOWN where
    two disagree; else the only one that it states, if that is in its head.
    """
    said = [part for line in lines for part in _PARTS_OF_LINE.split(line) if part.strip()]
    stated = [
        (place, unit, is_for_all(part))
        for place, part in enumerate(said)
        if len(part) < _LONGEST_UNIT_LINE and _MAY_BE_UNIT.search(part)
        if not is_price_level(part) and (unit := unit_of_line(part))
    ]
    units = {unit for _, unit, for_all in stated if for_all}
    if units:
        return units.pop() if len(units) == 1 else UNKNOWN
    units = {unit for _, unit, _ in stated}
    return units.pop() if len(units) == 1 and stated[0][0] < _HEAD else ""


def _like(mark: str) -> str:
    """What kind of list a mark is of: one of numbers, of letters, or of this sign."""
    return "1" if any(map(str.isdigit, mark)) else "a" if any(map(str.isalpha, mark)) else mark


def kind_of(title: str, words: Words) -> str:
    """What a heading makes of its chapter, where it is a name and no long sentence."""
    # "Vi kutter i toppen, ikke i klasserommet" is what a text says, and no chapter of cuts; nor is one of cuts refused.
    if len(title.split()) > _LONGEST_CHAPTER or _NOT.search(title) or _is_refused(title, words):
        return ""
    kinds = [kind for kind in _CHAPTERS if words.has(f"chapter_{kind}", title)]
    if kinds[:1] == [INCOME] and words.has("down", title):
        # What comes in less costs.
        return SPENDING
    return kinds[0] if kinds else ""


def _is_refused(title: str, words: Words) -> bool:
    """Whether a heading says no to what is listed under it ("Kutt vi reverserer"), and to nothing that it names."""
    found = words.find("lead_refused", title)
    if found is None or len(title.split()) > _LONGEST_CHAPTER:
        return False
    rest = words.without("cut_noun", words.without("others", f"{title[: found.start()]} {title[found.end() :]}"))
    return not _NAMED.search(_LISTED.sub(" ", rest))


def names_chapter(block: Block, words: Words) -> bool:
    """Whether a line of a few words names what its rows are, as a heading does ("Reduserte utgifter")."""
    text = block.text
    # What ends with the name of a column of amounts ("Nr. Tiltak Beløp") is the head of a list.
    *leading, last = text.split() or [""]
    is_head = bool(leading) and words.only("amount_head", last)
    is_name = block.kind == PARAGRAPH and len(leading) < _LONGEST_NAME and last[-1:].isalpha() and not is_head
    return is_name and text[0].isupper() and bool(kind_of(text, words))


def _lead_kind(text: str, words: Words) -> str:
    text = _BESIDES.sub(" ", text)
    if words.has("lead_refused", text):
        return ""
    savings = words.has("lead_savings", text) or words.has("chapter_savings", text)
    spending = words.has("lead_spending", text) or words.has("chapter_spending", text)
    if savings == spending:
        return ""
    return SAVINGS if savings else SPENDING

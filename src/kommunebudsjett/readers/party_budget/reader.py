"""One party budget in, its records out: its outline, then what sections and tables state, then which of it are sums."""

import re
from itertools import pairwise

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.model.blocks import read_model
from kommunebudsjett.readers.party_budget import context, names, roles, sums
from kommunebudsjett.readers.party_budget.blocks import HEADING, ITEM, PARAGRAPH, Block, read_blocks
from kommunebudsjett.readers.party_budget.directives import asks_beside, directives_of, whole_directive
from kommunebudsjett.readers.party_budget.heads import settle_heads
from kommunebudsjett.readers.party_budget.outline import (
    CHAPTER,
    DIRECTIVE,
    INTRODUCTION,
    LIST,
    MEASURE,
    PART,
    Outline,
    Section,
    TablePlace,
    area_of,
    caption_of,
    holds_amounts,
    normal,
    read_outline,
)
from kommunebudsjett.readers.party_budget.rivals import own_names, rivals
from kommunebudsjett.readers.party_budget.series import measures_under
from kommunebudsjett.readers.party_budget.signs import REFUSED, main_words, own_sign, stated_plus
from kommunebudsjett.readers.party_budget.statements import (
    DOUBTFUL,
    MAY_BE_SUM,
    SIGN_UNKNOWN,
    Reader,
    Statement,
    combined,
    is_item,
)
from kommunebudsjett.readers.party_budget.tables import Placed, TableReader
from kommunebudsjett.readers.party_budget.texts import measure_texts
from kommunebudsjett.readers.party_budget.words import Words, load_words
from kommunebudsjett.readers.party_budget.writing import leave, write
from kommunebudsjett.readers.records import Records
from kommunebudsjett.readers.units import bind

IN_DIRECTIVE = "an amount in a directive, not a measure's"
OWN_LABEL = "an amount beside a label of its own, not the heading's above"
OF_RIVAL = "an amount that another party proposes"
IN_INTRODUCTION = "an amount in an introduction, not stated for a measure"
# A verb and what it is about: `gir dette`, `bruker vi`.
_TO_ALL = 2
# How a sentence ends, which a row of a list does not have.
_SENTENCE = re.compile(r"\w\w(?<!\bmill)(?<!\bmrd)(?<!\bkr)[.!?](?:\s|$)")
_LONGEST_ROW = 80
# What stands before an amount that is divided.
_OF_THE = re.compile(r"\W*(?:av|frå|fra)\s(?:de|dei|disse|desse)\s(?:\w+\s)?", re.IGNORECASE)
# What a plus means, by what a person states of the document's signs.
_STATED = {"spending-positive": 1, "savings-positive": -1}
# So many statements of known sign, all of the same, tell that of a document's others.
_ENOUGH = 2


def read(document: Document, lines: list[str]) -> Records:
    """All that a party budget states: table cells, measures, texts, directives, and the amounts that are no measure's.

    Raises UserError where the file of words that it reads by is missing.
    """
    against = rivals(document, lines)
    words = load_words().with_names("others", against).with_names("rivals", against)
    words = words.with_names("own_party", own_names(document))
    records = Records()
    tables = [table for table in read_model(lines).tables if holds_amounts(table)]
    taken = {line for table in tables for line in range(table.first_line, table.last_line + 1)}
    outline = read_outline(read_blocks(lines, taken), tables, words)
    _Walk(document, lines, words, records, outline).walk()
    records.measure_texts = measure_texts(document.id, outline)
    records.unread.sort(key=lambda unread: unread.line)
    return records


class _Walk:
    """Goes through a document with what is stated above the place that it has come to."""

    def __init__(self, document: Document, lines: list[str], words: Words, records: Records, outline: Outline):
        self._document = document
        self._words = words
        self._records = records
        self._outline = outline
        self._plus = _STATED.get(document.signs, 0) or stated_plus(lines)
        self._reader = Reader(document, words, words.pattern("not_money"))
        for_all = context.unit_for_all(lines)
        self._about = context.Context(words, document.title, stated_unit=document.unit, document_unit=for_all)
        self._tables = TableReader(
            document,
            lines,
            [place.table for place in outline.tables],
            words,
            records,
            self._plus,
        )
        bound = bind(lines, [place.table for place in outline.tables], document.units, document.unit)
        self._units = {id(place): units for place, units in zip(outline.tables, bound, strict=True)}
        # For each block of prose its statements, and whether it is an item of a list, or a table.
        self._stated: list[list[Statement]] = []
        self._listed: list[bool] = []
        self._in_order: list[tuple[Block, list[Statement]]] = []
        self._above = ""

    def walk(self) -> None:
        """Read all sections and tables; then find what sums or repeats what, and write the rows."""
        for item in self._outline.items:
            if isinstance(item, TablePlace):
                self._table(item)
            elif self._outline.is_headed:
                self._headed_section(item)
            else:
                self._section(item)
        settle_heads(self._in_order)
        _by_text_under(self._stated, [block for block, _ in self._in_order], self._words)
        sums.settle_above_items(self._in_order)
        sums.settle(self._stated, self._listed, self._words)
        _leave_totals(self._stated, self._words)
        _leave_divided(self._stated)
        _by_balance([one for statements in self._stated for one in statements], self._words, self._plus)
        for statements in self._stated:
            for statement in statements:
                write(self._document, statement, self._records)

    def _table(self, place: TablePlace) -> None:
        about = self._about
        kind = context.kind_of(area_of(place.section) or place.area, self._words) or about.kind
        if normal(caption_of(place.table)) == normal(place.area):
            kind = context.kind_of(caption_of(place.table), self._words)
        area = place.area or about.area
        units = self._units[id(place)]
        self._tables.read(Placed(place.table, units, area, place.section, kind, place.printing, about.unit))
        self._stated.append([])
        self._listed.append(True)

    def _section(self, section: Section) -> None:
        """Read a section of a document whose headings tell what is under them."""
        about = self._about
        heading = section.heading
        if heading is not None and section.role in (CHAPTER, LIST):
            about.begin(heading.title, heading.line)
            self._in_order.append((heading, []))
            self._above = heading.text
        elif heading is not None:
            self._block(heading)
        if section.role == DIRECTIVE and heading is not None and section.blocks:
            self._records.directives.append(whole_directive(self._document, section, heading, self._words))
            return
        for block in section.blocks:
            statements = self._block(block)
            self._records.directives += directives_of(self._document, section, block, statements, about, self._words)

    def _block(self, block: Block) -> list[Statement]:
        about = self._about
        if (block.kind == HEADING or context.names_chapter(block, self._words)) and not self._reader.amounts(block):
            about.open_chapter(block)
            self._in_order.append((block, []))
            self._above = block.text
            return []
        about.end_lead(block)
        statements = self._reader.statements(block, about, self._above, bool(self._stated and self._stated[-1]))
        for one in statements if about.is_of_rival else ():
            one.leave(roles.OTHERS, OF_RIVAL)
        self._stated.append(statements)
        self._in_order.append((block, statements))
        self._listed.append(bool(statements) and is_item(block, statements))
        about.take_text(block)
        self._above = statements[-1].name if statements and statements[-1].is_label else block.text[:160]
        return statements

    def _headed_section(self, section: Section) -> None:
        """Read a section of a document with a heading for each measure."""
        heading, about = section.heading, self._about
        if heading is not None and section.role in (CHAPTER, LIST, PART):
            about.begin(section.area if section.role == PART else heading.title, heading.line)
        head = None
        if heading is not None and heading.amount:
            (*_, head) = self._reader.statements(heading, about, "")
        body = [one for block in section.blocks for one in self._reader.statements(block, about, section.title)]
        if section.role == MEASURE and head is not None:
            _leave_labelled(head, body, self._words)
        if section.role == MEASURE:
            self._records.measures += measures_under(
                self._document, section, head, body, self._words, about.chapter_kind
            )
        for one in [*([head] if head else []), *body]:
            if one.is_measure and section.role == MEASURE:
                self._records.numbers_read += 1
            elif one.amount.form != "bare":
                if one.is_measure:
                    one.leave(roles.AMBIGUOUS, IN_DIRECTIVE if section.role == DIRECTIVE else IN_INTRODUCTION)
                leave(self._document, one, self._records)
        if section.role == DIRECTIVE and heading is not None and section.blocks:
            self._records.directives.append(whole_directive(self._document, section, heading, self._words))
        elif section.area and section.area != INTRODUCTION:
            is_reason = section.role == MEASURE
            self._records.directives += asks_beside(self._document, section, self._words, is_reason)


def _leave_labelled(head: Statement, body: list[Statement], words: Words) -> None:
    """Leave the amounts under a heading that are printed beside a label of their own, which is not the heading's, or in
    a row that is no sentence, and those that go on with one.
    """
    own: Block | None = None
    for one in body:
        # "Samlet for 2021 og 2022: 5 mill." is what the heading's measure comes to.
        of_years = one.years.is_total or len(one.years.years) > 1
        is_row = len(one.block.text) < _LONGEST_ROW and not _SENTENCE.search(one.block.text)
        is_of_all = of_years and words.begins("total", one.before.strip())
        is_other = (is_row and not is_of_all) or (one.is_label and not of_years)
        if is_other and one.block.kind == PARAGRAPH and not names.stems(one.found) & names.stems(head.found):
            own = one.block
        if own is one.block:
            one.leave(roles.AMBIGUOUS, OWN_LABEL)


def _leave_totals(stated: list[list[Statement]], words: Words) -> None:
    """Leave what something comes to in all, where it is not found what ("Til sammen gir dette 17 millioner")."""
    for one in [one for statements in stated for one in statements if one.is_measure]:
        said = one.before.strip(" –-«*")
        total = words.begins("total", said)
        rest = said[total.end() :].split() if total else []
        if len(rest) == _TO_ALL and words.only("anaphor_alone", rest[-1]):
            one.leave(roles.AMBIGUOUS, MAY_BE_SUM)


def _leave_divided(stated: list[list[Statement]]) -> None:
    """Leave what is divided further down ("Av de 20 millionene går 12 til sykehjem og åtte til hjemmetjenesten")."""
    above: list[Statement] = []
    for statements in stated:
        for one, following in pairwise(statements):
            if one.reason == roles.ELSEWHERE and _OF_THE.fullmatch(one.before) and following.is_measure:
                for same in above:
                    if same.is_measure and same.value == one.value:
                        same.leave(roles.SUM, "a sum of amounts that are stated too")
        above += statements


def _by_text_under(stated: list[list[Statement]], blocks: list[Block], words: Words) -> None:
    """Give an amount beside a heading the sign that the text under it gives."""
    below = {id(above): block for above, block in pairwise(blocks) if block.kind == PARAGRAPH}
    for statements in stated:
        if len(statements) != 1 or statements[0].sign or not statements[0].is_measure:
            continue
        one = statements[0]
        text = below.get(id(one.block))
        if (
            text
            and one.block.kind != ITEM
            and text.text.endswith(".")
            and not any(words.has(kind, text.text) for kind in DOUBTFUL)
        ):
            one.sign = combined(own_sign(text.text, "", words), one.kind)


def _by_balance(statements: list[Statement], words: Words, stated: int) -> None:
    """Give a statement of unknown sign that of the document's others, where all of those that no chapter says it of
    agree and its own words do not speak of income or cuts; else what a person states of a plus (`stated`), if anything.
    """
    measures = [one for one in statements if one.is_measure]
    plain = [one for one in measures if _is_plain(one, words)]
    known = {one.sign for one in plain if one.sign and one.kind not in (context.SAVINGS, context.INCOME)}
    enough = sum(1 for one in measures if one.sign) >= max(_ENOUGH, len(measures) // 4)
    spent = {id(one) for one in plain} if known <= {1} and enough else set()
    for one in measures:
        if one.sign:
            continue
        # In a chapter of savings whose words speak of more, neither is known.
        if id(one) in spent and one.kind not in (context.SAVINGS, context.INCOME):
            one.sign = 1
        elif stated:
            one.sign = -stated if one.amount.is_negative else stated
        else:
            one.leave(roles.AMBIGUOUS, SIGN_UNKNOWN)


def _is_plain(one: Statement, words: Words) -> bool:
    """Whether the words around an amount speak neither of income nor of cuts."""
    text = one.block.text
    before, after = text[one.part.start : one.amount.start], text[one.amount.end : one.part.end]
    if own_sign(before, after, words) < 0:
        return False
    around = main_words(before, after)
    return not REFUSED.search(text, one.amount.end, one.part.end) and not any(
        words.has(kind, " ".join(around)) for kind in (*DOUBTFUL, "gives")
    )

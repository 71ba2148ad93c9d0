"""Statements in; those that sum others, repeat others or pay for others are no measures afterwards."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from kommunebudsjett.readers.party_budget import roles
from kommunebudsjett.readers.party_budget.blocks import ITEM, Block
from kommunebudsjett.readers.party_budget.names import stems
from kommunebudsjett.readers.party_budget.statements import Statement
from kommunebudsjett.readers.party_budget.words import Words

SUM_OF = "a sum of amounts that are stated too"
MAY_BE_SUM = "the amount may be a sum of others that are stated"
REPEATED = "the amount is stated more than once"
_NEAR = (0.8, 1.3)
_PERHAPS = (0.5, 1.6)
_EXACT = (0.985, 1.015)
# So many statements of the same amount are compared.
_MOST_ALIKE = 50
_MOST_PARTS = 40
# Two amounts come to a third one by chance.
_SEVERAL = 3


def settle(blocks: Sequence[list[Statement]], listed: Sequence[bool], words: Words) -> None:
    """Find the sums among the statements of each block, of lists and of the document.

    `listed` says which blocks are items of lists, or tables.
    """
    for statements in blocks:
        _within(statements, words)
    _of_lists(blocks, words)
    _after_lists(blocks, listed, words)
    _before_lists(blocks, listed, words)
    _headline(blocks)
    _repeated([statement for statements in blocks for statement in statements])


def _headline(blocks: Sequence[list[Statement]]) -> None:
    """The first amount, where it stands alone, is a sum if all amounts of one later block come to it ("SP vil bruke 25
    millioner mer", and the article says on what).
    """
    first, *later = [statements for statements in blocks if statements] or [[]]
    for statements in later if len(first) == 1 else ():
        parts = [one for one in statements if one.is_measure and one.sign == first[0].sign]
        if first[0].is_measure and len(parts) >= _SEVERAL and _is_in(_ratio(first[0], parts), _EXACT):
            _make_sum(first[0], parts)


def _ratio(whole: Statement, parts: Sequence[Statement]) -> float:
    return sum(part.value for part in parts) / whole.value if whole.value else 0.0


def _is_in(ratio: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= ratio <= bounds[1]


def _within(statements: list[Statement], words: Words) -> None:
    _of_levels(statements, words)
    measures = [one for one in statements if one.is_measure]
    _ends_in_sum(measures, words)
    for index, whole in enumerate(measures[:-1]):
        if not whole.is_measure:
            continue
        parts = _parts(whole, measures[index + 1 : index + 1 + _MOST_PARTS], words)
        if not parts:
            continue
        ratio = _ratio(whole, parts)
        text = whole.block.text
        said = any(words.has("part", text[part.part.start : part.amount.start]) for part in parts)
        colon = ":" in text[whole.amount.end : parts[0].amount.start]
        if _is_in(ratio, _EXACT) or (_is_in(ratio, _NEAR) and len(parts) > 1 and not said):
            _make_sum(whole, parts)
        elif said:
            _make_parts(whole, _said_parts(text, parts, words))
        elif (
            index == 0
            and len(parts) > 1
            and _is_in(ratio, _PERHAPS)
            and all(part.value < whole.value for part in parts)
        ):
            _make_sum(whole, parts)
            whole.leave(roles.AMBIGUOUS, MAY_BE_SUM)
        elif colon and ratio < 1:
            _make_parts(whole, parts)


def _of_levels(statements: Sequence[Statement], words: Words) -> None:
    """What is said to be a part of a level is one too ("Kommunen bruker 612 millioner. Av dette går 148 til skole")."""
    for whole, later in pairwise(statements):
        text = later.block.text[later.part.sentence_start : later.amount.start]
        if whole.role == roles.LEVEL and later.is_measure and words.has("part", text):
            later.leave(roles.LEVEL, whole.reason)


def _said_parts(text: str, parts: Sequence[Statement], words: Words) -> list[Statement]:
    """The statements that are said to be parts, and those that go on with one in its sentence ("hvorav 3 mill. til
    Sentrum skole og 2 mill. til Nordre").
    """
    said: list[Statement] = []
    for part in parts:
        goes_on = bool(said) and said[-1].part.sentence_start == part.part.sentence_start
        if goes_on or words.has("part", text[part.part.start : part.amount.start]):
            said.append(part)
    return said


def _ends_in_sum(measures: list[Statement], words: Words) -> None:
    """The last amount of a block may be the sum of those before it."""
    last = measures[-1] if measures else None
    above = [one for one in measures[:-1] if one.is_measure and one.sign == (last.sign if last else 0)]
    if last is None or len(above) < 2 or any(one.years.years != last.years.years for one in above):
        return
    opening = last.block.text[last.part.sentence_start : last.amount.start].lstrip(" –-«")
    if _is_in(_ratio(last, above), _EXACT) or (words.begins("total", opening) and _is_in(_ratio(last, above), _NEAR)):
        _make_sum(last, above)


def _parts(whole: Statement, later: Sequence[Statement], words: Words) -> list[Statement]:
    """The statements after one that may be its parts: in later sentences of its block, or behind a colon."""
    text = whole.block.text
    # "Holmen skole: 180 mill (60 mill i 2028, 120 mill i 2029)"
    between = text[whole.amount.end : later[0].amount.start] if later else ""
    colon = ":" in between or between.strip(" .") == "("
    parts: list[Statement] = []
    for one in later:
        together = one.part.sentence_start == whole.part.sentence_start and not colon
        if together and not parts and not words.has("part", text[one.part.start : one.amount.start]):
            return []
        opening = text[one.part.sentence_start : one.amount.start].lower()
        if opening.startswith(("i tillegg", "dessuten", "videre", "også", "samtidig", "inndekning")):
            break
        if one.sign and whole.sign and one.sign != whole.sign and not one.whole:
            break
        parts.append(one)
    return parts


def _make_sum(whole: Statement, parts: Sequence[Statement]) -> None:
    whole.leave(roles.SUM, SUM_OF)
    _make_parts(whole, parts)


def _make_parts(whole: Statement, parts: Sequence[Statement]) -> None:
    for part in parts:
        if part.role == roles.CHANGE:
            part.role = roles.PART
        part.whole = part.whole or whole
        if whole.sign and not part.sign:
            part.sign = whole.sign


def _of_lists(blocks: Sequence[list[Statement]], words: Words) -> None:
    """The amount of a lead-in is a sum of the list under it, where it is said to be divided or the list comes to it."""
    under_lead: defaultdict[int, list[Statement]] = defaultdict(list)
    for one in (one for statements in blocks for one in statements):
        if one.lead and one.is_measure:
            under_lead[id(one.lead.block)].append(one)
    for statements in blocks:
        if not statements or not statements[-1].block.text.endswith(":"):
            continue
        whole = statements[-1]
        under = under_lead[id(whole.block)]
        lead = whole.block.text[whole.part.sentence_start :].rsplit(". ", 1)[-1]
        divided = words.has("divides", lead) or words.has("divides", whole.block.text.rsplit(". ", 1)[-1])
        under = [one for one in under if one.block.kind == ITEM] or under
        if whole.is_measure and under and (divided or (len(under) > 1 and _is_in(_ratio(whole, under), _NEAR))):
            _make_sum(whole, under)


def _after_lists(blocks: Sequence[list[Statement]], listed: Sequence[bool], words: Words) -> None:
    """What follows a list and says what it all costs is a sum."""
    for index in range(1, len(blocks)):
        if not blocks[index] or not listed[index - 1] or blocks[index][0].block.kind == ITEM:
            continue
        first = blocks[index][0]
        opening = first.block.text.lstrip(" –-«")
        if first.part.sentence_start or first.is_label or not words.begins("sum_of_list", opening):
            continue
        parts = []
        for place in range(index - 1, -1, -1):
            if not listed[place]:
                break
            parts += [one for one in blocks[place] if one.is_measure]
        if parts and _is_in(_ratio(first, parts), _EXACT):
            _make_parts(first, parts)
        first.leave(roles.SUM, SUM_OF)


def _before_lists(blocks: Sequence[list[Statement]], listed: Sequence[bool], words: Words) -> None:
    """In text before lists, an amount for a whole area may sum what the lists give it."""
    for index, statements in enumerate(blocks):
        if listed[index] or sum(listed[index + 1 :]) < 3:
            continue
        for one in statements:
            if not one.is_measure or one.is_label:
                continue
            if one.found and all(words.begins("area", word) for word in one.found):
                one.leave(roles.AMBIGUOUS, MAY_BE_SUM)
            elif _opens_with(_next_list(blocks, listed, index), one):
                one.leave(roles.SUM, SUM_OF)


def settle_above_items(in_order: Sequence[tuple[Block, list[Statement]]]) -> None:
    """Find the amounts right above the items of a list, two or more, that come to them: they are their sums."""
    for index, (block, statements) in enumerate(in_order):
        if len(statements) != 1 or block.kind == ITEM or not statements[0].is_measure:
            continue
        under: list[Statement] = []
        for below, items in in_order[index + 1 :]:
            if below.kind != ITEM:
                break
            under += [one for one in items if one.is_measure]
        if len(under) > 1 and _is_in(_ratio(statements[0], under), _EXACT):
            _make_sum(statements[0], under)


def _next_list(blocks: Sequence[list[Statement]], listed: Sequence[bool], index: int) -> list[Statement]:
    """The measures of the first list under a block."""
    under: list[Statement] = []
    for statements, is_listed in zip(blocks[index + 1 :], listed[index + 1 :], strict=True):
        if under and statements and not is_listed:
            break
        under += [one for one in statements if is_listed and one.is_measure]
    return under


def _opens_with(under: Sequence[Statement], whole: Statement) -> bool:
    """Whether the first measures of a list, two or more, come to an amount that is stated above it."""
    above = 0.0
    for count, one in enumerate(under[:_MOST_PARTS], start=1):
        above += one.value
        if count > 1 and abs(above - whole.value) <= whole.value * (_EXACT[1] - 1):
            return True
    return False


def _repeated(statements: list[Statement]) -> None:
    """An amount that says again what a sum or another statement says is none of its own."""
    of_value: dict[float, list[tuple[int, Statement]]] = {}
    for index, one in enumerate(statements):
        of_value.setdefault(round(one.value, 6), []).append((index, one))
    for alike in of_value.values():
        for index, one in alike:
            for place, other in alike[:_MOST_ALIKE]:
                if other.block is one.block or not one.is_measure or not _same_words(one, other):
                    continue
                if other.role == roles.SUM:
                    one.leave(roles.SUM, REPEATED)
                elif other.is_measure and other.sign == one.sign and _says_less(one, other, place < index):
                    one.leave("repeated", REPEATED)


def _says_less(one: Statement, other: Statement, is_later: bool) -> bool:
    """Whether a statement says no more than another one with the same amount."""
    if one.years.years != other.years.years and one.years.years and other.years.years:
        return False
    mine = bool(one.years.years or one.years.each)
    theirs = bool(other.years.years or other.years.each)
    return is_later if mine == theirs else theirs


def _same_words(one: Statement, other: Statement) -> bool:
    """Whether two statements have mostly the same words; two items of lists must have all the same."""
    mine, theirs = stems(one.found), stems(other.found)
    shared = len(mine & theirs)
    if one.block.kind == other.block.kind == ITEM and other.role != roles.SUM:
        return mine == theirs
    return shared > 0 and shared * 2 >= min(len(mine), len(theirs)) and shared * 3 >= max(len(mine), len(theirs))

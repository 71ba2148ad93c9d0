"""The statements under one heading in; the amounts of its measure, year by year, out.

A heading with an amount is the first year's. The text under it says which other years there are: a stated level goes on
("økende til 7 millioner i 2021") unless the measure is limited in time; between two levels nothing is known.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_budget import context, roles
from kommunebudsjett.readers.party_budget.amounts import rounded
from kommunebudsjett.readers.party_budget.numerals import count_of
from kommunebudsjett.readers.party_budget.outline import Section
from kommunebudsjett.readers.party_budget.signs import label_sign
from kommunebudsjett.readers.party_budget.statements import (
    DOUBTFUL,
    NO_NAME,
    SEVERAL_YEARS,
    SIGN_UNKNOWN,
    SOURCE,
    YEAR_DOUBT,
    Statement,
)
from kommunebudsjett.readers.party_budget.words import Words
from kommunebudsjett.readers.party_budget.years import YEARS, expand
from kommunebudsjett.readers.records import Measure

EXPLICIT, IMPLIED, AMBIGUOUS = "explicit", "implied", "ambiguous"
HALF_YEAR = "halvårseffekt"
REPEATED = "the amount of the heading, stated again"
OTHER_AMOUNT = "another amount than the heading's for the same year"
NO_YEAR = "an amount without a year that is not the measure's"
_TO = re.compile(r"\btil\s(?:(?:totalt|hele|ca\.?|om\slag)\s)?$", re.IGNORECASE)
_GROWTH = re.compile(r"\b(?:øk|auk|oppt|trapp|stig|voks|hev|redus|synk|senk|avta|utvid|opp|ned|fra)", re.IGNORECASE)
_BY = re.compile(
    r"\b(?P<words>(?:økende|aukande|økning|opptrapping|stigende|synkende|avtakende|ytterligere)\s(?:\w+\s)?(?:med|på)\s"
    r"(?:ytterligere\s)?|ytterligere\s)$",
    re.IGNORECASE,
)
# These leave open what grows only where an amount of an earlier year is stated.
_CHANGED = re.compile(r"\b(?:økes?|øker|trappes?\sopp|reduseres?|kuttes?)\s(?:\w+\s){0,2}med\s$", re.IGNORECASE)
_ONWARDS = re.compile(
    r"\s?(?:,\s)?(?:og\s)?(?:videre|utover|deretter|fr[ae]mover|ut\s\w*perioden|(?:de\s)?(?:på)?følgende\s(?:år|årene))\b",
    re.IGNORECASE,
)
_SEASON = re.compile(r"\b(?P<season>vår\w*|høst\w*|haust\w*|sommer\w*|vinter\w*|\w*halvår)\s$", re.IGNORECASE)
_FOR_SO_LONG = re.compile(r"\s(?:\w+\s){0,5}?i\s(?P<count>to|tre|fire|fem|\d)\sår\b", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?:vurder\w*|evaluer\w*)[^.]{0,80}?\b(?:viderefør\w*|forleng\w*|nivået|på\snytt)\b[^.]{0,20}?"
    r"\b(?P<how>fra|etter)\s(?P<year>(?:19|20)\d\d)\b"
    r"|\b(?P<until>til\sog\smed|ut)\s(?:året\s)?(?P<last>(?:19|20)\d\d)\b"
    r"|\b(?:avsluttes|avvikles|opphører|fases\sut)\s(?:i|etter|ved\sutgangen\sav)\s(?P<end>(?:19|20)\d\d)\b"
    r"|\b(?:avsluttes|avvikles|opphører|fases\sut)\sfra\s(?:og\smed\s)?(?P<gone>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_FRAME = re.compile(
    r"\bårlige?\s(?:\w+\s)?(?:ramme|tilskudd|støtte|bevilgning|bidrag|driftstilskudd|sum|beløp)\w*", re.IGNORECASE
)
_DOES_FOR = re.compile(
    r"\b(?P<verb>revers|sett|legg|øk(?!ende|ning)|styrk|viderefør|bevilg|tilfør|dekk|oppretthold)\w*\s"
    r"(?:(?!halv|dobl|dobbel|tredobl|redus|kuttes|avvikl|mer\b|mindre|øk|stig|resten)[^\W\d][\w-]*\s){0,5}?(?:både\s)?i\s$",
    re.IGNORECASE,
)
_RUN = re.compile(r"\d\s?[-−–/]\s?\d|\btil\b")
_INTO_FUND = re.compile(
    r"\b(?:tilfør|avset|sett|tilbakefør|overfør|styrk|øk)\w*\b[^.]*\b\w*fond(?:et|ets|ene)?\b", re.IGNORECASE
)
_OUT_OF_FUND = re.compile(r"\b(?:fra|av)\s\w*fond(?:et|ene)?\b", re.IGNORECASE)
_AND = re.compile(r"\b(?:og|samt)\s(?:\w+\s){0,3}$", re.IGNORECASE)
_LONGEST_LEAD = 90
# With these a statement is left that has no name or year of its own; under a heading it is the measure's.
_OF_HEADING = (NO_NAME, SEVERAL_YEARS, roles.RAISED_TO, roles.ON_TOP)


@dataclass
class Figure:
    """What is stated of a measure in one year; without a year it is for the whole period."""

    amount: float | None
    basis: str
    certainty: str
    line: int
    line_last: int
    quote: str
    note: str = ""
    lasts: bool = False
    is_level: bool = False
    goes_on_as: "Figure | None" = None


def measures_under(
    document: Document, section: Section, head: Statement | None, body: Sequence[Statement], words: Words, kind: str
) -> list[Measure]:
    """The rows of the measure of a section. Statements that are not its amounts are left with the reason.

    `head` is the amount beside the heading, `kind` is that of the chapter.
    """
    reading = _Reading(document, section, words, kind, body)
    if head is not None:
        reading.take_head(head, body)
    for one in sorted(body, key=lambda one: not (one.years.years or one.years.is_total)):
        reading.take(one)
    reading.doubt_head()
    reading.go_on()
    return list(reading.rows())


class _Reading:
    def __init__(self, document: Document, section: Section, words: Words, kind: str, body: Sequence[Statement]):
        self._body = body
        self._document = document
        self._section = section
        self._words = words
        self._kind = kind
        self._figures: dict[int, Figure] = {}
        self._totals: list[Figure] = []
        self._text = " ".join(block.text for block in section.blocks)
        self._is_open = self._is_confirmed = False

    # Amounts.

    def take_head(self, head: Statement, body: Sequence[Statement]) -> None:
        """Take the amount beside the heading: the first year's, unless years are printed with it."""
        amount = head.amount
        title = self._section.title
        named = [year for found in YEARS.finditer(title) for year in expand(found[1])]
        odd = set(named) & set(self._document.years) - {self._document.budget_year}
        is_limit = self._words.all("limit", title) and self._words.all("limit", title)[-1].end() == len(title)
        is_run = len(head.years.years) > 1 and _RUN.search(head.block.amount)
        if (
            amount.form not in ("amount", "range")
            or head.role in (roles.OTHERS, roles.RATE)
            or odd
            or is_limit
            or is_run
        ):
            head.leave(head.role if not head.is_measure else roles.AMBIGUOUS, head.reason or NO_YEAR)
            return
        head.role, head.reason = roles.CHANGE, ""
        years = head.years.years or (self._document.budget_year,)
        line, quote = head.line, head.block.amount.rstrip(" )") if head.block.amount else head.raw
        note = HALF_YEAR if self._words.has("half_year", head.block.amount) else ""
        if amount.form == "range":
            note = _joined(note, f"a range is stated: {quote}")
            self._figures[years[0]] = Figure(None, "heading", AMBIGUOUS, line, line, head.raw, note)
            return
        again = next((one for one in body if abs(one.value - head.value) < 1e-9), None)
        sign = (
            -1
            if amount.is_negative or head.block.has_minus
            else self._sign(again)
            if again
            else self._sign_of(self._text)
        )
        if not sign:
            head.leave(roles.AMBIGUOUS, SIGN_UNKNOWN)
            return
        for year in years:
            figure = Figure(_whole(sign * head.value), "heading", EXPLICIT, line, line, head.raw, note)
            self._figures[year] = replace(figure, lasts=head.years.lasts)

    def take(self, one: Statement) -> None:
        """Take an amount of the text, or leave it with the reason."""
        if one.is_taken_from and one.is_measure and self._words.has("take", one.before):
            one.leave(roles.AMBIGUOUS, SOURCE)
        elif one.block.lines[0].is_set_in or self._words.has("part", one.before):
            one.leave(roles.PART, "a part of the measure's frame, which is already counted")
        elif not one.years.years and not one.years.is_total and self._repeats(one):
            one.leave("repeated", REPEATED)
            if one.duration == "half_year":
                self._note_half_year()
        elif not one.is_measure and not self._is_of_heading(one):
            self._is_open = self._is_open or one.role in (roles.AMBIGUOUS, roles.RANGE, roles.LIMIT)
        elif one.amount.form != "amount" or self._is_one_of_several(one):
            self._is_open = True
            one.leave(roles.RANGE, "a range, a change, or one of several amounts")
        else:
            self._take(one)

    def _take(self, one: Statement) -> None:
        if not self._sign(one):
            one.leave(roles.AMBIGUOUS, SIGN_UNKNOWN)
            return
        figure = self._figure(one)
        years = one.years.years
        one.role = roles.CHANGE
        if one.years.is_total or self._words.has("total", one.before[-25:]):
            self._totals.append(figure)
        elif len(years) > 1 and self._is_one_or_each(one):
            note = f"{_printed(figure.amount)} in each year of {years[0]}-{years[-1]}, or in all"
            self._totals.append(replace(figure, amount=None, certainty=AMBIGUOUS, note=note))
        elif years:
            self._place(one, figure)
        elif one.years.each or _FOR_SO_LONG.match(one.after):
            self._spread(one, figure)
        elif self._grows_to(one) and self._document.budget_year not in self._figures:
            note = _joined(figure.note, "no year is stated")
            self._figures[self._document.budget_year] = replace(figure, certainty=IMPLIED, lasts=False, note=note)
        elif self._figures or self._totals:
            one.leave(roles.AMBIGUOUS, NO_YEAR)
        else:
            self._totals.append(replace(figure, certainty=IMPLIED, note=_joined(figure.note, "no year is stated")))

    def _is_of_heading(self, one: Statement) -> bool:
        """Whether only a heading makes an amount the measure's: it has the name, or is about what is doubtful alone."""
        named = one.reason == roles.CONDITIONAL and self._words.has("maybe", self._section.title)
        covers = one.reason == SOURCE and self._kind == context.SAVINGS and self._words.has("fund", one.after)
        return named or covers or one.reason in _OF_HEADING

    def _figure(self, one: Statement) -> Figure:
        block, years = one.block, one.years.years
        end = one.amount.end
        printed = next((found for found in YEARS.finditer(block.text, end) if expand(found[1]) == years), None)
        season = _SEASON.search(block.text, 0, printed.start()) if printed and years else None
        notes = [HALF_YEAR if one.duration == "half_year" else ""]
        if printed and years and printed.end() <= one.part.end + 1:
            end = printed.end()
            if len(years) > 1 and _RUN.search(printed[0]):
                notes.append(f"{_printed(self._sign(one) * one.value)} in each of {years[0]}-{years[-1]}")
            if season:
                notes.append(f"{season['season']} {years[0]}")
        is_level = bool(_TO.search(one.before[-16:]) and _GROWTH.search(one.before[-72:]))
        lasts = (
            len(years) == 1 and not season and (is_level or one.years.lasts or bool(_ONWARDS.match(block.text, end)))
        )
        return Figure(
            _whole(self._sign(one) * one.value), "prose", EXPLICIT, one.line, block.line_at(end - 1),
            block.text[one.amount.start : end].rstrip(" .;,"), _joined(*notes), lasts, is_level or bool(self._by(one)),
        )  # fmt: skip

    def _place(self, one: Statement, figure: Figure) -> None:
        """Put a stated amount in its years."""
        years = one.years.years
        if self._differs(one, figure):
            one.leave(roles.AMBIGUOUS, OTHER_AMOUNT)
            return
        earlier = [year for year in self._figures if year < years[0]]
        base = self._figures[max(earlier)].amount if earlier else None
        by = self._by(one)
        grows = by or (base is not None and _CHANGED.search(one.before[-_LONGEST_LEAD:]))
        if earlier and years[0] not in self._figures and grows and (by or abs(base or 0) != one.value):
            figure = _either(figure, by, base)
        for year in years:
            known = self._figures.get(year)
            if known is None:
                self._figures[year] = replace(figure)
            elif known.amount == figure.amount and known.amount is not None:
                self._is_confirmed = self._is_confirmed or known.basis == "heading"
                known.lasts = known.lasts or figure.lasts
                known.note = _joined(known.note, figure.note)
                known.goes_on_as = figure if figure.lasts and known.basis == "heading" else known.goes_on_as
            elif known.basis == "heading":
                known.note = _joined(known.note, f"the text says {_printed(figure.amount)} (line {figure.line})")
            elif known.amount is not None:
                known.note = f"either {_printed(known.amount)} or {_printed(figure.amount)} (line {figure.line})"
                known.amount, known.certainty = None, AMBIGUOUS

    def _differs(self, one: Statement, figure: Figure) -> bool:
        """Whether the heading states another amount for all of an amount's years; its rows then say so."""
        known = [self._figures.get(year) for year in one.years.years]
        if not all(other and other.basis == "heading" and abs(other.amount or 0) != one.value for other in known):
            return False
        for other in filter(None, known):
            other.note = _joined(other.note, f"the text says {_printed(one.value)} (line {figure.line})")
        return True

    def _is_one_or_each(self, one: Statement) -> bool:
        """Whether an amount for a run of years may be for all together: no amount for one year is stated beside it."""
        found = next(
            (f for f in YEARS.finditer(one.block.text, one.amount.end) if expand(f[1]) == one.years.years), None
        )
        return bool(found and _RUN.search(found[0])) and not any(
            len(other.years.years) == 1 for other in self._body if _same_sentence(one, other)
        )

    def _is_one_of_several(self, one: Statement) -> bool:
        """Whether a sentence gives a year to the last of several amounts ("5 mill. til drift og 2 mill. til utstyr i
        2021"), so that which are for it is not clear.
        """
        if not one.years.years and any(
            _same_sentence(one, other) and other.reason == YEAR_DOUBT for other in self._body
        ):
            return True
        beside = [other for other in self._body if _same_sentence(one, other) and other.is_measure]
        undated = [other for other in beside if not other.years.years and not self._is_known(other)]
        later = [
            other for other in beside if other.years.years and undated and other.amount.start > undated[0].amount.start
        ]
        between = one.block.text[undated[0].amount.end : later[0].amount.start] if later else ""
        return (
            bool(later)
            and one in (undated[0], later[0])
            and bool(_AND.search(between))
            and not self._grows_to(undated[0])
        )

    def _is_known(self, one: Statement) -> bool:
        return any(figure.amount is not None and abs(figure.amount) == one.value for figure in self._figures.values())

    def _grows_to(self, one: Statement) -> bool:
        """Whether the next amount of the sentence is what this one grows to in a stated year."""
        later = [other for other in self._body if _same_sentence(one, other) and other.amount.start > one.amount.start]
        return bool(later) and bool(later[0].years.years) and bool(_TO.search(later[0].before[-16:]))

    def _spread(self, one: Statement, figure: Figure) -> None:
        """An amount for every year, or for so many years from the first: each follows from the text."""
        first = min(self._figures, default=self._document.budget_year)
        so_long = _FOR_SO_LONG.match(one.after)
        last = first + (count_of(so_long["count"]) or 1) - 1 if so_long else self._document.period_to
        known = self._figures.get(first)
        if known and known.basis == "heading" and known.amount == figure.amount:
            self._is_confirmed = True
        for year in range(first, min(last, self._document.period_to) + 1):
            self._figures.setdefault(year, replace(figure, certainty=IMPLIED, lasts=False))

    def _by(self, one: Statement) -> str:
        found = _BY.search(one.before[-_LONGEST_LEAD:])
        return " ".join(found["words"].split()) if found else ""

    def _repeats(self, one: Statement) -> bool:
        so_long = _FOR_SO_LONG.match(one.after) or one.years.each
        known = [*self._figures.values(), *self._totals]
        return not so_long and any(figure.amount is not None and abs(figure.amount) == one.value for figure in known)

    def _note_half_year(self) -> None:
        if self._figures:
            first = self._figures[min(self._figures)]
            first.note = _joined(first.note, HALF_YEAR)

    def doubt_head(self) -> None:
        """An amount beside the heading that the text gives to later years only is not the first year's beyond doubt;
        half a year's effect that the text speaks of is the first year's.
        """
        if self._words.has("half_year", self._text):
            self._note_half_year()
        known = self._figures.get(self._document.budget_year)
        if known is None or known.basis != "heading" or known.amount is None or self._is_confirmed:
            return
        later = {year: figure for year, figure in self._figures.items() if figure is not known}
        same = [figure.amount == known.amount and not figure.is_level for figure in later.values()]
        if same and all(same):
            known.note = f"the text says {_printed(known.amount)} from {min(later)}, the heading names no year"
            known.amount, known.certainty = None, AMBIGUOUS

    # Signs.

    def _sign(self, one: Statement | None) -> int:
        if one is None or not (one.sign or one.amount.is_negative):
            return self._sign_of(self._text)
        if one.amount.is_negative:
            return -1
        if self._kind == context.SAVINGS:
            is_less = self._words.has("down", one.before) or one.reason == SOURCE
            return -1 if is_less else self._sign_of(one.quote)
        return one.sign

    def _sign_of(self, text: str) -> int:
        """The sign of the chapter; in one of savings, what goes into a fund or is set aside is spent.

        In other chapters that of the heading's words; 0 where they speak of income or cuts and don't say which it is.
        """
        if self._kind != context.SAVINGS:
            title = self._section.title
            doubtful = any(self._words.has(kind, title) for kind in DOUBTFUL)
            return label_sign(title, self._words) or int(not doubtful)
        for words in (text, self._section.title):
            if _INTO_FUND.search(words) and not _OUT_OF_FUND.search(words):
                return 1
        return 1 if self._words.has("sets_aside", text) else -1

    # Years that follow.

    def go_on(self) -> None:
        """Add the years that the text lets a figure go on to."""
        last = min(self._limit(), self._document.period_to)
        if self._is_open:
            return
        if len(self._figures) == 1 and not self._totals:
            self._heading_goes_on(last)
        for first, second in pairwise(sorted(self._figures)):
            before, after = self._figures[first], self._figures[second]
            if after.is_level or before.lasts:
                for year in range(first + 1, second):
                    self._figures[year] = replace(before, amount=None, certainty=IMPLIED, note="")
        if self._figures:
            end = max(self._figures)
            figure = self._figures[end]
            for year in range(end + 1, last + 1) if figure.lasts else ():
                self._figures[year] = replace(figure.goes_on_as or figure, certainty=IMPLIED, note="")

    def _heading_goes_on(self, last: int) -> None:
        """Years that follow for a heading amount: named without an amount, yearly, or until a new decision."""
        ((first, figure),) = self._figures.items()
        if figure.amount is None or figure.basis != "heading":
            return
        named: set[int] = set()
        for found in YEARS.finditer(self._text):
            if _DOES_FOR.search(self._text, max(0, found.start() - _LONGEST_LEAD), found.start()):
                named.update(year for year in expand(found[1]) if year in self._document.years)
        if _FRAME.search(self._text):
            named.update(range(first + 1, self._document.period_to + 1))
        if first < last < self._document.period_to and not any(year > last for year in named):
            named.update(range(first + 1, last + 1))
        for year in named - {first}:
            self._figures[year] = replace(figure, certainty=IMPLIED, note="", lasts=False)

    def _limit(self) -> int:
        """The last year that the text lets an amount go on to."""
        last, first = self._document.period_to, self._document.budget_year
        for match in _LIMIT.finditer(self._text):
            if match["year"]:
                year = int(match["year"]) - (match["how"].lower() == "fra")
            elif match["gone"]:
                year = last if self._kind == context.SAVINGS else int(match["gone"]) - 1
            else:
                year = int(match["last"] or match["end"])
            last = min(last, year) if year >= first else last
        return min(self._figures, default=first) if self._words.has("once", self._text) else last

    # Rows.

    def rows(self) -> Iterator[Measure]:
        """The rows of the measure; one without year and amount where none is stated."""
        found: list[tuple[int | None, Figure]] = [(year, self._figures[year]) for year in sorted(self._figures)]
        found += [(None, figure) for figure in self._totals]
        heading, blocks = self._section.heading, self._section.blocks
        if heading is None:
            return
        if not found and blocks:
            found = [(None, Figure(None, "", "", heading.line, blocks[-1].lines[-1].number, heading.title))]
        kind = {context.INVESTMENT: "investering", context.SAVINGS: "inndekning"}.get(self._kind, "drift")
        for year, figure in found:
            yield Measure(
                self._document.id, self._section.area, kind, "", heading.title, year, figure.amount, figure.basis,
                figure.certainty, "", figure.line, figure.line_last, figure.quote, figure.note,
                "period_total" if year is None and figure.certainty == EXPLICIT else "change",
            )  # fmt: skip


def _same_sentence(one: Statement, other: Statement) -> bool:
    return other.block is one.block and other.part.sentence_start == one.part.sentence_start


def _either(figure: Figure, by: str, base: float | None) -> Figure:
    """A figure that may be what another grows to, or by."""
    value = figure.amount or 0
    other = "an unknown level" if base is None else _printed(_whole(base + value))
    printed = f"{by} {figure.quote}".strip()
    note = f'"{printed}": either to {_printed(value)} or by {_printed(value)} to {other}'
    return replace(figure, amount=None, certainty=AMBIGUOUS, note=_joined(figure.note, note))


def _whole(value: float) -> float:
    value = rounded(value)
    return int(value) if value == int(value) else value


def _printed(value: float | None) -> str:
    return f"{value:g}"


def _joined(*notes: str) -> str:
    return "; ".join(dict.fromkeys(piece for note in notes for piece in note.split("; ") if piece))

"""A headed measure in, its rows year by year out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_prose.doubts import NOT_UNDERSTOOD, UNREAD, odd_print, why_not_ours
from kommunebudsjett.readers.party_prose.layout import COVERING, Heading
from kommunebudsjett.readers.party_prose.ledger import Ledger, Span, leave_year, why_no_amount
from kommunebudsjett.readers.party_prose.passage import Passage
from kommunebudsjett.readers.party_prose.statements import (
    AT,
    COUNTS,
    Amount,
    Statements,
    Year,
    statements,
)
from kommunebudsjett.readers.party_prose.tokens import whole
from kommunebudsjett.readers.records import Measure
from kommunebudsjett.readers.text import MINUS

EXPLICIT, IMPLIED, AMBIGUOUS = "explicit", "implied", "ambiguous"
HALF_YEAR = "halvårseffekt"

_CHANGE = re.compile(
    r"\b(?P<cut>(?:kutt|reduser|nedjuster|nedskaler|senk|stryk|trekk|spar)e[rs]?|tas?\s+ned|tar\s+ned)\b"
    r"|\b(?:øke[rs]?|øk|styrke[rs]?|heve[rs]?|tilføre[rs]?|tilbakeføre[rs]?|bevilge[rs]?|reverser\w*|utvide[rs]?|sette[rs]?"
    r"|avsette[rs]?|legge[rs]?)\b",
    re.IGNORECASE,
)
# Without one of these no verb of cutting is there: a cheap test before the expression.
_PARTS_OF_CUTS = ("kutt", "reduser", "ned", "senk", "stryk", "trekk", "spar")
_CUT_ITSELF = re.compile(r"(?:krav|kutt|innsparing|reduksjon)\w*", re.IGNORECASE)
_PURPOSE = re.compile(r"\bfor\s+å\s+$", re.IGNORECASE)
# What can stand between a verb of cutting and an amount that is its object: other amounts and years.
_CHAIN = (
    r"(?:[\s\d,;.–-]|millioner\b|million\b|mill\b|mnok\b|kroner\b|kr\b|i\b|og\b|fra\b|til\b|økende\b|stigende\b|ca\b"
    r"|årlig\b|ytterligere\b|inn\b|ned\b|ut\b|hele\b|derfor\b|\w+\stilsvarende\b)*"
)
_ITS_OBJECT = re.compile(_CHAIN, re.IGNORECASE)
_A_CUT_OF = re.compile(
    r"\b(?:kutt|innsparing(?:er)?|reduksjon|effektivisering|\w+krav|besparelse)\s+(?:\w+\s+){0,2}?på\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_REVERSES = re.compile(r"\brevers\w*\b[^,.;]*$", re.IGNORECASE)
_REVERSED = re.compile(r"[^,.;]*\b(?:reverseres|tilbakeføres|fjernes)\b", re.IGNORECASE)
_INTO_FUND = re.compile(
    r"\b(?:tilfør|avset|sett|tilbakefør|overfør|styrk|øk)\w*\b[^.]*\b\w*fond(?:et|ets|ene)?\b", re.IGNORECASE
)
_OUT_OF_FUND = re.compile(r"\b(?:fra|av)\s+\w*fond(?:et|ene)?\b", re.IGNORECASE)
_SPENDING = re.compile(
    r"\b(?:sette[rs]?\s+(?:\w+\s+){0,3}?av|avsette[rs]?|avsetning|bevilge[rs]?|bevilgning|merutgift\w*|økte\s+\w*utgift\w*"
    r"|økt\s+tilskudd)\b",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:vurder\w*|evaluer\w*)[^.]{0,80}?\b(?:viderefør\w*|forleng\w*|nivået|på\s+nytt)\b[^.]{0,20}?"
    r"\b(?P<how>fra|etter)\s+(?P<year>(?:19|20)\d\d)\b"
    r"|\b(?P<until>til\s+og\s+med|ut)\s+(?:året\s+)?(?P<last>(?:19|20)\d\d)\b"
    r"|\b(?:avsluttes|avvikles|opphører|fases\s+ut)\s+(?:i|etter|ved\s+utgangen\s+av)\s+(?P<end>(?:19|20)\d\d)\b"
    r"|\b(?:avsluttes|avvikles|opphører|fases\s+ut)\s+fra\s+(?:og\s+med\s+)?(?P<gone>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_ONCE = re.compile(r"\bengangs\w*", re.IGNORECASE)
_SO_MANY_YEARS = re.compile(
    r"\b(?:i|over)\s+(?P<count>to|tre|fire|fem)\s+år\b|\b(?P<joined>to|tre|fire|fem)årig", re.IGNORECASE
)
_YEARLY_FRAME = re.compile(
    r"\bårlige?\s+(?:\w+\s+)?(?:ramme|tilskudd|støtte|bevilgning|bidrag|driftstilskudd|sum|beløp)\w*",
    re.IGNORECASE,
)
_DOES_FOR = re.compile(
    r"\b(?P<verb>revers|sett|legg|øk|styrk|viderefør|bevilg|tilfør|kutt|dekk|oppretthold)\w*\s+(?:(?!halv|dobl|dobbel|tredobl|tredje|redus|kuttes|avvikl|mer\b|mindre|øk|stig|resten)[\w-]+\s+){0,5}?(?:både\s+)?i\s+$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Figure:
    """A figure of a measure: what is stated of one year, and where."""

    amount: float | int | None
    basis: str
    certainty: str
    line: int
    line_last: int
    quote: str
    note: str = ""
    lasts: bool = False
    level: bool = False
    goes_on_as: "Figure | None" = None


@dataclass(slots=True)
class Reading:
    """What is known of a measure while its text is read."""

    heading: Heading
    document: Document
    ledger: Ledger
    figures: dict[int, Figure]
    totals: list[Figure]
    heading_confirmed: bool = False


def read_measure(
    heading: Heading, passages: list[Passage], document: Document, ledger: Ledger, deadlines: Sequence[Span]
) -> list[Measure]:
    """The rows of a measure. `deadlines` is where the deadlines of its asks stand."""
    parts = [statements(passage, document.years) for passage in passages]
    reading = Reading(heading, document, ledger, {}, [])
    _read_heading(reading, parts)
    limit = _limit(reading, parts)
    _read_prose(reading, parts)
    _contradicted_heading(reading)
    if reading.figures and any(part.half_year for part in parts):
        _note_half_year(reading)
    if not any(amount.reason in UNREAD for part in parts for amount in part.amounts):
        if len(reading.figures) == 1 and reading.heading.amount and not reading.totals:
            _heading_goes_on(reading, parts, limit)
        _fill(reading, min(limit, document.period_to))
    for part in parts:
        _account_for_rest(reading, part, deadlines)
    return _rows(reading)


def _read_heading(reading: Reading, parts: list[Statements]) -> None:
    """Take the amount that stands beside the title; other numbers of the title are part of a name."""
    heading, document = reading.heading, reading.document
    for title in heading.title_passages():
        for token in title.tokens():
            reason = NOT_UNDERSTOOD if token.kind == "money" else "part of the name of a measure"
            reading.ledger.leave(title, token, reason)
    if heading.amount is None:
        return
    passage = Passage([heading.amount])
    part = statements(passage, document.years)
    money = part.amounts[0] if part.amounts else None
    for token in part.others:
        reading.ledger.leave(passage, token, "printed in a way that the reader does not know")
    if money is None:
        return
    reason = _why_no_heading_amount(heading, passage, part, document)
    if reason:
        for amount in part.amounts:
            reading.ledger.leave(passage, amount.token, amount.reason or reason)
        for year in part.years:
            leave_year(reading.ledger, passage, replace(year, used=False), document, ())
        return
    note = HALF_YEAR if money.half_year else ""
    quote = passage.quote(money.token.start, money.token.end)
    line = heading.amount.number
    reading.ledger.take()
    years = money.years or (document.budget_year,)
    for year in part.years:
        leave_year(reading.ledger, passage, year, document, ())
    if money.token.low is not None:
        note = _join_notes(note, f"a range is stated: {quote}")
        reading.figures[years[0]] = Figure(None, "heading", AMBIGUOUS, line, line, quote, note)
        return
    if money.several_readings:
        note = _join_notes(note, f"{_printed(money.token.value)} in each year of {years[0]}-{years[-1]}, or in all")
        reading.totals.append(Figure(None, "heading", AMBIGUOUS, line, line, quote, note))
        return
    printed = money.token.value
    value = -abs(printed) if passage.text[0] in MINUS else _signed(printed, _heading_sign(reading, parts, printed))
    for year in years:
        reading.figures[year] = Figure(
            value, "heading", EXPLICIT, line, line, quote, note, lasts=money.lasts or money.yearly
        )


def _why_no_heading_amount(heading: Heading, passage: Passage, part: Statements, document: Document) -> str:
    """Why the amount beside a title is not the first year's, "" where it is."""
    amount = part.amounts[0]
    if amount.reason or len(part.amounts) > 1:
        return amount.reason or NOT_UNDERSTOOD
    title = f"{heading.title} "
    start = len(title) + amount.token.start
    text = title + passage.text
    above = [token for one in heading.title_passages() for token in one.tokens()]
    if any(token.kind == "money" for token in above):
        return "one of several amounts in a heading"
    years = {year for token in above for year in token.years if year in document.years}
    if years - {document.budget_year}:
        return "an amount beside a year that may be its own"
    odd = odd_print(text, start, start + amount.token.end - amount.token.start)
    return odd or why_not_ours(text[:start], text[len(title) + amount.token.end :])


def _read_prose(reading: Reading, parts: list[Statements]) -> None:
    """Take the amounts of the prose: those with years first, so that the others can be told as repetitions."""
    undated = []
    for part in parts:
        for index, amount in enumerate(part.amounts):
            following = part.amounts[index + 1] if index + 1 < len(part.amounts) else None
            if amount.years or amount.total:
                _read_amount(reading, part, amount)
            else:
                undated.append((part, amount, following))
    for part, amount, following in undated:
        if following and following.level and following.years and following.sentence == amount.sentence:
            _read_first_level(reading, part, amount)
        else:
            _read_amount(reading, part, amount)


def _read_first_level(reading: Reading, part: Statements, amount: Amount) -> None:
    """ "1 million økende til 2 millioner i 2021": the first amount is the first year's, where no other is stated."""
    first = reading.document.budget_year
    if amount.reason or first in reading.figures or part.passage.indented_at(amount.token.start):
        _read_amount(reading, part, amount)
        return
    reading.ledger.take()
    value = _signed(amount.token.value, _sign(reading, part, amount))
    figure = _figure(part, amount, value)
    reading.figures[first] = replace(
        figure, certainty=IMPLIED, lasts=False, note=_join_notes(figure.note, "no year is stated")
    )


def _read_amount(reading: Reading, part: Statements, amount: Amount) -> None:
    """Take one amount of the prose, or list it with the reason."""
    reason = _why_not(reading, part, amount)
    if reason:
        reading.ledger.leave(part.passage, amount.token, reason)
        return
    reading.ledger.take()
    value = _signed(amount.token.value, _sign(reading, part, amount))
    figure = _figure(part, amount, value)
    if amount.several_readings:
        note = f"{_printed(value)} in each year of {amount.years[0]}-{amount.years[-1]}, or in all"
        reading.totals.append(replace(figure, amount=None, certainty=AMBIGUOUS, note=note))
    elif amount.total:
        reading.totals.append(figure)
    elif amount.years:
        _place(reading, amount, value, figure)
    elif amount.yearly or amount.span:
        _spread(reading, amount, figure)
    elif not _repeats(reading, amount):
        note = _join_notes(figure.note, "no year is stated")
        reading.totals.append(replace(figure, certainty=IMPLIED, note=note))
    if not amount.years:
        _mark_half_year(reading, amount)


def _why_not(reading: Reading, part: Statements, amount: Amount) -> str:
    """Why an amount is not taken, "" where it is."""
    if amount.reason:
        return amount.reason
    if part.passage.indented_at(amount.token.start):
        return "a part of the measure's frame, which is already counted"
    if _differs_from_heading(reading, part, amount):
        return "another amount than the heading's for the same year"
    if amount.yearly and reading.figures and (amount.by or amount.raised) and not _repeats(reading, amount):
        return "a yearly growth, not a level"
    if amount.years or amount.total or _repeats(reading, amount):
        return "a range of amounts" if amount.token.low is not None else ""
    if amount.token.low is not None:
        return "a range of amounts"
    if amount.yearly or amount.span or not (reading.figures or reading.totals):
        return ""
    return "a level without a year" if amount.level else "an amount without a year that is not the measure's"


def _differs_from_heading(reading: Reading, part: Statements, amount: Amount) -> bool:
    """Whether the heading states another amount for all of an amount's years; its rows then say so in their note."""
    known = [reading.figures.get(year) for year in amount.years]
    if not known or not all(
        figure and figure.basis == "heading" and figure.amount and abs(figure.amount) != abs(amount.token.value)
        for figure in known
    ):
        return False
    line = part.passage.line_at(amount.token.start)
    for figure in known:
        figure.note = _join_notes(figure.note, f"the text says {_printed(amount.token.value)} (line {line})")
    return True


def _place(reading: Reading, amount: Amount, value: float | int, figure: Figure) -> None:
    """Put a stated amount in its years."""
    earlier = [year for year in reading.figures if year < amount.years[0]]
    base = reading.figures[max(earlier)].amount if earlier else None
    if (
        earlier
        and amount.years[0] not in reading.figures
        and (amount.by or _may_be_growth(amount, value, base, reading.heading.kind))
    ):
        to_value, by_value = value, None if base is None else whole(base + value)
        if base is None or by_value != to_value:
            printed = f"{amount.by} {figure.quote}".strip()
            other = "an unknown level" if by_value is None else _printed(by_value)
            note = f'"{printed}": either to {_printed(to_value)} or by {_printed(value)} to {other}'
            figure = replace(figure, amount=None, certainty=AMBIGUOUS, note=_join_notes(figure.note, note))
    for year in amount.years:
        known = reading.figures.get(year)
        if known is None:
            reading.figures[year] = replace(figure)
        elif known.amount is not None and figure.amount is not None and known.amount == figure.amount:
            known.lasts = known.lasts or figure.lasts
            known.note = _join_notes(known.note, figure.note)
            if known.basis == "heading":
                reading.heading_confirmed = True
                known.goes_on_as = figure if amount.lasts else known.goes_on_as
        elif known.basis == "heading":
            known.note = _join_notes(known.note, f"the text says {_printed(value)} (line {figure.line})")
        elif known.amount is not None:
            known.note = f"either {_printed(known.amount)} or {_printed(value)} (line {figure.line})"
            known.amount, known.certainty = None, AMBIGUOUS


def _may_be_growth(amount: Amount, value: float | int, base: float | int | None, kind: str) -> bool:
    """Whether an amount may be a change of the year before it: of another sign or verb than a restated level's."""
    if base is None or abs(value) == abs(base) or amount.level:
        return False
    return amount.compared or amount.raised or (value < 0 < base and kind != COVERING)


def _spread(reading: Reading, amount: Amount, figure: Figure) -> None:
    """An amount for every year, or for so many years from the first: each follows from the text."""
    first = min(reading.figures, default=reading.document.budget_year)
    last = first + amount.span - 1 if amount.span else reading.document.period_to
    for year in range(first, min(last, reading.document.period_to) + 1):
        reading.figures.setdefault(year, replace(figure, certainty=IMPLIED, lasts=False))


def _figure(part: Statements, amount: Amount, value: float | int) -> Figure:
    passage, token = part.passage, amount.token
    end = token.end
    if amount.year_token and amount.year_token.start > end:
        end = amount.year_token.end
    notes = [HALF_YEAR if amount.half_year else ""]
    if len(amount.years) > 1 and not (amount.several_readings or amount.total) and _is_run(passage, amount):
        notes.append(f"{_printed(value)} in each of {amount.years[0]}-{amount.years[-1]}")
    if amount.season and amount.year_token:
        notes.append(f"{amount.season} {amount.year_token.years[0]}")
    return Figure(
        value,
        "prose",
        EXPLICIT,
        passage.line_at(token.start),
        passage.line_at(end - 1),
        passage.quote(token.start, end),
        _join_notes(*notes),
        amount.lasts,
        amount.level or bool(amount.by),
    )


def _is_run(passage: Passage, amount: Amount) -> bool:
    """Whether years are printed as a run (2022-2023), which leaves it to the reader that each is meant."""
    printed = passage.text[amount.year_token.start : amount.year_token.end]
    return "og" not in printed


def _repeats(reading: Reading, amount: Amount) -> bool:
    """Whether an amount without a year is one that the measure has already."""
    known = [figure.amount for figure in reading.figures.values()] + [figure.amount for figure in reading.totals]
    return any(other is not None and abs(other) == abs(amount.token.value) for other in known)


def _mark_half_year(reading: Reading, amount: Amount) -> None:
    if amount.half_year and reading.figures:
        _note_half_year(reading)


def _note_half_year(reading: Reading) -> None:
    first = reading.figures[min(reading.figures)]
    first.note = _join_notes(first.note, HALF_YEAR)


def _contradicted_heading(reading: Reading) -> None:
    """A heading amount that the prose gives to later years only isn't the first year's beyond doubt."""
    first = reading.document.budget_year
    known = reading.figures.get(first)
    if known is None or known.basis != "heading" or known.amount is None or reading.heading_confirmed:
        return
    same = [
        (year, figure)
        for year, figure in reading.figures.items()
        if figure.basis == "prose" and figure.certainty == EXPLICIT and figure.amount == known.amount
    ]
    if same and len(same) == len(reading.figures) - 1 and not any(figure.level for _, figure in same):
        later = min(year for year, _ in same)
        known.note = f"the text says {_printed(known.amount)} from {later}, the heading names no year"
        known.amount, known.certainty = None, AMBIGUOUS


def _heading_goes_on(reading: Reading, parts: list[Statements], limit: int) -> None:
    """Years that follow for a heading amount: named without an amount, yearly, or until a new decision."""
    first, figure = next(iter(reading.figures.items()))
    if figure.amount is None or figure.basis != "heading":
        return
    follows = replace(figure, certainty=IMPLIED, note="")
    named: set[int] = set()
    yearly = False
    for part in parts:
        text = part.passage.text
        yearly = yearly or ("årlig" in text and bool(_YEARLY_FRAME.search(text)))
        for year in part.years:
            if not year.used and year.use == AT and not year.season and _named_for(part, year, reading.heading.kind):
                year.used = True
                named.update(value for value in year.token.years if value in reading.document.years)
    if yearly:
        named.update(range(first + 1, reading.document.period_to + 1))
    if first < limit < reading.document.period_to and not any(year > limit for year in named):
        named.update(range(first + 1, limit + 1))
    for year in named - {first}:
        reading.figures[year] = follows


def _named_for(part: Statements, year: Year, kind: str) -> bool:
    does = _DOES_FOR.search(part.passage.text[max(0, year.token.start - 90) : year.token.start])
    return bool(does) and (kind == COVERING or does["verb"].lower() != "kutt")


def _limit(reading: Reading, parts: list[Statements]) -> int:
    """The last year that the measure's text lets an amount go on to."""
    last = reading.document.period_to
    for part in parts:
        text = part.passage.text
        for match in _LIMIT.finditer(text) if part.years and _may_limit(text) else ():
            if match["year"]:
                year = int(match["year"]) - (match["how"].lower() == "fra")
            elif match["gone"]:
                # What ends in a list of cuts is the spending, not the cut.
                year = last if reading.heading.kind == COVERING else int(match["gone"]) - 1
            else:
                year = int(match["last"] or match["end"])
            if year >= reading.document.budget_year:
                last = min(last, year)
        if not part.amounts:
            continue
        first = min((amount.years[0] for amount in part.amounts if amount.years), default=reading.document.budget_year)
        if "ngangs" in text and _ONCE.search(text):
            last = min(last, first)
        many = ("årig" in text or " år" in text) and _SO_MANY_YEARS.search(text)
        if many:
            last = min(last, first + COUNTS[(many["count"] or many["joined"]).lower()] - 1)
    return last


def _may_limit(text: str) -> bool:
    """Whether a text holds a part of a word without which nothing ends: a cheap test before the expression."""
    return (
        "urder" in text
        or "valuer" in text
        or "til og med" in text
        or " ut " in text
        or "avs" in text
        or "avv" in text
        or "opph" in text
        or "fases" in text
    )


def _fill(reading: Reading, limit: int) -> None:
    """Add the years that follow: between two stated levels without an amount, after the last one as it stands."""
    figures = reading.figures
    stated = sorted(figures)
    for first, second in pairwise(stated):
        before, after = figures[first], figures[second]
        if second - first > 1 and (after.level or before.lasts):
            for year in range(first + 1, second):
                figures[year] = replace(before, amount=None, certainty=IMPLIED, note="")
    if stated:
        last = figures[stated[-1]]
        if last.lasts:
            for year in range(stated[-1] + 1, limit + 1):
                figures[year] = replace(last.goes_on_as or last, certainty=IMPLIED, note="")


def _account_for_rest(reading: Reading, part: Statements, deadlines: Sequence[Span]) -> None:
    """List the years and other numbers of a paragraph that no figure has taken."""
    ledger, passage = reading.ledger, part.passage
    for year in part.years:
        leave_year(ledger, passage, year, reading.document, deadlines)
    for token in part.others:
        ledger.leave(passage, token, why_no_amount(passage.text, token))


def _sign(reading: Reading, part: Statements, amount: Amount) -> int:
    """-1 for a cut, 1 for spending, from the words that govern the amount."""
    text = part.passage.text
    start, end = amount.sentence
    lead = text[start : amount.token.start]
    governed = _governed(lead, text[amount.token.end : end])
    if governed:
        return governed
    if reading.heading.kind != COVERING:
        return 1
    return _covering_sign(text[start:end], reading.heading.title)


def _governed(lead: str, tail: str) -> int:
    """The sign that a verb of change gives to its object or to what stands after `med`, 0 where none does."""
    cut_of = _A_CUT_OF.search(lead) if "på " in lead[-16:] else None
    if cut_of:
        return 1 if _REVERSES.search(lead[: cut_of.start()]) or _REVERSED.match(tail) else -1
    plain = lead.lower()
    if not any(part in plain for part in _PARTS_OF_CUTS):
        return 0
    verbs = [verb for verb in _CHANGE.finditer(lead) if not _PURPOSE.search(lead, 0, verb.start())]
    if not verbs or not verbs[-1]["cut"]:
        return 0
    last = verbs[-1].end()
    changed, found, _ = lead[last - 1 :].partition(" med ")
    changed = lead[: last - 1] + changed
    if not found:
        leads_to_level = lead[last:].lstrip().startswith(("til ", "fra "))
        return -1 if not leads_to_level and _ITS_OBJECT.fullmatch(lead, last) else 0
    return 1 if _CUT_ITSELF.search(changed, verbs[-1].end()) else -1


def _covering_sign(sentence: str, title: str) -> int:
    for words in (sentence, title):
        if _INTO_FUND.search(words) and not _OUT_OF_FUND.search(words):
            return 1
    return 1 if _SPENDING.search(sentence) else -1


def _heading_sign(reading: Reading, parts: list[Statements], value: float) -> int:
    """A heading amount has the sign that its repetition in the prose has; else that of the chapter."""
    for part in parts:
        for amount in part.amounts:
            if not amount.reason and abs(amount.token.value) == abs(value):
                return _sign(reading, part, amount)
    if reading.heading.kind != COVERING:
        return 1
    text = parts[0].passage.text if parts else ""
    return _covering_sign(text, reading.heading.title)


def _signed(value: float | int, sign: int) -> float | int:
    """The value with its sign; a printed minus stands."""
    return value if value < 0 else sign * value


def _printed(value: float | int) -> str:
    return f"{value:g}"


def _join_notes(*notes: str) -> str:
    kept: list[str] = []
    for note in notes:
        for piece in filter(None, note.split("; ")):
            if piece not in kept:
                kept.append(piece)
    return "; ".join(kept)


def _rows(reading: Reading) -> list[Measure]:
    heading, document = reading.heading, reading.document
    figures: list[tuple[int | None, Figure]] = [(year, reading.figures[year]) for year in sorted(reading.figures)]
    figures += [(None, figure) for figure in reading.totals]
    if not figures:
        last = max(heading.lines)
        figures = [(None, Figure(None, "", "", heading.line, last, heading.title))]
    return [_row(heading, document, year, figure) for year, figure in figures]


def _row(heading: Heading, document: Document, year: int | None, figure: Figure) -> Measure:
    return Measure(
        document=document.id,
        area=heading.area,
        kind=heading.kind,
        group="",
        measure=heading.title,
        year=year,
        amount_mnok=figure.amount,
        basis=figure.basis,
        certainty=figure.certainty,
        printing="",
        line=figure.line,
        line_last=figure.line_last,
        quote=figure.quote,
        note=figure.note,
    )

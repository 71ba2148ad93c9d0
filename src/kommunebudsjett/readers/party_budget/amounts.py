"""Running text in, the amounts of money in it out.

One grammar for all ways of printing an amount. What it does not take whole has no value and the reason.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kommunebudsjett.readers.party_budget.numerals import NUMERAL, numeral_before

_SPACES = " \u00a0\u202f\u2009"
_MINUS = "-−–‐"
_NUMBER = re.compile(
    rf"(?<![\w,'’])(?<!\d\.)(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)(?:,\d+)?|\d{{1,3}}(?:\.\d{{3}})+(?![\d.])(?:,\d+)?"
    rf"|\d{{1,3}}(?:['’]\d{{3}})+(?!\d)|\d{{0,3}}[{_SPACES}]?[½¼¾]|\d+(?:[.,/]\d+)*|\d+)"
)
# "1½ mill."
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_ANY = re.compile(rf"{_NUMBER.pattern}|{NUMERAL.pattern}", re.IGNORECASE)
_MILLIONS = r"mill(?:ion(?:er|ar|ene|ane|en)?)?\b\.?|mio\b\.?"
_BILLIONS = r"milliard(?:er|ar|ene|ane|en)?\b|mrd\b\.?"
_KRONER = r"kroner\b|kronar\b|kr\b\.?|NOK\b"
_AFTER = re.compile(
    rf"[{_SPACES}]?(?:(?P<millions>{_MILLIONS})(?:[{_SPACES}]*(?P<kroner>{_KRONER}))?"
    rf"|(?P<billions>{_BILLIONS})(?:[{_SPACES}]*(?:{_KRONER}))?"
    rf"|(?P<hundred_thousands>hundre\s?tusen)(?:[{_SPACES}]*(?:{_KRONER}))?"
    rf"|(?P<thousands>tusen\b|['’](?!\d)|(?:tnok|tkr|kkr|knok)\b\.?|t\.\s?kr\b\.?)(?:[{_SPACES}]*(?:{_KRONER}))?"
    rf"|(?P<mnok>mnok\b|mkr\b\.?)|(?P<ones>{_KRONER}|,[-–−]+))",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<mnok>mnok|mkr)|(?P<thousands>tnok|tkr|kkr|knok|t\.\s?kr)|(?P<ones>kr|nok))[.:]?[{_SPACES}]?$",
    re.IGNORECASE,
)
# A unit after a number belongs to that.
_UNIT_OF_ANOTHER = re.compile(rf"(?:\d|{_MILLIONS}|{_BILLIONS}|tusen)[{_SPACES}]?$", re.IGNORECASE)
_SCALES = {"millions": 1.0, "mnok": 1.0, "billions": 1e3, "hundred_thousands": 0.1, "thousands": 1e-3, "ones": 1e-6}
_YEAR = re.compile(r"(?:19|20)\d\d")
_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_FOREIGN = re.compile(r"\s?(?:euro?\b|€|\$|usd\b|dollar|sek\b|dkk\b|svenske|danske)", re.IGNORECASE)
_FOREIGN_BEFORE = re.compile(r"(?:€|\$|£|eur|euro|usd|sek|dkk)\s?$", re.IGNORECASE)
_RANGE = re.compile(rf"\s?(?:[{_MINUS}—]\s?|til\s|eller\s)$", re.IGNORECASE)
_APPROXIMATELY = r"(?:(?:ca\.?|cirka|omtrent|om lag|omlag|rundt|nesten|nær|vel|bortimot|drøyt|knapt)\s)?"
_LINKED = re.compile(
    rf"\s(?P<word>til|og|i stedet for|istedenfor|i staden for|framfor)\s{_APPROXIMATELY}$", re.IGNORECASE
)
_FROM = re.compile(rf"\b(?:fra|frå)\s{_APPROXIMATELY}$", re.IGNORECASE)
_BY = re.compile(rf"\bmed\s(?:ytterligere\s)?{_APPROXIMATELY}$", re.IGNORECASE)
_BETWEEN = re.compile(rf"\bmellom\s{_APPROXIMATELY}$", re.IGNORECASE)
_ODD_BEFORE = re.compile(r"(?:[÷±~<>≥≤×*x]\s?|\bpluss\s|(?<!\d)\d{1,3},\s|\d\s?/\s?|\bog\sen\s?)$")
_ODD_AFTER = re.compile(
    r"\s?(?:(?:pluss|minus)\s\d|[×*]\s?\d|x\s?\d|og (?:en|ein|ei)\s?(?:halv|kvart)\b|\d)", re.IGNORECASE
)
_MINUS_BEFORE = re.compile(
    rf"(?:(?:^|(?<=[\s(:]))[{_MINUS}]|(?<=\.\.\s)[{_MINUS}]\s|(?<=…\s)[{_MINUS}]\s|(?<=[:=]\s)[{_MINUS}]\s|(?<=\()[{_MINUS}]\s|\bminus\s)$",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s?(?:%|prosent|promille|pst\b)", re.IGNORECASE)
_OTHER_SIZE = re.compile(r"\s(?:mil|km|meter|prosentpoeng|årsverk|stillinger)\b", re.IGNORECASE)
_LEADS = re.compile(r"(?:\sog|\stil|\seller|[-–])\s?$", re.IGNORECASE)
_WINDOW = 40
_MOST_DIGITS = 15

NOT_UNDERSTOOD = "an amount that is printed in a way that the reader does not know"
NO_UNIT = "an amount without a unit"


# Nothing is raised or lowered to so small a share of what it was.
_MOST_RATIO = 500


class Amount(NamedTuple):
    """An amount and where it is printed.

    `form` is `amount`, `range` (from `value` to `high`), `from_to` (`high` - `value`), `instead` (`value` in place of
    `high`), `bare` (a number without a unit) or `unclear` (not understood whole). Values are million kroner.
    """

    start: int
    end: int
    form: str
    value: float
    high: float | None = None
    is_negative: bool = False

    @property
    def change(self) -> float:
        """What the amount changes, as far as its form says."""
        if self.form == "from_to" and self.high is not None:
            return rounded(self.high - self.value)
        if self.form == "instead" and self.high is not None:
            return rounded(self.value - self.high)
        return self.value


class _Found(NamedTuple):
    """A number with what stands right before and after it; `scale` is None where it has no unit."""

    start: int
    end: int
    number: float | None
    scale: float | None
    is_negative: bool
    digits: str


def rounded(value: float) -> float:
    """A value without the noise of arithmetic."""
    return round(value, 9) + 0.0


def find_amounts(text: str, is_no_money: re.Pattern[str] | None = None) -> list[Amount]:
    """The amounts of a text in order; `is_no_money` tells the words that make "5 millioner" none of kroner."""
    found = _joined(text, [one for one in _numbers(text) if not _is_of_other(text, one, is_no_money)])
    amounts: list[Amount] = []
    index = 0
    while index < len(found):
        pair = _pair(text, found[index], found[index + 1]) if index + 1 < len(found) else None
        if pair:
            amounts.append(pair)
            index += 2
            continue
        amount = _single(text, found[index])
        if amount:
            amounts.append(amount)
        index += 1
    return amounts


def _numbers(text: str) -> Iterator[_Found]:
    taken = 0
    for match in _ANY.finditer(text):
        if match.start() < taken:
            continue
        is_digits = match[0][0].isdigit() or match[0][-1] in _FRACTIONS
        start, end = match.span()
        before = text[max(0, start - _WINDOW) : start]
        if is_digits:
            after = _AFTER.match(text, end)
            leading = _BEFORE.search(before)
            if leading and _UNIT_OF_ANOTHER.search(before[: leading.start()]):
                leading = None
            number = _value(match[0], after, before)
        else:
            spoken = numeral_before(text, start)
            if spoken is None:
                continue
            number, end = spoken
            after, leading = _AFTER.match(text, end), None
            # Without a unit, a word is a number only as the first of two ("seks og sju millioner").
            if after is None and match[0].endswith(tuple(" -–")) and not _LEADS.search(match[0]):
                continue
        scale = _scale(after, leading)
        negative = _MINUS_BEFORE.search(before)
        if leading and (after is None or scale is not None):
            start -= len(before) - leading.start()
        taken = after.end() if after and after[0] else end
        yield _Found(start, taken, number, scale, bool(negative), match[0] if is_digits else "")


def _scale(after: re.Match[str] | None, leading: re.Match[str] | None) -> float | None:
    for unit in (after, leading):
        if unit is not None:
            return next(_SCALES[name] for name, value in unit.groupdict().items() if value and name in _SCALES)
    return None


def _value(digits: str, after: re.Match[str] | None, before: str) -> float | None:
    """What the digits mean, None where it is not clear."""
    plain = digits.translate(dict.fromkeys(map(ord, _SPACES + "'’")))
    if len(re.sub(r"\D", "", plain)) > _MOST_DIGITS or "/" in plain:
        return None
    if plain[-1] in _FRACTIONS:
        return int(plain[:-1] or 0) + _FRACTIONS[plain[-1]]
    large = bool(after and (after["millions"] or after["billions"] or after["mnok"]))
    if digits.startswith("0") and digits[1:2].isdigit():
        whole = re.search(r"(\d+),\s$", before)
        return None if not whole or not large else float(f"{whole[1]}.{digits}")
    groups = _GROUPS.match(plain)
    if groups and (groups[0] == plain or plain[groups.end()] == ","):
        # "5.100 mill" may be five or five thousand.
        return None if large else float(plain.replace(".", "").replace(",", "."))
    return float(plain.replace(",", ".")) if _PLAIN.fullmatch(plain) else None


def _is_of_other(text: str, found: _Found, is_no_money: re.Pattern[str] | None) -> bool:
    """Whether a number is a year, a share, a date or counts something else than kroner."""
    after = text[found.end : found.end + _WINDOW]
    if _PERCENT.match(after) or (found.scale is None and _OTHER_SIZE.match(after)):
        return True
    if (
        found.scale is None
        and found.digits
        and ("/" in found.digits or found.digits.count(".") > 1)
        and found.number is None
    ):
        return True
    if found.scale is None:
        return bool(_YEAR.fullmatch(found.digits)) and not text[found.end : found.end + 1].isalpha()
    has_kroner = "kr" in text[found.start : found.end].lower() or "nok" in text[found.start : found.end].lower()
    if _FOREIGN.match(after) or _FOREIGN_BEFORE.search(text[max(0, found.start - 6) : found.start]):
        return True
    return bool(not has_kroner and is_no_money and is_no_money.match(after.lstrip()))


def _joined(text: str, found: list[_Found]) -> list[_Found]:
    """Amounts of which one is printed in two parts ("5 mill 100 tusen kroner") made one, and "1, 07" its whole."""
    out: list[_Found] = []
    for one in found:
        if out and one.digits.startswith("0") and one.digits[1:2].isdigit() and text[out[-1].end : one.start] == ", ":
            out[-1] = one._replace(start=out[-1].start)
            continue
        above = out[-1] if out else None
        if (
            above is not None
            and above.scale is not None
            and one.scale is not None
            and above.scale > one.scale
            and above.number is not None
            and one.number is not None
            and text[above.end : one.start] in (" ", " og ")
            and one.number * one.scale < above.scale
        ):
            number = above.number + one.number * one.scale / above.scale
            out[-1] = above._replace(end=one.end, number=number)
            continue
        out.append(one)
    return out


def _pair(text: str, first: _Found, second: _Found) -> Amount | None:
    """Two numbers that belong together: a range, from one to another, or one in place of another."""
    between = text[first.end : second.start]
    if second.scale is None or first.number is None or second.number is None or len(between) > _WINDOW:
        return None
    if first.scale is None and first.digits and _YEAR.fullmatch(first.digits):
        return None
    low = rounded(first.number * (second.scale if first.scale is None else first.scale))
    high = rounded(second.number * second.scale)
    before = text[max(0, first.start - _WINDOW) : first.start]
    link = _LINKED.fullmatch(between)
    word = link["word"].lower() if link else ""
    if first.scale is None and low > _MOST_RATIO * high and (word or _RANGE.fullmatch(between)):
        # "fra 600.000 til 1,2 millioner": the first is no millions, and what it is, is not printed.
        return Amount(first.start, second.end, "range", low, high)
    if second.is_negative and between.strip(_SPACES) in _MINUS and between.strip():
        return Amount(first.start, second.end, "range", low, high)
    if word == "til" and first.scale is not None and _BY.search(before):
        # "økes med 200 000 kroner til 1,1 millioner"
        return Amount(first.start, second.end, "amount", low)
    if _RANGE.fullmatch(between) or word == "til":
        form = "from_to" if _FROM.search(before) and word == "til" else "range"
        return Amount(first.start, second.end, form, low, high)
    if word == "og":
        if _BETWEEN.search(before):
            return Amount(first.start, second.end, "range", low, high)
        return Amount(first.start, second.end, "unclear", low) if first.scale is None else None
    if word:
        return Amount(first.start, second.end, "instead", low, high)
    return None


def _single(text: str, found: _Found) -> Amount | None:
    if found.scale is None:
        if not found.digits:
            return None
        return Amount(found.start, found.end, "bare", found.number or 0.0, is_negative=found.is_negative)
    before = text[max(0, found.start - 7) : found.start]
    after = text[found.end : found.end + _WINDOW]
    if found.number is None or _ODD_BEFORE.search(before) or _odd_after(after):
        return Amount(found.start, found.end, "unclear", 0.0)
    return Amount(found.start, found.end, "amount", rounded(found.number * found.scale), is_negative=found.is_negative)


def _odd_after(after: str) -> bool:
    odd = _ODD_AFTER.match(after)
    return bool(odd and not _YEAR.match(after.lstrip()))

"""A number of a sheet and the code of its format in, the characters that a Norwegian Excel shows out.

A code has up to four sections, `positive;negative;zero;text`, each a row of digit places and literals: `#,##0`,
`0.0%`, `#,##0,;[Red]-#,##0,`, `dd.mm.yyyy`. Files hold codes in the American way; they are shown with a space between
thousands and a comma before decimals.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from kommunebudsjett.forms.date_formats import show_date

GENERAL = "General"
_ACCOUNTING = '_-{0}* {1}_-;\\-{0}* {1}_-;_-{0}* "-"{2}_-;_-@_-'
# The formats that files give by number alone.
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"kr" #,##0;-"kr" #,##0',
    6: '"kr" #,##0;[Red]-"kr" #,##0', 7: '"kr" #,##0.00;-"kr" #,##0.00', 8: '"kr" #,##0.00;[Red]-"kr" #,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "dd.mm.yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "dd.mm.yyyy h:mm",
    37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    41: _ACCOUNTING.format("", "#,##0", ""), 42: _ACCOUNTING.format('"kr"', "#,##0", ""),
    43: _ACCOUNTING.format("", "#,##0.00", "??"), 44: _ACCOUNTING.format('"kr"', "#,##0.00", "??"),
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
HIDDEN = "its number format shows nothing of it"
OTHER_NUMBER = "its cell shows another number than it is stored with"
OTHER_SIGN = "its number format shows it with another sign than it is stored with"

# Excel keeps so many digits of a number, and shows so many characters of one without a format.
_DIGITS = 15
_GENERAL_WIDTH = 11
_LONGEST_CODE = 300
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<width>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|Standard)|(?P<exponent>E[+-])|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)"
    r"|(?P<slash>/)|(?P<text>@)|(?P<ampm>AM/PM|A/P)|(?P<letters>y+|m+|d+|h+|s+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'(?:"[^"]*"?|\\.|[_*].|\[[^\]]*\]|[^;"\\_*\[]|[_*\[\\])*', re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$([^-]*)(?:-.*)?")
_COLOUR = re.compile(
    r"(?:black|blue|cyan|green|magenta|red|white|yellow|colou?r\s?\d+|svart|rød|blå|grønn|gul|hvit|farge\s?\d+)", re.I
)
_WHITE = re.compile(r"white|hvit|(?:colou?r|farge)\s?2", re.I)
_ELAPSED = re.compile(r"[hms]+", re.IGNORECASE)
_SPACES = " \u00a0\u202f"
_MINUS = "-−–"
_MONEY = r"(?:[^\W\d_]{1,5}\.?|[$€£])"
_SIGNED = re.compile(rf"(?<![\dE])[{_MINUS}]\s*{_MONEY}?\s*\d|\(\s*{_MONEY}?\s*\d.*\)|\d[{_MINUS}]$", re.I)
_MINUS_WORD = re.compile(r"^minus\s*(?=\d)", re.I)
# A sign that the currency parts from its number.
_SIGN_APART = re.compile(rf"^([{_MINUS}])\s*({_MONEY})\s*(?=\d)", re.I)
_BRACKETS_APART = re.compile(rf"^\(\s*({_MONEY}?)\s*([\d ,]+?)\s*({_MONEY}?)\s*\)$", re.I)


class Shown(NamedTuple):
    """What a cell shows, and why its number is not to be read from that ("" where it is)."""

    text: str
    problem: str = ""


class _Token(NamedTuple):
    kind: str
    text: str


class _Section(NamedTuple):
    """A section of a code. `colour` where it is shown in one of its own; `condition` says for which numbers."""

    tokens: tuple[_Token, ...]
    colour: str
    condition: tuple[str, Decimal] | None

    @property
    def is_date(self) -> bool:
        kinds = [token.kind for token in self.tokens]
        if not any(kind in ("letters", "elapsed", "ampm") for kind in kinds):
            return False
        # Only parts of a second have places of digits in a date: `mm:ss.0`.
        first = kinds.index("digit") if "digit" in kinds else len(kinds)
        return first == len(kinds) or "point" in kinds[:first]

    @property
    def only_negative(self) -> bool:
        """Whether its condition lets no number above zero through."""
        return self.condition is not None and self.condition[0] in ("<", "<=") and self.condition[1] <= 0


def show_number(value: float, code: str, *, from_1904: bool = False) -> Shown:
    """The characters that a cell with a number shows. `from_1904` is how the workbook counts days.

    A number below zero that only a colour marks is written with a minus. What is shown with another sign than it is
    stored with, and what is not shown at all, has a problem.

    >>> show_number(-1519353, "#,##0;[Red]#,##0").text, show_number(0.975, "0.0%").text
    ('-1 519 353', '97,5%')
    """
    sections = _sections_of(code)
    number = _decimal(value)
    if number is None:
        return Shown("", "it is no number")
    section, own = _chosen(sections, number)
    if section is None:
        return Shown("", HIDDEN)
    if section.is_date:
        shown = show_date(value, [(token.kind, token.text) for token in section.tokens], from_1904)
        return Shown(shown) if shown else Shown("", "its number format shows it as a date, and it is none")
    text = _number(section, abs(number))
    if number < 0 and not own and text and re.search("[1-9]", text):
        text = f"-{text}"
    return signed(text, number, bool(section.colour))


def is_white(value: float, code: str) -> bool:
    """Whether a cell shows a number in white, which is how some formats hide it."""
    number = _decimal(value)
    section = None if number is None else _chosen(_sections_of(code), number)[0]
    return section is not None and _WHITE.fullmatch(section.colour) is not None


def show_text(text: str, code: str) -> Shown:
    """The characters that a cell with text shows: the fourth section of a code is for text."""
    sections = _sections_of(code)
    section = sections[3] if len(sections) > 3 else next((s for s in sections if _has(s, "text")), None)
    if section is None:
        return Shown(text)
    shown = "".join(text if token.kind == "text" else _literal(token) for token in section.tokens)
    shown = shown.strip() if section.tokens else ""
    return Shown(shown) if shown or not text.strip() else Shown("", HIDDEN)


def _decimal(value: float) -> Decimal | None:
    try:
        number = Decimal(f"{value:.{_DIGITS}g}")
    except (InvalidOperation, OverflowError, ValueError):
        return None
    return number if number.is_finite() and abs(number) < Decimal("1e100") else None


def _sections_of(code: str) -> tuple[_Section, ...]:
    return _sections(code if len(code) <= _LONGEST_CODE else GENERAL)


@lru_cache(maxsize=1000)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[str] = []
    at = 0
    while len(parts) < 4:
        match = _SECTION.match(code, at)
        assert match is not None
        parts.append(match[0])
        at = match.end() + 1
        if at > len(code):
            break
    return tuple(map(_section, parts))


def _section(code: str) -> _Section:
    tokens = []
    colour = ""
    condition = None
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "other"
        text = match[kind]
        if kind != "bracket":
            tokens.append(_Token(kind, text))
        elif found := _CONDITION.fullmatch(text.strip()):
            condition = found[1], Decimal(found[2])
        elif found := _CURRENCY.fullmatch(text):
            tokens.append(_Token("quoted", found[1]))
        elif _COLOUR.fullmatch(text.strip()):
            colour = text.strip()
        elif _ELAPSED.fullmatch(text):
            tokens.append(_Token("elapsed", text))
    return _Section(tuple(tokens), colour, condition)


def _chosen(sections: tuple[_Section, ...], number: Decimal) -> tuple[_Section | None, bool]:
    """The section for a number, and whether it is one for numbers below zero, which writes the minus itself."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _holds(section.condition, number):
                return section, section.only_negative
        return None, False
    if number < 0 and len(numeric) > 1:
        return numeric[1], True
    if number == 0 and len(numeric) > 2:
        return numeric[2], False
    return numeric[0], False


def _holds(condition: tuple[str, Decimal], number: Decimal) -> bool:
    sign, limit = condition
    return {
        "<": number < limit, ">": number > limit, "=": number == limit,
        "<=": number <= limit, ">=": number >= limit, "<>": number != limit,
    }[sign]  # fmt: skip


def signed(text: str, number: float | Decimal, coloured: bool) -> Shown:
    """The text that shows a number, with the minus that a colour stands for; or why its sign cannot be known."""
    text = _sign_by_number(" ".join(text.split()))
    if not number:
        return Shown(text)
    if not any(map(str.isdigit, text)):
        return Shown(text, HIDDEN)
    if not re.search("[1-9]", text):
        # So near to zero nothing has a sign.
        return Shown(re.sub(rf"[{_MINUS}()]", "", text) if _SIGNED.search(text) else text)
    if (_SIGNED.search(text) is not None) == (number < 0):
        return Shown(text)
    if number < 0 and coloured:
        return Shown(f"-{text}")
    return Shown("", OTHER_SIGN)


def _sign_by_number(text: str) -> str:
    """The text with the sign or the brackets beside the number, where a currency stands between: `kr -1 200`."""
    text = _MINUS_WORD.sub("-", text)
    text = re.sub(rf"^([{_MINUS}])\s+(?=\d)", r"\1", text)
    text = _SIGN_APART.sub(r"\2 \1", text)
    return _BRACKETS_APART.sub(lambda match: f"{match[1]} ({match[2]}) {match[3]}".strip(), text)


def _has(section: _Section, kind: str) -> bool:
    return any(token.kind == kind for token in section.tokens)


def _literal(token: _Token) -> str:
    """What a token shows that stands for no digit. A width, and what fills a cell, are about a space."""
    if token.kind in ("width", "fill"):
        return " "
    return token.text if token.kind in ("quoted", "escaped", "other", "letters", "slash", "ampm") else ""


# Numbers that are not below zero.


def _number(section: _Section, number: Decimal) -> str:
    tokens = section.tokens
    if not tokens:
        return ""
    if _has(section, "general") or _has(section, "text"):
        shown = _general(number)
        return "".join(shown if token.kind in ("general", "text") else _literal(token) for token in tokens)
    if not _has(section, "digit"):
        return "".join(map(_sign_of_percent_or_literal, tokens))
    for token in tokens:
        number = number * 100 if token.kind == "percent" else number
    if _has(section, "exponent"):
        return _scientific(tokens, number)
    if _is_fraction(tokens):
        return _fraction(tokens, number)
    return _plain(tokens, number)


def _sign_of_percent_or_literal(token: _Token) -> str:
    return token.text if token.kind in ("percent", "point", "comma") else _literal(token)


def _general(number: Decimal) -> str:
    """A number without a format: whole numbers whole, others with so many decimals as fit into the usual width."""
    if number == number.to_integral_value():
        return f"{number:.0f}"
    whole = len(f"{int(number)}")
    places = max(0, _GENERAL_WIDTH - whole - 1)
    rounded = _rounded(number, places)
    if not rounded:
        return f"{number:.5E}".replace(".", ",")
    text = f"{rounded:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if number < Decimal("1e20") else number


class _Places(NamedTuple):
    """Where the digits of a number stand among the tokens: the first and last place before the point, and after."""

    whole: list[int]
    decimals: list[int]
    grouped: bool
    thousands: int


@lru_cache(maxsize=1000)
def _places(tokens: tuple[_Token, ...]) -> _Places:
    kinds = [token.kind for token in tokens]
    point = kinds.index("point") if "point" in kinds else len(kinds)
    whole = [at for at in range(point) if kinds[at] == "digit"]
    decimals = [at for at in range(point, len(kinds)) if kinds[at] == "digit"]
    last = whole[-1] if whole else -1
    grouped = any(kind == "comma" for kind in kinds[whole[0] if whole else 0 : last + 1])
    # Commas after the last place, before or after the decimals, each divide by a thousand.
    end = decimals[-1] if decimals else point
    after = [at for at in (*range(last + 1, point), *range(end + 1, len(kinds))) if kinds[at] == "comma"]
    return _Places(whole, decimals, grouped, len(after) if whole or decimals else 0)


def _plain(tokens: tuple[_Token, ...], number: Decimal) -> str:
    places = _places(tokens)
    number = _rounded(number.scaleb(-3 * places.thousands), len(places.decimals))
    whole, _, decimals = f"{number:f}".partition(".")
    parts = _whole_parts(tokens, places, whole.lstrip("0"))
    decimals = _without_optional(decimals, [tokens[at].text for at in places.decimals])
    for at, digit in zip(places.decimals, decimals, strict=False):
        parts[at] = digit
    out = []
    for at, token in enumerate(tokens):
        if token.kind == "digit":
            out.append(parts.get(at, ""))
        elif token.kind == "point":
            alone = whole.lstrip("0") if not places.whole else ""
            # Without places it is written where a dash stands for them: `1 200,-`.
            dash = not places.decimals and "".join(map(_literal, tokens[at + 1 :]))[:1] in tuple(_MINUS)
            out.append(alone + ("," if decimals or dash else ""))
        elif at not in parts:
            out.append(token.text if token.kind == "percent" else _literal(token))
    return "".join(out)


def _whole_parts(tokens: tuple[_Token, ...], places: _Places, digits: str) -> dict[int, str]:
    """What stands in each place before the point: one digit each from the right, all that are left in the first."""
    parts: dict[int, str] = {}
    if not places.whole:
        return parts
    least = [place for place, at in enumerate(places.whole) if tokens[at].text == "0"]
    digits = digits.rjust(len(places.whole) - least[0], "0") if least else digits
    between = [at for at in range(places.whole[0], places.whole[-1]) if _stands_between(tokens[at])] if digits else []
    if places.grouped or (between and _parts_thousands(tokens, places, between)):
        parts = dict.fromkeys((*places.whole, *between), "")
        if digits:
            parts[places.whole[0]] = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", " ", digits)
        return parts
    for place in reversed(places.whole):
        first = place == places.whole[0]
        parts[place] = digits if first else digits[-1:]
        digits = digits[:-1]
    return parts


def _stands_between(token: _Token) -> bool:
    return token.kind not in ("digit", "width", "fill") and bool(_literal(token))


def _parts_thousands(tokens: tuple[_Token, ...], places: _Places, between: list[int]) -> bool:
    """Whether all that stands between places are spaces with three places after each, as in `# ##0`."""
    ends = [*between[1:], places.whole[-1] + 1]
    counts = [sum(at < place < end for place in places.whole) for at, end in zip(between, ends, strict=True)]
    return all(_literal(tokens[at]) in _SPACES for at in between) and set(counts) == {3}


def _without_optional(decimals: str, places: list[str]) -> str:
    """The decimals without the zeros at their end whose places need not be filled."""
    while decimals and decimals[-1] == "0" and places[len(decimals) - 1] != "0":
        decimals = decimals[:-1]
    return decimals


def _scientific(tokens: tuple[_Token, ...], number: Decimal) -> str:
    """A power of ten (`1,23E+05`), the whole part as long as its places."""
    kinds = [token.kind for token in tokens]
    mark = kinds.index("exponent")
    places = _places(tokens[:mark])
    step = max(1, len(places.whole))
    power = (number.adjusted() // step * step if step > 1 else number.adjusted()) if number else 0
    shown = _rounded(number.scaleb(-power), len(places.decimals))
    if shown >= Decimal(10) ** step:
        power += step
        shown = _rounded(number.scaleb(-power), len(places.decimals))
    after = [at for at in range(mark, len(kinds)) if kinds[at] == "digit"]
    sign = "-" if power < 0 else "+" if tokens[mark].text[1] == "+" else ""
    rest = "".join(map(_literal, tokens[(after[-1] if after else mark) + 1 :]))
    before = _plain(tokens[:mark], shown)
    return f"{before}E{sign}{abs(power):0{max(1, len(after))}d}{rest}"


def _is_fraction(tokens: tuple[_Token, ...]) -> bool:
    kinds = [token.kind for token in tokens]
    return "slash" in kinds and "digit" in kinds[: kinds.index("slash")] and "point" not in kinds


def _fraction(tokens: tuple[_Token, ...], number: Decimal) -> str:
    """A fraction (`1 1/2`), with a denominator of so many digits as the code has places for, or of its own."""
    slash = next(at for at, token in enumerate(tokens) if token.kind == "slash")
    below = "".join(token.text for token in tokens[slash + 1 :] if token.kind in ("digit", "other"))
    fixed = re.match(r"[1-9]\d*", below)
    mixed = len(re.findall("[0#?]+", "".join(t.text if t.kind == "digit" else " " for t in tokens[:slash]))) > 1
    if fixed:
        count, of = round(Fraction(number) * int(fixed[0])), int(fixed[0])
    else:
        part = Fraction(number).limit_denominator(10 ** min(4, max(1, len(re.findall("[0#?]", below)))) - 1)
        count, of = part.numerator, part.denominator
    whole, count = divmod(count, of) if mixed else (0, count)
    shown = f"{count}/{of}" if count or not mixed else ""
    return " ".join(filter(None, [str(whole) if whole or not shown else "", shown]))

"""A day number of a sheet and the tokens of its format in, the date or time as it is shown in Norway out."""

import datetime
import re

_MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "desember",
)  # fmt: skip
_DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_FIRST = datetime.datetime(1899, 12, 30)
_FIRST_1904 = datetime.datetime(1904, 1, 1)
# 29 February 1900, which Excel counts and no calendar has; and the last day of the year 9999.
_NO_DAY = 60
_LAST = 2_958_466
_UNITS = {"h": 3600, "m": 60, "s": 1}


def show_date(value: float, tokens: list[tuple[str, str]], from_1904: bool) -> str:
    """The date or time; "" where the number is none. `tokens` are kinds and characters, as `number_formats` has them.

    >>> show_date(46023.0, [("letters", "d"), ("other", "."), ("letters", "mmmm")], False)
    '1.januar'
    """
    if not 0 <= value < _LAST:
        return ""
    fraction = any(kind == "point" for kind, _ in tokens)
    seconds = value * 86400
    seconds = round(seconds, 3) if fraction else round(seconds)
    days = seconds // 86400
    first = _FIRST_1904 if from_1904 else _FIRST + datetime.timedelta(days=days < _NO_DAY)
    moment = first + datetime.timedelta(seconds=seconds)
    half = any(kind == "ampm" for kind, _ in tokens)
    out = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "letters":
            out.append(_letters(text.casefold(), moment, _is_minute(tokens, at), half))
        elif kind == "elapsed":
            unit = text[0].casefold()
            out.append(f"{int(seconds // _UNITS[unit]):0{len(text)}d}")
        elif kind == "ampm":
            out.append("AM" if moment.hour < 12 else "PM")
        elif kind == "point":
            out.append("," if any(later == "digit" for later, _ in tokens[at:]) else ".")
        elif kind == "digit":
            count = sum(earlier == "digit" for earlier, _ in tokens[:at])
            out.append(f"{moment.microsecond:06d}"[count : count + 1])
        elif kind == "slash":
            out.append(".")
        elif kind in ("quoted", "escaped", "other", "comma"):
            out.append(text)
    return re.sub(r"\s+", " ", "".join(out)).strip()


def _is_minute(tokens: list[tuple[str, str]], at: int) -> bool:
    """Whether an `m` is a minute: it stands after an hour or before a second."""
    times = [text[0].casefold() for kind, text in tokens if kind in ("letters", "elapsed")]
    place = sum(kind in ("letters", "elapsed") for kind, _ in tokens[:at])
    before = times[place - 1] if place else ""
    after = times[place + 1] if place + 1 < len(times) else ""
    return before == "h" or after == "s"


def _letters(text: str, moment: datetime.datetime, minute: bool, half: bool) -> str:
    unit, length = text[0], len(text)
    if unit == "y":
        return f"{moment.year:04d}" if length > 2 else f"{moment.year % 100:02d}"
    if unit == "d" and length > 2:
        name = _DAYS[moment.weekday()]
        return name if length > 3 else name[:3]
    if unit == "m" and not minute and length > 2:
        name = _MONTHS[moment.month - 1]
        return name[0] if length == 5 else name if length > 3 else name[:3]
    number = {
        "d": moment.day, "h": (moment.hour + 11) % 12 + 1 if half else moment.hour,
        "m": moment.minute if minute else moment.month, "s": moment.second,
    }[unit]  # fmt: skip
    return f"{number:0{min(length, 2)}d}"

"""Sentences in, what they claim of amounts out: a level, a change, a deviation from a budget, a change of a budget.

Here alone stand the words that tell what a number in a sentence is. What holds a claim true or not is in `judge`; what
claims are held against, in `facts`.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from kommunebudsjett.audit.amounts import Amount, amounts
from kommunebudsjett.audit.vocabulary import is_said

# How many characters before and after a number can say what it is: no expression looks at all of a long text.
REACH = 240
_IN_ALL = r"(?:totalt\s+)?"
_UP = r"økt|økte|øke|øker|økning\w*|vekst\w*|steget|gikk opp|gått opp|oppgang\w*"
_DOWN = r"redusert\w*|redusere|reduksjon\w*|nedgang\w*|gikk ned|gått ned|går (?:litt )?ned|sank|falt|synk\w*"
UP = re.compile(rf"\b(?:{_UP})\b", re.IGNORECASE)
DOWN = re.compile(rf"\b(?:{_DOWN})\b", re.IGNORECASE)
_CHANGED = re.compile(rf"\b(?:{_UP}|{_DOWN})(?:\s+(?:med|på))?\s+{_IN_ALL}$", re.IGNORECASE)
# A change may also name what has changed before its number: "nedgangen i antall saker på".
_CHANGED_BY = re.compile(rf"\b(?:{_UP}|{_DOWN})\b[^.;]{{0,40}}?\b(?:på|med)\s+{_IN_ALL}$", re.IGNORECASE)
_SPENT = re.compile(
    rf"\b(?:mindre\s?forbruk|mer\s?forbruk|mindreinntekt|merinntekt|avvik)\w*[^.,;]{{0,25}}?\b(?:på|er|ble|var|totalt)"
    rf"\s+{_IN_ALL}$",
    re.IGNORECASE,
)
_SPENT_AFTER = re.compile(r"\s*+(?:kroner\s++)?i (?:mindre|mer)\s?forbruk", re.IGNORECASE)
_COMPARED = re.compile(r"^\s*(?:høyere|lavere|mer|mindre|bedre|dårligere|over|under)\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"^(?:lavere|høyere|mindre|mer|økte|reduserte)\b[^.]*?\b(?:på|med)\s+(?:totalt\s+)?$", re.IGNORECASE
)
_BUDGET = re.compile(r"budsjett|forutsatt|anslått", re.IGNORECASE)
_OF_BUDGET = re.compile(
    rf"\b(?:{_UP}|{_DOWN}|nedjuster\w*|oppjuster\w*)\s+budsjettet\s+(?:for|til)\s+(?P<of>[^.;,]{{3,80}}?)\s+med\s+{_IN_ALL}$",
    re.IGNORECASE,
)
_LEVEL = re.compile(rf"\b(?:endte på|ble på|var på|utgjorde|fikk|hadde)\s+{_IN_ALL}$", re.IGNORECASE)
# The number is of a part of what is named, or of something that is named with it.
_PART = re.compile(
    r"\bforvente\w*|\b(?:av dette|hvorav|herav|knyttet til|blant annet|avkastning\w*|kostnaden\w* til|refusjon\w*|"
    r"inntektene fra)\s*$|\b(?:skyldes|gjelder|enhetene|inntektene|utgiftene)\b",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"\b(?:eks|ekskl|eksklusive?|utenom|uten)\b\.?", re.IGNORECASE)
_SHARE_OF = re.compile(r"^\s*(?:kroner\s+)?av\b")
_BASES = (
    ("original", re.compile(r"\b(?:opprinnelig|vedtatt)", re.IGNORECASE)),
    ("revised", re.compile(r"\brevidert", re.IGNORECASE)),
)
_SAME_IN_PERCENT = re.compile(r"\s*+(?:,\s*+)?(?:eller|som|tilsvar|det vil si|dvs|\()")
_RESPECTIVELY = re.compile(
    r"(?P<one>\w{1,60}) og (?P<other>\w{1,60}) (?:økte|ble redusert|sank|er økt|falt) med henholdsvis "
    r"(?P<first>\d{1,9}(?:,\d{1,9})?) og (?P<second>\d{1,9}(?:,\d{1,9})?) mill",
    re.IGNORECASE,
)


_THAN_BUDGET = re.compile(
    r"\b(?P<way>høyere|lavere|mer|mindre) (?P<of>[^.;:()\d]{3,120}?) enn (?P<than>[^.;:,\d]{0,40}?budsjett)",
    re.IGNORECASE,
)


# Where the words end that are of another number.
_OWN_CLAUSE = re.compile(r"[;:.]|,\s|\b(?:men|mens|medan)\b", re.IGNORECASE)


class Claim(NamedTuple):
    """What a sentence says an amount is.

    `kind` is `level`, `change` (from the year before), `deviation` (from one of the budgets in `bases`) or `budget` (a
    change of the budget itself). `before` and `after` are the words around the amount, `about` those that name what it
    is of where the wording shows them. `sure` says that the basis is named. `percent` is the same change in per cent.
    """

    sentence: Any
    kind: str
    amount: Amount
    before: str
    after: str
    about: str = ""
    bases: tuple[str, ...] = ()
    sure: bool = False
    percent: Amount | None = None


def around(text: str, amount: Amount) -> tuple[str, str]:
    """The words before a number, and before those that say how it is rounded, and after it, that can say what it is."""
    return text[max(0, amount.begins - REACH) : amount.begins], text[amount.end : amount.end + REACH]


def claims(sentence: Any) -> Iterator[Claim]:
    """What a sentence claims of amounts of money, one claim a number at most."""
    said = sentence.amounts
    for index, amount in enumerate(said):
        before, after = around(sentence.text, amount)
        own = _OWN_CLAUSE.split(before)[-1]
        if amount.unit != "mnok" or _EXCEPT.search(before) or _EXCEPT.search(after) or not is_said(own):
            continue
        claim = (
            _deviation(sentence, amount, before, after)
            or _of_budget(sentence, amount, before, after)
            or _change(sentence, amount, before, after, said[index + 1 : index + 2])
            or (_level(sentence, amount, before, after) if index == 0 else None)
        )
        if claim:
            yield claim
    match = _RESPECTIVELY.search(sentence.text)
    for words, printed in ((match["one"], match["first"]), (match["other"], match["second"])) if match else ():
        yield Claim(sentence, "change", amounts(f"{printed} millioner")[0], words, "", words)


def _deviation(sentence: Any, amount: Amount, before: str, after: str) -> Claim | None:
    spent = _SPENT.search(before) or _SPENT_AFTER.match(after)
    against = _BUDGET.search(after)
    compared = against and (_COMPARED.match(after) or (amount.start <= REACH and _BEFORE.search(before)))
    if not (spent or compared) or _PART.search(before) or _SHARE_OF.match(after):
        return None
    named = tuple(basis for basis, pattern in _BASES if pattern.search(after))
    bases = named or (("revised",) if spent else ("revised", "original"))
    return Claim(sentence, "deviation", amount, before, after, "", bases, bool(named or spent))


def _of_budget(sentence: Any, amount: Amount, before: str, after: str) -> Claim | None:
    match = _OF_BUDGET.search(before)
    return Claim(sentence, "budget", amount, before, after, match["of"]) if match else None


def _change(sentence: Any, amount: Amount, before: str, after: str, following: list[Amount]) -> Claim | None:
    budget = _BUDGET.search(before) or _BUDGET.search(after)
    if budget or not _CHANGED.search(before) or _PART.search(before.rpartition(",")[2]):
        return None
    link = sentence.text[amount.end : following[0].start][:REACH] if following else ""
    same = following and following[0].unit == "percent" and _SAME_IN_PERCENT.match(link)
    return Claim(sentence, "change", amount, before, after, percent=following[0] if same else None)


def _level(sentence: Any, amount: Amount, before: str, after: str) -> Claim | None:
    if not _LEVEL.search(before) or _SPENT.search(before) or _PART.search(before):
        return None
    return Claim(sentence, "level", amount, before, after)


class Direction(NamedTuple):
    """That things, which `about` names, were more or less than in budgets (`bases`); `said` are the words."""

    sentence: Any
    more: bool
    about: str
    bases: tuple[str, ...]
    said: str


def directions(sentence: Any) -> Iterator[Direction]:
    """What a sentence says was more or less than budgeted, without a number: "det ble brukt mer på varer enn"."""
    for match in _THAN_BUDGET.finditer(sentence.text):
        bases = tuple(basis for basis, pattern in _BASES if pattern.search(match["than"]))
        if not is_said(_OWN_CLAUSE.split(sentence.text[max(0, match.start() - REACH) : match.end()])[-1]):
            continue
        more = match["way"].casefold() in ("høyere", "mer")
        yield Direction(sentence, more, match["of"], bases or ("revised", "original"), match[0])


class Change(NamedTuple):
    """A change of anything that a sentence states: its number, which way it goes, and the words before it."""

    sentence: Any
    amount: Amount
    down: bool
    before: str


def changes(sentence: Any) -> list[Change]:
    """The changes that a sentence states with a number, where its words tell which way they go."""
    out = []
    last = 0
    for amount in sentence.amounts:
        before, _ = around(sentence.text, amount)
        own = _OWN_CLAUSE.split(before)[-1]
        # What stands before another number is of that.
        match = _CHANGED_BY.search(before[max(0, len(before) - (amount.begins - last)) :]) if is_said(own) else None
        down, up = (bool(pattern.search(match[0])) for pattern in (DOWN, UP)) if match else (False, False)
        if down != up:
            out.append(Change(sentence, amount, down, before))
        last = amount.end
    return out

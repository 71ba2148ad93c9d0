"""The wordings that facts are known by, in both written languages: what stands around the words of fact_words.csv."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from kommunebudsjett.readers.facts.amounts import Amount
from kommunebudsjett.readers.facts.words import FactWords, fact_words

Role = Literal["level", "deviation", "change", "target", "limit", "share", "part"]
# How the words of a fact begin that is a part of something.
PART = "del av "

_BUDGETED = (
    r"(?:\w+\s+){0,3}?(?:\w*budsjett|anslag|anslått|forut|føre|venta|forvent|antatt|anteke|planlagt"
    r"|det\s+(?:vi|som|kommunen))"
)
_UP_WORDS = r"(?:høyere|høgare|mer|meir|flere|bedre|betre|større)"
_DOWN_WORDS = r"(?:lavere|lågare|mindre|svakere|dårligere)"
_AFTER_DEVIATION = re.compile(
    r"^[\s()%\d,]*(?:for\s+my(?:e|kje)|for\s+(?P<little>lite)|over\b(?!\s+\d)|(?P<under>under)\b(?!\s+\d)"
    rf"|{_UP_WORDS}\s+enn\s+{_BUDGETED}|(?P<down>{_DOWN_WORDS})\s+enn\s+(?:et\s+)?{_BUDGETED})",
    re.IGNORECASE,
)
_AFTER_CHANGE = re.compile(
    rf"^[\s()%\d,]*(?:{_UP_WORDS}|(?P<down>{_DOWN_WORDS}))\s+enn\s+(?:i\s|ved\s|året|fjor)", re.IGNORECASE
)
_SPENT = re.compile(r"\bbruk(?:te|t|er)\b", re.IGNORECASE)
# What all municipalities together have, or the mean of some, is not the municipality's own.
_OTHERS = re.compile(
    r"\b(?:kommun(?:ene|ane)\s+(?:får|fikk|fekk)|he(?:le|ile)\s+landet|stortinget|landets?\s|asss|\w*(?:gjennom)?snitt(?:et)?\b)",
    re.IGNORECASE,
)
# A part of an amount by its reason, or a first or a last of two: no statement of its own.
_PART = re.compile(
    r"^[^.;,]{0,25}?\b(?:skyldes|skuldast|(?:kan\s+)?(?:tilskrives|tilskrivast|knyttes|knytast))\b", re.IGNORECASE
)
_FROM_TO = re.compile(r"\bfr[aå]\s*$|\bfr[aå]\s[^;]*\btil\s*$", re.IGNORECASE)
# "et negativt netto driftsresultat på 21 millioner", "ble minus 15 millioner"
_NEGATIVE = re.compile(r"\bminus\s+(?:kr\.?\s*)?$|\bnegativt?e?\s+(?:[\w-]+\s+){1,4}(?:kr\.?\s*)?$", re.IGNORECASE)
_EXPECTED = re.compile(r"\b(?:forvent\w+|mot\s+et)\s+(?:mer|mindre)[- ]?forbruk[^.;,]*$", re.IGNORECASE)
# Of a change or a deviation that is said before, in per cent.
_SAID_AGAIN = re.compile(r"\b(?:eller|utgjorde|utgjør|utgjer)\s*$", re.IGNORECASE)
# Between a term and its amount there is no other clause, and nothing that makes the amount one of something else.
_FAR = 60
_BREAK = re.compile(
    r"[;:.(]|,(?!\s*(?:inntil|intill))|\b(?:hvorav|herav|derav|skyldes|skuldast|for å|som|består|blant|hensyn)\b"
    r"|\bskal\s+(?:reduser|øk|auk)",
    re.IGNORECASE,
)
# "Lavere skatteinntekter på 84 millioner" is less, not what there is.
_COMPARATIVE = re.compile(
    r"\b(?:lavere|lågare|høyere|høgare|økt\w*|auka|redusert\w*|mindre|større|ekstra)\s+$", re.IGNORECASE
)
_AREAS = re.compile(r"\w*områd\w+|sektor\w+", re.IGNORECASE)
_VERB = re.compile(r"\b(?:har|hadde|er|viser|et|ein|eit|en|ble|vart|var|som)\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"^(?:[-–•\s]*)(?!(?:Samlet|Til|I|For|Som|Ved|Av|Etter|Totalt|Samla|Bystyret|Kommunestyret)\b)"
    r"(?P<who>[A-ZÆØÅ][^,.;:]{2,60}?)\s+(?:had(?:de)?|har|fikk|fekk|får|er|var|ble|blei|vart|endte|viser|viste"
    r"|gikk|gjekk|kom|brukte)\b"
)
_PLACE = re.compile(
    r"^(?:I|For|På|Innen|Innan)\s+(?P<who>[^,.;:\d]{3,60}?)(?:,|\s+(?:er|var|ble|blei|vart|hadde|har)\b)", re.IGNORECASE
)
_ASIDE = re.compile(r"\([^()\d]*\)")
# A sentence that goes on about what the one before is of.
CARRIES = re.compile(
    r"(?:det|dette)\s+(?:er|var|ble|blei|vart|utgjør|utgjorde|utgjer|tilsvarer|tilsvarar|svarer|svarar)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:det|dette|den|de|dei|desse|disse)\b", re.IGNORECASE)

_YEAR = r"(?:19|20)\d\d(?![\d’'])"
_YEARS = re.compile(rf"(?<![\d.,]){_YEAR}(?!\s*(?:kr|kroner|mill|mrd|%|-kroner|-kr))")
_LIST_OF_YEARS = rf"(?P<years>{_YEAR}(?:(?:\s*,\s*|\s+og\s+){_YEAR})*)"
_ADJACENT = re.compile(rf"^[\s,)]*(?:(?:i|for)\s+)?{_LIST_OF_YEARS}(?!\s*:|\s+og\s+\d)", re.IGNORECASE)
_AHEAD = re.compile(rf"^\W*{_LIST_OF_YEARS}\s*:")
_COMPARED = re.compile(
    r"\b(?:enn\s+i|enn|mot|siden|sidan|sammenligne\w*\s+med|samanlikna\s+med|forhold\s+til)\s+(?:\w+\s+){0,2}?"
    rf"({_YEAR})",
    re.IGNORECASE,
)
_COMPARED_WITH = re.compile(
    r"(?:\b(?:mot|enn|fr[aå]|til)|sammenligne\w*\s+med|samanlikna\s+med)\s+(?:kr\.?\s*)?$", re.IGNORECASE
)
_FROM = re.compile(rf"^[\s)]*fr[aå]\s+({_YEAR})", re.IGNORECASE)
_RESPECTIVELY = re.compile(r"\b(?:henholdsvis|høvesvis|respektive)\b", re.IGNORECASE)


@lru_cache(maxsize=4)
def _after_term(words: FactWords) -> re.Pattern[str]:
    before = r"\s*(?:\w+\s+)?(?P<of>i|av|fra|frå|til)\s+(?:\w+\s+){0,2}?"
    return re.compile(f"{before}(?P<term>{words.term.pattern})", re.IGNORECASE)


@lru_cache(maxsize=4)
def _changed(words: FactWords) -> re.Pattern[str]:
    behind = r"(?:\s+(?:på|med|om\s+lag|ca\.?|kr|rundt|vel|nær|over)){0,4}\s*$"
    return re.compile(f"(?:{words.up.pattern}|(?P<down>{words.down.pattern})){behind}", re.IGNORECASE)


@lru_cache(maxsize=4)
def _limit(words: FactWords) -> re.Pattern[str]:
    return re.compile(words.limit.pattern + r"[^.;]{0,12}$", re.IGNORECASE)


def is_of_others(sentence: str) -> bool:
    """Whether a sentence is about what all municipalities, or the mean of some, have."""
    return bool(_OTHERS.search(sentence))


def is_statement(sentence: str, amount: Amount) -> bool:
    """Whether an amount is stated, and is not the first or last of two, a part by its reason, or only expected."""
    before, after = sentence[: amount.begin], sentence[amount.end :]
    if _FROM_TO.search(before) or _PART.match(after) or _EXPECTED.search(before):
        return False
    return not (amount.unit == "percent" and _SAID_AGAIN.search(before) and not re.match(r"\s*av\b", after))


def term_of(sentence: str, amounts: Sequence[Amount], amount: Amount, carried: str) -> str:
    """What an amount is of: the term before it with who has it, else the one after it, else what is `carried`; ""."""
    words = fact_words()
    terms = list(words.term.finditer(sentence, 0, amount.begin))
    after = _after_term(words).match(sentence, amount.end)
    if after and (not terms or words.deviation.fullmatch(after["term"])):
        return f"{PART}{after['term']}" if after["of"] == "av" else after["term"]
    if terms and _reaches(sentence, terms[-1].end(), amounts, amount):
        level = role_of(sentence, amount) == "level"
        vague = _COMPARATIVE.search(sentence[: terms[-1].start()]) or _AREAS.fullmatch(terms[-1][0])
        return "" if level and vague else _named(sentence, terms)
    return carried


def _reaches(sentence: str, end: int, amounts: Sequence[Amount], amount: Amount) -> bool:
    """Whether nothing stands between a term and an amount that parts them; amounts of one term follow each other."""
    gap = " ".join(sentence[end : amount.begin].split())
    within = [other for other in amounts if end <= other.begin < amount.begin]
    if within:
        last = within[-1]
        between = sentence[last.end : amount.begin]
        related = amount.unit != last.unit or role_of(sentence, amount) in ("change", "deviation")
        return related and len(between) <= _FAR and _reaches(sentence, end, amounts, last)
    return len(gap) <= _FAR and not _BREAK.search(gap)


def _named(sentence: str, terms: Sequence[re.Match[str]]) -> str:
    """The last term, with the one before where they are close, and who has it where the sentence begins with that."""
    begin, end = terms[-1].span()
    gap = sentence[terms[-2].end() : begin] if len(terms) > 1 else ""
    if re.fullmatch(r"[^,;.()\d]{1,30}", gap) and not _VERB.search(gap):
        begin = terms[-2].start()
    subject = _SUBJECT.match(sentence) or _PLACE.match(sentence)
    own = subject and subject.end("who") < begin and sentence.count(",", subject.end("who"), begin) <= _commas(subject)
    who = subject["who"] if subject and own and not _PRONOUN.match(subject["who"]) else ""
    return ": ".join(filter(None, [who, sentence[begin:end]]))


def _commas(subject: re.Match[str]) -> int:
    """How many commas may follow the subject of a clause: `I tjenesteområdene, med stab, er det ...` has two."""
    return 2 if subject.re is _PLACE else 0


def without_asides(sentence: str) -> str:
    """The sentence with blanks for what it says in brackets without a number."""
    return _ASIDE.sub(lambda aside: " " * len(aside[0]), sentence)


@lru_cache(maxsize=64)
def role_of(sentence: str, amount: Amount) -> Role:
    """What kind of statement an amount is."""
    before, after = sentence[: amount.begin], sentence[amount.end :]
    words = fact_words()
    if _limit(words).search(before):
        return "limit"
    if _AFTER_DEVIATION.match(after):
        return "deviation"
    if _AFTER_CHANGE.match(after) or _FROM.match(after) or _changed(words).search(before):
        return "change"
    clause = re.split(r"[,;(]| og | mens ", before)[-1]
    if words.deviation.search(clause):
        return "deviation"
    if words.target.search(before):
        return "target"
    return "share" if amount.unit == "percent" and re.match(r"\s*av\b", after) else "level"


def signed(sentence: str, amount: Amount, role: Role) -> float:
    """The value as printed; less than before or than budgeted is negative, where no word like mindreforbruk says it."""
    before, after = sentence[: amount.begin], sentence[amount.end :]
    if role == "change":
        found = _AFTER_CHANGE.match(after) or _changed(fact_words()).search(before)
        return -abs(amount.value) if found and found["down"] else amount.value
    if role == "deviation":
        found = _AFTER_DEVIATION.match(after)
        named = fact_words().deviation.search(before) or _SPENT.search(before)
        down = found and (found["down"] or found["under"] or found["little"])
        return -abs(amount.value) if down and not named else amount.value
    return -abs(amount.value) if role == "level" and _NEGATIVE.search(before) else amount.value


def words_for(sentence: str, amount: Amount, role: Role, what: str) -> str:
    """What an amount is of, with what its role makes of it."""
    said = {"change": "endring", "target": "mål", "limit": "inntil", "share": "andel"}.get(role, "")
    if role == "deviation":
        found = _AFTER_DEVIATION.match(sentence[amount.end :])
        down = bool(found and (found["down"] or found["under"] or found["little"]))
        spent = _SPENT.search(sentence[: amount.begin])
        said = ("mindreforbruk" if down else "merforbruk") if found and spent else "avvik"
        if fact_words().deviation.search(what):
            said = ""
    return ", ".join(filter(None, [what, said]))


def named_years(sentence: str, amounts: Sequence[Amount]) -> dict[Amount, tuple[int | None, ...]]:
    """The years of each amount: `(None,)` where the sentence names none. An amount of which the words do not tell
    which of several years it is for is left out.
    """
    if _RESPECTIVELY.search(sentence):
        return _respectively(sentence, amounts)
    compared = {match.start(1) for match in _COMPARED.finditer(sentence)}
    for amount in amounts:
        start = _FROM.match(sentence[amount.end :])
        if start:
            compared.add(amount.end + start.start(1))
    left = {int(match[0]) for match in _YEARS.finditer(sentence) if match.start() not in compared}
    own: dict[Amount, tuple[int | None, ...]] = {amount: _own_years(sentence, amount) for amount in amounts}
    for amount, years in own.items():
        # "-1,9 prosent, mot -0,3 prosent i 2023": the year is that of what is compared alone.
        if len(amounts) > 1 and _COMPARED_WITH.search(sentence, 0, amount.begin):
            left -= set(years)
    # "1,2 prosent av inntektene i 2025, mot 2,4 prosent i 2024": what is the other's is not this one's.
    free = left - {year for years in own.values() for year in years} if len(left) > 1 else left
    shared: tuple[int | None, ...] = () if len(free) > 1 or (left and not free) else (*free, None)[:1]
    return {amount: years for amount in amounts if (years := own[amount] or shared)}


def _own_years(sentence: str, amount: Amount) -> tuple[int, ...]:
    """The years right after an amount, or those that the sentence begins with before a colon."""
    found = _ADJACENT.match(sentence[amount.end :]) or _AHEAD.match(sentence)
    return tuple(int(year) for year in re.findall(_YEAR, found["years"])) if found else ()


def _respectively(sentence: str, amounts: Sequence[Amount]) -> dict[Amount, tuple[int | None, ...]]:
    """`henholdsvis 3,6 millioner kroner og 5 millioner kroner i 2009 og 2010`: each its year, in their order."""
    begin = _RESPECTIVELY.search(sentence)
    listed = [amount for amount in amounts if begin and amount.begin >= begin.end()]
    adjacent = _ADJACENT.match(sentence[listed[-1].end :]) if listed else None
    years = [int(year) for year in re.findall(_YEAR, adjacent["years"])] if adjacent else []
    return {amount: (year,) for amount, year in zip(listed, years, strict=True)} if len(years) == len(listed) else {}

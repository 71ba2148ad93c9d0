"""A paragraph in, what it states of money out: each amount with its years, and what the words around it make of it."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from kommunebudsjett.readers.party_prose.doubts import CHANGE, RANGE, is_change, is_for_all, why_not_ours
from kommunebudsjett.readers.party_prose.passage import Passage
from kommunebudsjett.readers.party_prose.tokens import Token

_SEASON = re.compile(
    r"^(?:vår|høst|sommer|vinter|januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    r"|halvår|kvartal)"
)
_PLAN_WORD = re.compile(
    r"^(?:\w*budsjett(?:et)?|\w*plan(?:en)?|årsoppgjøret?|strategi(?:en)?|regnskap(?:et)?|årsberetning(?:en)?)$"
)
# Years after these words say when something happens, not what an amount is for.
_DATE_WORDS = {
    "innen",
    "før",
    "etter",
    "av",
    "siden",
    "til",
    "ut",
    "midten",
    "utgangen",
    "slutten",
    "medio",
    "ultimo",
}
_YEAR_WORDS = {"i", "for", "på", "både", "år", "året", "årene", "hvert"}
_BETWEEN = re.compile(
    r"\b(?:som|når|der|hvor|åpne\w*|åpning\w*|ferdig\w*|klar\w*|står|skal|er|ble|var|innen|siden|etter|vil|må"
    r"|planlagt\w*|planlegg\w*|startet|byggestart|oppstart|fram|frem|vedtatt|hvorav|herav|slik|men|mens|dersom"
    r"|vurder\w*|evaluer\w*|enn)\b|;|,\s+(?:og|så)\b",
    re.IGNORECASE,
)
# "For 2021 er beløpet 6 millioner": here the verb binds the year to the amount.
_STATES_SUM = re.compile(
    r"\s(?:er|blir|utgjør)\s(?:beløpet|summen|rammen|bevilgningen|tilskuddet|satsingen|potten)\s(?:på\s)?",
    re.IGNORECASE,
)
_AND = re.compile(r"\b(?:og|samt)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_RUN = re.compile(r"\d\s?[-−–/]\s?\d|\btil\b")
_AND_ONWARDS = re.compile(
    r"\s?(?:,\s)?(?:og\s)?(?:videre|utover|deretter|fr[ae]mover|(?:hvert\sår|årlig)\s(?:deretter|etter)"
    r"|(?:i\s)?(?:årene|resten)\s(?:etter|deretter|fr[ae]mover|av\s\w*perioden)|ut\s\w*perioden"
    r"|(?:i\s)?(?:de\s)?(?:på)?følgende\s(?:år|årene))(?=\s?(?:[.,;:)]|$)|\s(?:for|til|i)\s\D)",
    re.IGNORECASE,
)
_SHARED_OUT = re.compile(
    r"\s(?:\w+\s){0,3}?(?:fordelt|fordeles|delt)\s(?:på|over|mellom)\s(?:begge\s)?(?:årene\s)?(?:19|20)\d\d",
    re.IGNORECASE,
)
# "2 og 3 millioner i 2021 og 2022": numbers that the unit of the last one is for.
_NUMBERS_BEFORE = re.compile(r"(?<![\w.,])(?!(?:19|20)\d\d\b)\d+(?:,\d+)?\s(?:og|eller)\s$")
_ONLY_AND = re.compile(r"\s?(?:,|og|,\sog)\s(?:så\s)?")
_COMPARED = re.compile(r"\s(?P<more>mer|mindre|lavere|høyere)\b(?P<than>\senn\s(?:i|for|dagens)\b)?")
_OTHERS = re.compile(
    r"(?<!\bat\s)\b(?:staten|regjeringen|stortinget|fylkeskommunen|fylket|husbanken|enova|kommunedirektøren|rådmannen|byrådet)\s"
    r"(?:\w+\s){0,2}?(?:foreslår|foreslo|foreslått|bidrar|bidro|dekker|gir|bevilger|legger|setter|betaler)\b[^,;]*$",
    re.IGNORECASE,
)
_PARTS_OF_GIVING = ("foresl", "bidr", "dekker", "gir ", "bevilger", "legger", "setter", "betaler")
_WORDS_BETWEEN = 12
# A level: "til" before the amount, after a word of growth or decline.
_TO = re.compile(r"\btil\s+(?:(?:totalt|hele|ca\.?|om\slag)\s+)?$", re.IGNORECASE)
_GROWTH = re.compile(
    r"\b(?:[Øø]k|[Oo]ppt|[Tt]rapp|[Ss]tig|[Vv]oks|[Hh]ev|[Rr]edus|[Ss]ynk|[Ss]enk|[Aa]vta|[Uu]tvid|[Oo]pp|[Nn]ed|[Ff]ra)"
)
_BY = re.compile(
    r"\b(?P<words>(?:økende|økning|opptrapping|stigende|synkende|avtakende|ytterligere)\s+(?:\w+\s+)?(?:med|på)\s+"
    r"(?:ytterligere\s+)?|ytterligere\s+)$",
    re.IGNORECASE,
)
# After another amount in the same sentence, these too leave open what grows.
_BY_AFTER_AMOUNT = re.compile(
    r"\b(?P<words>(?:økes?|øker|trappes?\s+opp|reduseres?|kuttes?)\s+(?:\w+\s+)?med\s+)$", re.IGNORECASE
)
_TOTAL_BEFORE = re.compile(
    r"\b(?:totalt|til\s+sammen|tilsammen|samlet|i\s+alt|sammenlagt)\s+(?:(?:sum\s+)?på\s+|med\s+)?$",
    re.IGNORECASE,
)
_TOTAL_AFTER = re.compile(r"\s+(?:totalt|til\s+sammen|tilsammen|i\s+alt|samlet)\b", re.IGNORECASE)
_WHOLE_PERIOD = re.compile(
    r"\s+(?:\w+\s+){0,5}?i\s+(?:hele\s+|løpet\s+av\s+|denne\s+)?\w*perioden\b(?!\s+(?:19|20))", re.IGNORECASE
)
_YEARLY_AFTER = re.compile(
    r"\s+(?:\w+\s+){0,3}?(?:årlig|hvert\s+år|per\s+år|pr\.?\s+år|i\s+året|permanent|varig)\b", re.IGNORECASE
)
_YEARLY_BEFORE = re.compile(r"\bårlig\w*\s+(?:\w+\s+){0,3}$|\bhvert\s+år\s+$", re.IGNORECASE)
_FOR_SO_LONG = re.compile(
    r"\s+(?:[\w()]+,?\s+){0,5}?(?P<how>i|over|på)\s+(?P<count>to|tre|fire|fem|\d)\s+år\b", re.IGNORECASE
)
_PART = re.compile(
    r"(?:^|\W)(?:av\s+(?:dette|disse|denne|rammen|potten)|hvorav|herav|derav|inkludert|inklusive|innenfor\s+(?:denne\s+)?rammen)\b",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"\b(?!mer)(?P<noun>\w*(?:utbytte|overskudd|underskudd|gjeld|omsetning|inntekt|gebyr|pris|grense|verdi|leie|egenandel))"
    r"\w*\s+(?:\w+\s+){0,2}?(?:på|under|over|er|var)\s+$",
    re.IGNORECASE,
)
_AFTER_STATE = (" på ", " under ", " over ", " er ", " var ")
_SIGNS_OF_NOW = ("i dag", "i fjor", "idligere", "ittil")
_NOW = re.compile(r"\b(?:i\s+dag|i\s+fjor|tidligere|hittil)\b[^,;]*$", re.IGNORECASE)
COUNTS = {"to": 2, "tre": 3, "fire": 4, "fem": 5}

AT, FROM, PERIOD, DATE, PLAN, BARE = range(6)


@dataclass(slots=True)
class Amount:
    """An amount of money as a sentence states it.

    `years` are those that the text gives for it, none where it gives none. `level` says that the amount is what
    another one grows or falls to, `by` holds the words where it may be the growth itself. `compared` and `raised` say
    that it may be the change of a level. `lasts` is set where the text says that it goes on, `yearly` where it is for
    every year, `total` where it is for the whole period, `span` where it is for so many years. `reason` is why it is
    not a measure's amount, where the sentence says so.
    """

    token: Token
    sentence: tuple[int, int]
    years: tuple[int, ...] = ()
    year_token: Token | None = None
    level: bool = False
    by: str = ""
    lasts: bool = False
    yearly: bool = False
    total: bool = False
    several_readings: bool = False
    span: int = 0
    half_year: bool = False
    compared: bool = False
    raised: bool = False
    season: str = ""
    reason: str = ""


@dataclass(slots=True)
class Year:
    """Printed years, how the words before them use them, and whether an amount has them."""

    token: Token
    use: int
    season: str = ""
    used: bool = False


@dataclass(slots=True)
class Statements:
    """What one paragraph holds: amounts, years, and tokens that are neither, with the sentence each stands in."""

    passage: Passage
    amounts: list[Amount] = field(default_factory=list)
    years: list[Year] = field(default_factory=list)
    others: list[Token] = field(default_factory=list)
    half_year: bool = False


def statements(passage: Passage, plan: range) -> Statements:
    """The statements of a paragraph; `plan` is the years that amounts can be for."""
    result = Statements(passage)
    found = passage.tokens()
    if not found:
        return result
    first = found[0]
    if first.kind == "money" and first.start == 0 and first.end == len(passage.text):
        result.amounts.append(Amount(first, (0, first.end), reason=first.reason))
        return result
    if not any(token.kind in ("money", "half") for token in found):
        for token in found:
            _keep(token, passage.text, 0, result)
        return result
    bounds = passage.sentences()
    index = 0
    inside: list[Token] = []
    for token in found:
        while token.start >= bounds[index][1] and index + 1 < len(bounds):
            _sentence(inside, bounds[index], plan, result)
            inside = []
            index += 1
        inside.append(token)
    _sentence(inside, bounds[index], plan, result)
    return result


def _keep(token: Token, text: str, start: int, result: Statements) -> None:
    if token.kind == "years":
        result.years.append(_year(text, start, token))
    elif token.kind == "half":
        result.half_year = True
    else:
        result.others.append(token)


def _sentence(found: list[Token], bounds: tuple[int, int], plan: range, result: Statements) -> None:
    text = result.passage.text
    start, end = bounds
    years: list[Year] = []
    amounts: list[Amount] = []
    for token in found:
        if token.kind == "money":
            amounts.append(Amount(token, bounds, reason=token.reason))
        elif token.kind == "years":
            years.append(_year(text, start, token))
        elif token.kind == "half":
            result.half_year = result.half_year or not any(other.kind == "money" for other in found)
        else:
            result.others.append(token)
    if amounts:
        if years:
            _attach(text, start, amounts, [year for year in years if _can_be_for(year, plan)])
        _leave_runs_open(text, amounts)
        for index, amount in enumerate(amounts):
            until = amounts[index + 1].token.start if index + 1 < len(amounts) else end
            above = amounts[index - 1].token.end if index else start
            _describe(text, amount, above, until, start)
        for amount, following in pairwise(amounts):
            if is_change(text[amount.token.end : following.token.start]):
                amount.reason = following.reason = CHANGE
            elif _shares_year(text, amount, following):
                amount.reason = following.reason = RANGE
        for token in found:
            if token.kind == "half":
                before = [amount for amount in amounts if amount.token.end <= token.start]
                after = amounts[len(before) :]
                leads = after and text.startswith(" på ", token.end)
                if before and not leads:
                    before[-1].half_year = True
                elif leads or "," not in text[token.end : after[0].token.start]:
                    after[0].half_year = True
                else:
                    result.half_year = True
    result.years.extend(years)
    result.amounts.extend(amounts)


def _shares_year(text: str, amount: Amount, following: Amount) -> bool:
    """Whether two amounts have the year after the second: "5 mill. til drift og 2 mill. til utstyr i 2021"."""
    if amount.years or not following.years or following.level or following.by or amount.reason or following.reason:
        return False
    between = text[amount.token.end : following.token.start]
    return bool(following.year_token and following.year_token.start > following.token.end and _AND.search(between))


def _leave_runs_open(text: str, amounts: list[Amount]) -> None:
    """An amount for a run of years (2022-2023) is for each or for all, unless single years have amounts beside it."""
    if any(len(amount.years) == 1 for amount in amounts):
        return
    for amount in amounts:
        if len(amount.years) > 1 and amount.year_token:
            printed = text[amount.year_token.start : amount.year_token.end]
            amount.several_readings = amount.several_readings or bool(_RUN.search(printed))


def _year(text: str, start: int, token: Token) -> Year:
    words = text[max(start, token.start - 48) : token.start].lower().replace("(", " ").split()
    words = [word.strip(",") for word in words]
    season = ""
    if words and words[-1] == "henholdsvis":
        words.pop()
    if words and _SEASON.match(words[-1]):
        season = words.pop()
        if words and words[-1] in ("første", "andre", "1.", "2."):
            words.pop()
    last = words[-1] if words else ""
    before = words[-2] if len(words) > 1 else ""
    if last == "fra" or (last == "med" and before == "og" and words[-3:-2] == ["fra"]) or last == "f.o.m.":
        use = FROM
    elif (
        _PLAN_WORD.match(last)
        or (last == "for" and not season and _PLAN_WORD.match(before))
        or (last == "i" and before.startswith(("årsoppgjør", "regnskap")))
    ):
        use = PLAN
    elif last.endswith("perioden"):
        use = AT if "hvert" in words else PERIOD
    elif last in _DATE_WORDS or (last == "med" and before == "og"):
        use = DATE
    elif last in _YEAR_WORDS or season:
        use = AT
    else:
        use = BARE
    return Year(token, use, season)


def _can_be_for(year: Year, plan: range) -> bool:
    return year.use in (AT, FROM, PERIOD, BARE) and all(value in plan for value in year.token.years)


def _attach(text: str, start: int, amounts: list[Amount], years: list[Year]) -> None:
    """Give each amount the years that stand after it, or before it where the sentence is built that way."""
    after: list[Year | None] = []
    before: list[Year | None] = []
    for index, amount in enumerate(amounts):
        low, high = amount.token.start, amount.token.end
        next_start = amounts[index + 1].token.start if index + 1 < len(amounts) else len(text)
        last_end = amounts[index - 1].token.end if index else start
        following = next((year for year in years if high <= year.token.start < next_start), None)
        if following and not _belongs(text[high : following.token.start], following):
            following = None
        if following and index + 1 < len(amounts) and not text[following.token.end : next_start].strip(" :"):
            following = None
        leading = None
        for year in years:
            if last_end <= year.token.start and year.token.end <= low:
                leading = year
        if leading and not _leads(text, last_end, leading, low):
            leading = None
        after.append(following)
        before.append(leading)
    if all(after):
        chosen = after
    elif all(before):
        chosen = before
    else:
        chosen = []
        for following, leading in zip(after, before, strict=True):
            taken = [year for year in chosen if year]
            chosen.append(following or (leading if leading not in taken else None))
    for amount, year in zip(amounts, chosen, strict=True):
        if year:
            year.used = True
            amount.years = year.token.years
            amount.year_token = year.token
            amount.season = year.season
            amount.lasts = year.use == FROM and len(amount.years) == 1 and not year.season
            amount.several_readings = year.use == PERIOD
            if year.token.start > amount.token.end and _AND_ONWARDS.match(text, year.token.end):
                amount.lasts = True
    _share_years(text, amounts)


def _share_years(text: str, amounts: list[Amount]) -> None:
    """Give amounts in a row one each of the years after the last: "2 millioner og 3 millioner i 2021 og 2022"."""
    row: list[Amount] = []
    for amount, following in pairwise([*amounts, None]):
        row.append(amount)
        if following and not amount.years and _ONLY_AND.fullmatch(text, amount.token.end, following.token.start):
            continue
        if len(row) > 1 and len(amount.years) == len(row):
            for one, value in zip(row, amount.years, strict=True):
                one.years, one.year_token = (value,), amount.year_token
        elif len(row) > 1 and len(amount.years) > 1:
            for one in row:
                one.reason = "one of several amounts for several years"
        row = []


def _belongs(gap: str, year: Year) -> bool:
    words = gap.split()
    if year.use == BARE and len([word for word in words if not word.startswith("(")]) > 0:
        return False
    return len(words) <= _WORDS_BETWEEN and not _BETWEEN.search(gap)


def _leads(text: str, clause: int, year: Year, amount_start: int) -> bool:
    gap = text[year.token.end : amount_start]
    if gap == ": " or (year.use != BARE and _STATES_SUM.fullmatch(gap)):
        return True
    if year.use == BARE or len(gap.split()) > _WORDS_BETWEEN or _BETWEEN.search(gap):
        return False
    lead = text[clause : year.token.start].rsplit(",", 1)[-1]
    return not _BETWEEN.search(lead)


def _describe(text: str, amount: Amount, above: int, until: int, start: int) -> None:
    """Set what the words around an amount make of it."""
    token = amount.token
    if token.start == start and token.end == until:
        return
    lead = text[max(above, token.start - 90) : token.start]
    tail = text[token.end : min(until, token.end + 90)]
    nearest = lead[-32:]
    if (
        "til " in nearest[-16:]
        and _TO.search(nearest)
        and _GROWTH.search(text, max(start, token.start - 72), token.start)
    ):
        amount.level = True
        amount.lasts = amount.lasts or (len(amount.years) == 1 and not amount.season)
    elif nearest.endswith(("med ", "på ", "ytterligere ")):
        again = _BY_AFTER_AMOUNT.search(lead)
        by = _BY.search(lead) or (again if above > start else None)
        amount.raised = bool(again) and again["words"].lower().startswith(("økes", "trappes"))
        if by:
            amount.by = " ".join(by["words"].split())
    if ("år" in tail and _YEARLY_AFTER.match(tail)) or ("rlig" in nearest and _YEARLY_BEFORE.search(nearest)):
        amount.yearly = not amount.years or amount.several_readings
        amount.lasts = amount.lasts or len(amount.years) == 1
        amount.several_readings = False
    elif not amount.years or amount.several_readings:
        if _TOTAL_BEFORE.search(nearest) or _TOTAL_AFTER.match(tail):
            amount.total = True
            amount.several_readings = False
        elif not amount.years:
            amount.total = bool(_WHOLE_PERIOD.match(tail))
    elif len(amount.years) > 1 and (
        _TOTAL_BEFORE.search(nearest)
        or _TOTAL_AFTER.match(tail)
        or _SHARED_OUT.match(tail)
        or (amount.year_token and _TOTAL_AFTER.match(text, amount.year_token.end))
        or is_for_all(lead)
    ):
        amount.total = True
    so_long = _FOR_SO_LONG.match(tail) if " år" in tail else None
    if so_long:
        count = so_long["count"].lower()
        if so_long["how"].lower() == "over":
            amount.total = True
        else:
            amount.span = COUNTS.get(count) or int(count)
    compared = _COMPARED.match(tail) if "er" in tail or "mindre" in tail else None
    if compared:
        amount.compared = not compared["than"]
        if compared["than"] or compared["more"] != "mer":
            amount.reason = "a comparison, not an amount of the measure"
    if nearest.endswith((" og ", " eller ")) and _NUMBERS_BEFORE.search(nearest):
        amount.reason = "one of several amounts printed with one unit"
    clause = text[start : token.start]
    amount.reason = amount.reason or _why_no_measure(clause) or why_not_ours(clause, text[token.end : until])


def _why_no_measure(clause: str) -> str:
    """Why the amount that follows a clause is not the measure's, "" where it is."""
    if _PART.search(clause):
        return "a part of a frame that is already counted"
    if any(part in clause for part in _PARTS_OF_GIVING) and _OTHERS.search(clause):
        return "somebody else's amount, not the measure's"
    state = _STATE.search(clause[-80:]) if clause.endswith(_AFTER_STATE) else None
    if state:
        noun = state["noun"].lower()
        if noun.endswith("utbytte"):
            return "a dividend, not an amount of the measure"
        if noun.endswith(("inntekt", "grense")):
            return "an income limit or the like, not an amount of the measure"
        return "a state of things, not an amount of the measure"
    if any(word in clause for word in _SIGNS_OF_NOW) and _NOW.search(clause):
        return "an amount of today or before, not of the measure"
    return ""

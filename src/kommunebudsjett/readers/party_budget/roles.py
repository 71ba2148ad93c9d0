"""The words around an amount in, its role out: whether it is a measure's, and if not, what it is."""

import re
from typing import NamedTuple

from kommunebudsjett.readers.party_budget.amounts import NO_UNIT, NOT_UNDERSTOOD, Amount
from kommunebudsjett.readers.party_budget.states import is_of_state
from kommunebudsjett.readers.party_budget.words import Words

RAISED_TO = "an amount that something is raised or lowered to"
CONDITIONAL = "an amount that depends on something, or is only considered"
ELSEWHERE = "an amount that is stated elsewhere"
KEPT = "an amount of what stays as it is, or is moved to another year"
ON_TOP = "an increase on top of the amount before"
CHANGE, PART, PERIOD_TOTAL = "change", "part", "period_total"
AMBIGUOUS, SUM, LEVEL, LIMIT, RATE, RANGE, OTHERS = (
    "ambiguous", "sum", "level", "limit", "rate", "range", "other_proposal",
)  # fmt: skip
MEASURES = (CHANGE, PART, PERIOD_TOTAL)
# What is less is a price or a rate, or one person's.
LEAST = 0.025
# More than a household of a municipality or a state.
_MOST = 2_000_000.0

_RATE_AFTER = re.compile(
    r"\s?(?:kroner\s|kr\.?\s|mer\s|meir\s|ekstra\s|høyere\s|lavere\s|mindre\s)*"
    r"(?:for\s)?(?:(?P<of>per|pr\.?|i|hver|kvar|hvert|kvart)\s|/\s?)(?P<noun>\w+)",
    re.IGNORECASE,
)
# "5 000 kroner i måneden" is a rate, "5 millioner i skolen" is none.
_EACH = frozenset(("hver", "kvar", "hvert", "kvart"))
_NO_NOUN = frozenset(("år", "eneste", "av", "til", "i", "for", "og", "fra", "frå", "ekstra", "på", "som", "mer"))
_TIMES = frozenset(("måneden", "månaden", "timen", "uka", "uken", "veka", "døgnet", "dagen"))
_EACH_AFTER = re.compile(
    r"\s?(?:kroner\s|kr\.?\s|ekstra\s|mer\s|meir\s)*(?:til\s)?(?:hver|kvar|hvert|kvart)"
    r"(?:\s?[.,;)]|$|\s(?:ekstra|til|i)\b|\sav\s(?:de|dei|disse|desse|våre)\s(?P<count>\w+)"
    r"(?P<years>\s(?:\w+\s)?år(?:ene|a)?\b)?)"
)
_AS_OTHERS = re.compile(r"\b(?:som|slik|i forhold til|ift\.?|jf\.?|mot)\s")
_COMPARED = re.compile(
    r"\benn\b|\bframfor\b|\butover\b|\bover\sdet\b|\boppå\b|\btoppen\sav\b|\bsammenlignet\b|\bmålt mot\b"
)
# So many characters after somebody's name, it is said what they propose.
_NEAR = 20
# So far behind an amount it is said what it is for each of.
_NEAR_RATE = 60
# What a clause of its own begins with.
_CLAUSE = re.compile(
    r"(?:^(?:(?:i|av|fra|frå|etter|ifølge|ifølgje)\s)?|,\s|\("
    r"|\b(?:at|mens|men|og|når|fordi|medan|da|som|der|selv om)\s)$",
    re.IGNORECASE,
)
# "enn rådmannens forslag på", "flertallets", "i byrådets forslag", "staten dekker": the amount is theirs.
_THEIR_PROPOSAL = re.compile(r"\b(?:enn|mot|framfor|heller enn)\s(?:\w+\s){1,2}(?:forslag|framlegg|budsjett)\w*\spå\s$")
_IN_PROPOSAL = re.compile(
    r"(?:(?!\benn\b)[^.;])*?\bi\s(?P<who>\w+)s\s(?:forslag|framlegg|budsjett|opplegg|innstilling)"
)
# "Frie inntekter er i framlegget frå kommunedirektøren rekna til 187 millioner"
_FROM_PROPOSAL = re.compile(
    r"\b(?:er|var|ligger|ligg)\si\s(?:forslaget|framlegget|budsjettet|innstillinga|innstillingen)\s(?:fra|frå|til)\s(?P<who>\w+)"
)
# "I formannskapets innstilling er det lagt inn seks millioner kroner"
_IN_THEIRS = re.compile(
    r"\b[Ii]\s(?P<who>\w+)s\s(?:forslag|framlegg|budsjett|budsjettforslag|opplegg|innstilling)\w{0,3}\s"
    r"(?:er|var|ligger|ligg|står)\b[^.;,]*$"
)
# "enn kommunedirektøren, som vil ta opp 120 millioner i lån"
_WHO_WANTS = re.compile(
    r"\b(?P<who>\w+),\s(?:som|der)\s(?:vil|ville|har|hadde|foresl\w+|føresl\w+|ønsker|ønskjer)\s[^.;,]*$"
)
_PAID_BY = re.compile(r"[^.;]*?\b(?P<who>\w+)\s(?:dekker|betaler|finansierer|dekkjer|betalar)\b")
_PAYS = re.compile(r"\b(?P<who>\w+)\s(?:dekker|betaler|finansierer|dekkjer|betalar)\s(?:\w+\s)?$", re.IGNORECASE)
# "Forslaget fra Ap om gratis ferje koster 14 millioner": what is compared with it is not theirs.
_PROPOSED_BY = re.compile(
    r"(?<!enn\s)(?<!enn\si\s)(?<!mot\s)\b(?:forslag|framlegg)(?:et|a|ene)?\s(?:fra|frå|til)\s(?P<who>\w+)\s"
    r"(?:om|til|på)\s[^.;]*$",
    re.IGNORECASE,
)
# "Vi støtter byrådets forslag om 4 millioner".
_OF_PROPOSAL = re.compile(
    r"\b(?P<who>\w+)s\s(?:forslag|framlegg|innstilling)(?:et|a)?\s(?:om|på)\s[^.;:]*$", re.IGNORECASE
)
_CONTRIBUTES = re.compile(r"\b(?:bidra[rt]?|bidreg|spleis(?:er|ar))\smed\s(?:\w+\s)?$")
_GENITIVE = re.compile(r"\b(?P<who>\w+)s\s$")
_BEYOND = re.compile(r"\b(?:mer|meir|utover|over|ekstra|mindre)\b")
_MULTIPLIES = re.compile(r"\b(?:dobl|tredobl|firedobl|halver)\w*\s(?!til\b)(?:\w+\s){0,4}$", re.IGNORECASE)
_STEPS = re.compile(r"\b(?:trapp\w*)\s(?:opp|ned)\s(?:\w+\s){0,3}$", re.IGNORECASE)
_EACH_YEAR = re.compile(r"\s(?:\w+\s)?(?:per\sår|pr\.?\sår|hvert\sår|kvart\sår|årlig|årleg)\b")
_THE_CUT = re.compile(
    r"\b(?:kuttet|kutta|innsparingen|innsparinga|reduksjonen)\s(?:\w+\s){0,3}?på\s(?:\w+\s)?$", re.IGNORECASE
)
_UNDONE = re.compile(r"\brevers|\btilbakefør|\bt(?:as|ar|a)\sbort", re.IGNORECASE)
_IN_PART = re.compile(r"\b(?:halvparten|halve|deler?|noe|delvis|mill\w*\.?)\s(?:\w+\s)?av\b", re.IGNORECASE)
_ALL = r"(?:til sammen|tilsammen|til saman|samlet|samla|totalt|i alt|i sum|sammenlagt)"
_MEASURES_OF_ALL = (
    r"(?:tiltaka|tiltakene|forslaga|forslagene|satsingene|satsingane|endringene|budsjettet|pakken|pakka|punktene"
    r"|økningene|kuttene)"
)
_A_SUM = re.compile(rf"\b{_ALL}\b[^.]*\b{_MEASURES_OF_ALL}\b|\b{_MEASURES_OF_ALL}\b[^.]*\b{_ALL}\b", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:million|milliard)(?:ene|ane|en)\b", re.IGNORECASE)
# "20 millioner fordelt på fire år" is one measure's.
_OVER_YEARS = re.compile(
    r"\s?(?:kroner\s|kr\.?\s)?(?:fordelt|fordeles|fordelast)\s(?:på|over)\s(?:\w+\s){0,2}år", re.IGNORECASE
)
# "Utsette parkeringshuset til 120 mill.": what the thing costs.
_THING_OF = re.compile(r"\w(?:en|et|a|ene|ane)\stil\s(?:\w+\s)?$")
# "Dermed har partiene måttet finne 14 millioner": what must be found is no measure.
_MUST_FIND = re.compile(
    r"\b(?:må|måtte|måtta|måttet)\s(?:vi\s|me\s)?(?:finne|hente|skaffe)\s(?:\w+\s)?$", re.IGNORECASE
)
# "har frafalt kravet om 12 mill."
_GIVEN_UP = re.compile(
    r"\b(?:frafalt|fråfalle|trukket|trekt|gitt opp|gjeve opp)\s(?:\w+\s){0,2}om\s(?:\w+\s)?$", re.IGNORECASE
)
# "De resterende 1,3 millionene går til trafikksikring": no sentence before has said what they go to.
_REST = re.compile(r"\b(?:resterende|resterande|siste|øvrige)\s(?:\w+\s)?$", re.IGNORECASE)
_OURS = re.compile(r"\b(?:vi|me)\b")
_THIS_IS = re.compile(r"\W*(?:det|dette) er\s(?:\w+\s)?", re.IGNORECASE)
_IS = re.compile(
    r"\b(?:(?:er|var)\s(?:på\s)?|(?:ble|blei|vart)\s(?:det\s)?|har\s(?:en|ei|et|eit)\s\w+\spå\s)"
    r"(?:ca\.?\s|om lag\s|rundt\s|nesten\s|over\s|minus\s|pluss\s)?$"
)
# "ville blitt sju millioner": what somebody imagines. "Vi ville" is a wish.
_IMAGINED = re.compile(r"(?<!\bvi\s)(?<!\bme\s)\bville\s(?!vi\b|me\b)", re.IGNORECASE)
# "LES OGSÅ: Fikk 2,2 millioner i bot"
_LINK = re.compile(r"\W*(?:les|se|sjå)\s(?:også|óg|mer|meir)\b", re.IGNORECASE)
# "Krisesenteret har bedt om 400.000 kroner"
_ASKED_FOR = re.compile(
    r"\b(?:bedt|ba|bad|søkt|søkte|ønsket seg|ønska seg|krevd|krevde)\s(?:om\s)?(?:å få\s)?"
    r"(?:en\s|ei\s|et\s|eit\s)?(?:\w+\s(?:på\s))?$",
    re.IGNORECASE,
)
# "Vi har fått et budsjett som kutter 18 millioner i skolene"
_IN_WHAT_WE_GOT = re.compile(
    r"\b(?:har fått|fikk|fekk|har fått presentert)\s(?:et|eit|en|ein)\s(?:\w+\s){0,2}(?:budsjett|forslag|framlegg)\w*\s"
    r"(?:som|der|med)\b",
    re.IGNORECASE,
)
# "Alle økte driftsutgifter i 2026 utgjør 3,68 mill."
_ALL_COME_TO = re.compile(
    r"(?:^|[.:;]\s)\W*(?:alle?|samtlige|samlede?|de samlede|dei samla|totale?|summen av)\s[^.,;]{1,60}?\b"
    r"(?:utgjør|utgjer|er|blir|vert|koster|kostar|beløper seg til)\s(?:på\s)?(?:\w+\s)?$",
    re.IGNORECASE,
)
# "SV ønsket 700 000 kr til gratis buss, men det er ikke med i avtalen."
_BUT_NOT = re.compile(
    r"[^.;]{0,60},\smen\s(?:det|den|dette|forslaget|framlegget|pengene|pengane)\s"
    r"(?:er|ble|blei|vart|blir|kom|fikk|fekk|falt)\s(?:ikke|ikkje)\b",
    re.IGNORECASE,
)
_SET_ASIDE = re.compile(r"\s?(?:kroner\s|kr\.?\s)?(?:\w+\s)?(?:satt|sett|lagt|avsatt|bevilget|foreslått|øremerket)\b")
_GOT = re.compile(r"\b(?:fikk|fekk)\s(?:\w+\s){0,2}$")
# "Høyre, som sitter i posisjon, har lagt inn 5 mill".
_RELATIVE = re.compile(r"^,\s(?:som|der)\s[^,]{1,120},")
_NEGATED = re.compile(r"\b(?:ikke|ikkje)\s(?:\w+\s)?$", re.IGNORECASE)
_INVERTED = re.compile(r"(?:Kommer|Kjem|Blir|Vert|Får|Overstiger|Skulle)\s.*")
_CONDITION = re.compile(r"\b(?:dersom|hvis|viss|forutsatt)\b|^(?:Om|om)\s(?!lag\b)", re.IGNORECASE)
_NOT_NOW = re.compile(
    r"\b(?:ikke|ikkje)\si\s(?:denne|inneværende|inneverande|kommende|komande)\s\w*period", re.IGNORECASE
)
_FOR_EACH_SPENT = re.compile(
    r"\bfor\s(?:hver|kvar)\s(?:\w+\s)?(?:krone|million|milliard|hundrelapp|tusenlapp)\w*\b", re.IGNORECASE
)
# "10 stillinger à 700 000 kroner"
_AT = re.compile(r"\b[àáá]\s$")
_WOULD_HAVE = re.compile(r"\bville?\s(?:\w+\s){0,4}(?:fått|hatt|vært|vore|kostet)\b")
# "videreføres på 2026-nivå", "vert ført vidare med 200 000"
_KEPT = re.compile(
    r"\bpå\s(?:(?:19|20)\d\d-|(?:dagens|samme|same|uendret|uendra)\s)nivå\b"
    r"|\b(?:videreføres|vidareførast|(?:ført|førast|føres)\svid(?:er|ar)e)\s(?:\w+\s)?(?:med|på)\s(?:kr\.?\s)?$",
    re.IGNORECASE,
)
# "46 millioner kroner i nye satsinger": of no measure, but of all of a kind.
_OF_A_KIND = re.compile(
    r"\s?(?:kroner|kr\.?)?\s?(?:i|til|på)\s(?:(?:nye|økte|auka|store|samlede|samla)\s)?(?:satsing(?:er|ar)|tiltak|kutt"
    r"|(?:inn|om|på)?(?:sparing|prioritering|plussing|styrking)(?:er|ar))(?:\sog\s(?:(?:nye|økte|auka)\s)?\w+)?"
    r"\s?(?:[.,;:)]|$|og\b)",
    re.IGNORECASE,
)
# "øker til 15 200, mot 12 800 i fjor": what is, beside what was.
_AGAINST = re.compile(
    r"\s?(?:kroner|kr\.?)?,?\smot\s(?:(?:bare|kun|om lag|ca\.?)\s)?(?:kr\.?\s)?\d[\d\s.,]{0,20}"
    r"(?:kroner|kr\.?|mill\w{0,6}\.?)?\s?"
    r"(?:i\s(?:år|fjor|dag|(?:19|20)\d\d)|året før|tidligere|tidlegare)\b",
    re.IGNORECASE,
)
_LAST_YEARS = re.compile(r"\b(?:de|dei)\s(?:siste|seinaste)\s(?:\w+\s)?år(?:ene|a)?\b", re.IGNORECASE)
_ONE_COSTS = re.compile(r"\b(?:en|én|ei|ein|éin|et|ett|eit|eitt)\s\w+\s(?:koster|kostar)\s(?:\w+\s)?$", re.IGNORECASE)
# "Hvert barn i skolen koster 128 000 kroner"
_EACH_COSTS = re.compile(
    r"(?:^|[.:;,–-]\s?)\W*(?:hver|hvert|kvar|kvart)\s(?:\w+\s){1,6}?"
    r"(?:koster|kostar|betaler|betalar|får|bruker|brukar)\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_LEVEL_TO = re.compile(
    r"\b(?:dobl\w*|tredobl\w*|halver\w*)\s(?:\w+\s){0,4}til\s(?:\w+\s)?$"
    r"|\b(?:øke|økes|øker|heve|heves|auke|aukast|redusere|reduseres|senke|senkes|kutte|kuttes|økt|hevet|senket)\s(?:\w+\s){0,6}til\s(?:\w+\s)?$",
    re.IGNORECASE,
)


class Role(NamedTuple):
    """The role of an amount, and the reason where it is no measure's."""

    name: str
    reason: str = ""


def role_of(amount: Amount, text: str, start: int, end: int, sentence: int, words: Words) -> Role:
    """The role of an amount by the words of its part (from `start` to `end`) of its sentence, which begins at
    `sentence`; its sign, its years and what it sums are judged elsewhere.
    """
    before, after = text[start : amount.start], text[amount.end : end]
    if amount.form == "unclear":
        return Role(AMBIGUOUS, NOT_UNDERSTOOD)
    if amount.form == "bare":
        return Role(AMBIGUOUS, NO_UNIT)
    if _DEFINITE.search(text[amount.start : amount.end]) and not _REST.search(text, sentence, amount.start):
        return Role(SUM, ELSEWHERE)
    if amount.form == "range":
        return Role(RANGE, "a range, not one amount")
    if _AGAINST.match(text, amount.end):
        return Role(LEVEL, RAISED_TO)
    # What "vi" does in the amount's own clause is not what somebody else does earlier in the sentence.
    clause = before if _OURS.search(before) else text[sentence : amount.start]
    role = _rate(before, text[amount.end : amount.end + _NEAR_RATE], words)
    for judge in (_other, _limit, _level):
        role = role or judge(amount, before, after, clause, words)
        if role:
            return role
    if abs(amount.change) < LEAST:
        return Role(RATE, "so small an amount is a price or a rate")
    if abs(amount.change) > _MOST:
        return Role(AMBIGUOUS, "the amount is larger than any budget")
    if _CONDITION.search(clause) or _INVERTED.match(clause) or words.has("maybe", before) or _NOT_NOW.search(after):
        return Role(AMBIGUOUS, CONDITIONAL)
    spread = after[:40] if not _OVER_YEARS.match(after) else ""
    if words.has("spread", before) or words.has("spread", spread):
        return Role(SUM, "an amount that is moved between or shared by several")
    if _OF_A_KIND.match(after) or (_A_SUM.search(f"{before} ¤ {after}") and not words.has("part", before)):
        return Role(SUM, "a sum of several measures")
    if _ALL_COME_TO.search(text[sentence : amount.start]):
        return Role(SUM, "a sum of several measures")
    if _BUT_NOT.match(after):
        return Role(OTHERS, "an amount that was wished for, and is not in the proposal")
    if _FOR_EACH_SPENT.search(text, sentence, amount.start):
        return Role(RATE, "an amount for each that is spent")
    if words.has("average", before[-30:]):
        return Role(AMBIGUOUS, "an average")
    return Role(CHANGE)


def each_of(text: str, amount: Amount) -> str | None:
    """How many receivers each get an amount, as printed after it ("til hver av de fire bydelene"), "" where only "hver"
    is printed, and None where the amount is not for each of several.
    """
    found = _EACH_AFTER.match(text, amount.end)
    # Which years "hvert av de tre neste årene" are is not said.
    return None if found is None else "" if found["years"] else found["count"] or ""


def _other(amount: Amount, before: str, after: str, clause: str, words: Words) -> Role | None:
    others = Role(OTHERS, "somebody else's amount, not the measure's")
    if _GIVEN_UP.search(before) or _LINK.match(clause) or _IN_WHAT_WE_GOT.search(clause):
        return others
    if _ASKED_FOR.search(before) and not _OURS.search(clause):
        return others
    if _NEGATED.search(before) or _is_theirs(before, after, clause, words):
        return others
    said = _AS_OTHERS.search(after[:40])
    if said and words.find("others", after[said.end() :][:30]) and not _COMPARED.search(after[: said.start()]):
        return others
    if re.search(r"\bmot\s(?:\w+\s)?$", before) and words.has("others", before[-25:]):
        return others
    # "Rådmannens forslag om å kutte lærere (3,8 mill) avvises" is what the document does.
    is_rejected = _OF_PROPOSAL.search(before) and words.has("refuse", after.partition(". ")[0])
    for found in () if is_rejected else words.all("others", clause):
        lead, rest = clause[: found.start()], _RELATIVE.sub(" ", clause[found.end() :], count=1)
        if _COMPARED.search(lead[-40:]) and "," not in lead[-25:]:
            continue
        proposes = words.find("proposes", rest[:60])
        leading = _CLAUSE.search(lead.lstrip(' (–-«"')) and proposes and proposes.start() <= _NEAR
        inverted = words.find("proposes", lead[-12:]) and lead.rstrip().endswith(
            words.all("proposes", lead[-12:])[-1][0]
        )
        if leading or inverted:
            return others
    return None


def _is_theirs(before: str, after: str, clause: str, words: Words) -> bool:
    """Whether the words right around an amount say that it is somebody else's, or that they pay it."""
    if _THEIR_PROPOSAL.search(before) or (_CONTRIBUTES.search(before) and not _OURS.search(clause)):
        return True
    own = _GENITIVE.search(before)
    refused = words.has("refuse", f"{before} ¤ {after.partition('. ')[0]}") or _UNDONE.search(before)
    theirs = None if refused else _OF_PROPOSAL.search(before)
    placed = None if _BEYOND.search(after[:20]) else _IN_PROPOSAL.match(after)
    return any(
        found is not None and words.has("others", found["who"])
        for found in (
            own,
            placed,
            _FROM_PROPOSAL.search(before),
            _PAID_BY.match(after),
            _PAYS.search(before),
            theirs,
            _PROPOSED_BY.search(clause),
            _IN_THEIRS.search(clause),
            _WHO_WANTS.search(clause),
        )
    )


def _rate(before: str, after: str, words: Words) -> Role | None:
    rate = Role(RATE, "a rate, not an amount of the measure")
    if _AT.search(before) or _ONE_COSTS.search(before) or _EACH_COSTS.search(before):
        return rate
    found = _RATE_AFTER.match(after)
    if found and (found["of"] or "").casefold() in _EACH and found["noun"].casefold() not in _NO_NOUN:
        return rate
    if found and (found["of"] or "").casefold() != "i" and found["noun"].casefold() not in _NO_NOUN:
        # What a name comes after is no receiver, and a day ("pr. 31.12.") no noun.
        return rate if found["noun"].isalpha() and not words.begins("year_each", after.strip()) else None
    if found and words.has("rate_noun", found["noun"]):
        return rate if found["noun"].casefold() in _TIMES else None
    rest = after.strip()
    return rate if words.begins("rate", rest) and not words.begins("year_each", rest) else None


def _limit(amount: Amount, before: str, after: str, clause: str, words: Words) -> Role | None:
    del after, clause, amount
    nearest = " ".join(before.split()[-5:])
    if before.rstrip().lower().endswith((" under", " underkant av")):
        return Role(LIMIT, "a limit, not an amount")
    found = words.all("limit", nearest)
    return Role(LIMIT, "a limit, not an amount") if found else None


def _level(amount: Amount, before: str, after: str, clause: str, words: Words) -> Role | None:
    if _KEPT.search(before) or words.has("unchanged", before) or words.has("unchanged", after.split(". ")[0]):
        return Role(AMBIGUOUS, KEPT)
    level = Role(LEVEL, "an amount of what is, was or will be, not of a change")
    if _LAST_YEARS.search(clause) and not _OURS.search(clause):
        return level
    if _THING_OF.search(before) and words.begins("refuse", clause.lstrip(" (–-«")):
        return level
    if _MUST_FIND.search(before):
        return Role(SUM, "an amount that must be found")
    if _THIS_IS.fullmatch(before):
        return Role(AMBIGUOUS, "an amount that may say another one again, compared with something")
    if _IMAGINED.search(clause):
        return Role(AMBIGUOUS, CONDITIONAL)
    if is_of_state(clause, after, words):
        return level
    if _IS.search(before) and not _SET_ASIDE.match(after) and not words.begins("anaphor", before.lstrip(" –-«")):
        return level
    if amount.form in ("from_to", "instead"):
        return None
    if _MULTIPLIES.search(before) or (_STEPS.search(before) and _EACH_YEAR.match(after)):
        return Role(AMBIGUOUS, "an amount that another one grows by each year, or is multiplied from")
    around = clause + after
    undone = _UNDONE.search(around) or words.has("refuse", around) or words.has("abolish", around)
    if _THE_CUT.search(before) and (_IN_PART.search(clause) or not undone):
        return Role(AMBIGUOUS, "an amount of a cut that is somebody's, or is changed")
    near = after.split(",")[0][:22]
    if words.has("level", before) or words.has("level", near):
        return level
    if _GOT.search(before):
        return Role(AMBIGUOUS, "an amount that somebody has got")
    if words.has("gone", clause) or words.has("gone", near) or _WOULD_HAVE.search(clause):
        return level
    past = words.all("past", before)
    if (
        past
        and len(before[past[-1].end() :].split()) <= 6
        and past[-1][0].lower() not in ("ble", "vart", "blei", "fikk", "fekk", "gikk til", "gjekk")
    ):
        return level
    return Role(LEVEL, RAISED_TO) if _LEVEL_TO.search(before) else None

"""The words around a printed amount in, why it is not taken as it is printed out.

An amount that is read in part, or that is not the measure's, is worse than one that is listed: what is not understood
whole is left.
"""

import re

from kommunebudsjett.readers.text import MINUS

NOT_UNDERSTOOD = "an amount that is printed in a way that the reader does not know"
NO_KRONER = "a number of something else than kroner"
NO_UNIT = "an amount without a unit"
RANGE = "one of several amounts printed with one unit"
OTHERS = "somebody else's amount, not the measure's"
CHANGE = "a change from one amount to another, of which the measure is the difference"
RATE = "a rate, not an amount of the measure"
LIMIT = "a limit, not an amount"
SUM = "a sum of several measures"
CONDITION = "an amount that depends on something, or of what something needs or costs"
INCOME = "an amount of income or debt: whether it is more or less money for the budget is not clear"
TAKEN_AWAY = "an amount of something that is taken away, moved or refused: whether it is a cut is not clear"
# After one of these it is not known what a measure goes on with.
UNREAD = frozenset((NOT_UNDERSTOOD, NO_UNIT, RANGE, CHANGE))


def _word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NUMBER_WORD = (
    r"(?:en|én|ei|ett|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten"
    r"|nitten|tjue\w*|tretti\w*|førti\w*|femti\w*|seksti\w*|sytti\w*|åtti\w*|nitti\w*|hundre|tusen|halv|halvannen|par)"
)
_MONEY = r"(?:mil|mio|mrd|mnok|mkr|nok|kr|tnok|tkr|kkr|knok|tus|t\.\s?kr|eur|€|usd|\$|£|gbp|sek|dkk)"
# What goes on to the left of a number that was not read whole: "1, 03", "5.100", "5'100", "‐5", "÷5", "NOK 5".
_PART_OF_NUMBER = re.compile(
    r"(?:\d[.,'’´`]\s?|\d\s?[/x×*]\s?|\d\s|\bminus\s|[÷±~><≥≤‐—]\s?|(?:^|[^\w])(?:nok|tnok|tkr|kkr|knok|mkr|mrd|t\.\s?kr"
    r"|eur|euro|€|usd|\$|£|gbp|sek|dkk)[.:]?\s?)$",
    re.IGNORECASE,
)
# A year before an amount is no part of it ("i 2021 5 mill").
_YEAR_BEFORE = re.compile(r"(?:^|\W)(?:19|20)\d\d[:,.]?\s$")
_A_NUMBER = rf"(?:\b{_NUMBER_WORD}|(?<![\w.,])(?!(?:19|20)\d\d\b)\d[\d.,]*)"
_WORDS_OF_NUMBER = re.compile(
    rf"(?:{_A_NUMBER}\s(?:og|komma|til|eller)\s|{_A_NUMBER}\s?[{MINUS}]\s?|\bkomma\s|\bhundre\s(?:og\s)?|\btusen\s)$",
    re.IGNORECASE,
)
# What goes on to the right: ".1 mill", "'100", " 100 tusen kroner", " og en halv".
_GOES_ON = re.compile(
    rf"(?:[.,'’´`]\d|\s?[+×x*]\s?\d|\s(?:og\s)?(?:en\s)?(?:halv|kvart)\b"
    rf"|\s(?:og\s)?(?:\d[\d\s.]*|{_NUMBER_WORD}\s(?:{_NUMBER_WORD}\s)?)(?:tusen|kroner|kr\b)"
    rf"|\s?[{MINUS}]\s?\d[\d,.]*\s?{_MONEY})",
    re.IGNORECASE,
)
_MILLIONS = re.compile(r"mill|mrd|mnok", re.IGNORECASE)
_MILLIONS_BEFORE = re.compile(r"(?:mill\w*|mrd|mnok)\.?\s(?:kroner\s|kr\.?\s)?(?:og\s)?$", re.IGNORECASE)
_MNOK_BEFORE = re.compile(r"mnok[.:]?\s?$", re.IGNORECASE)
# Thousands or decimals, a part of a number, and kroner with decimals or fewer than a thousand.
_UNCLEAR = re.compile(
    r"[-−–]?(?:\d+\.\d{3}.*(?:mill|mrd|mnok|tusen)|[1-9]\d*,\d{3}(?!\d)|0\d|\d[\d\s.]*,\d+\s?(?:kr|$)|\d{1,3}(?:\s?kr|$))",
    re.IGNORECASE,
)
_KRONER = re.compile(r"kr(?:oner)?\.?$|(?:mnok|tnok|tkr|kkr|knok|kr\.?)$", re.IGNORECASE)
_WORD_AFTER = re.compile(r"\s([^\W\d_][\w-]*)")
# Words that go on with a sentence after an amount. Any other in small letters may be what is counted.
_GOES_ON_WITH = _word_set(
    "i til fra på for og eller økende stigende synkende avtakende med ekstra ytterligere mer mindre årlig årlige"
    " årlegd hvert hver per pr som av over under ved hos å utover totalt samlet lavere høyere enn slik da når der så"
    " men mens fordelt fordeles fordelte hvorav herav derav inn ned ut opp skal vil er var blir ble kan må bør ikke"
    " alene hele allerede tilsvarende innen før etter frem fram fremover framover gjennom både det dette de den vi"
    " derfor varig permanent øremerket avsatt knyttet satt lagt brukes settes legges går gikk gir ga får fikk tas"
    " tar overføres tilbakeføres omdisponeres dekkes dekker kommer finansieres benyttes innenfor utenfor inkludert"
    " eksklusive inklusive inkl eks ekskl mot utgjør trengs foreslås foreslått bevilges prioriteres kutt kuttes"
    " reduseres økes ca om enda også bare kun sammen sentralt tiltenkt netto brutto engangs engangsbeløp halvt"
    " halvårseffekt helårseffekt friske nye tidligere senere deretter henholdsvis istedenfor framfor fremfor i-"
    " samtidig at dersom hvis fordi siden hvor hvilket hvilke ettersom mellom blant kr kroner norske"
)
# A number without a unit that is printed where an amount is.
_TO = re.compile(
    r"\b(?:økende|økning|stigende|synkende|opp|ned|øker|økes|økt|trapp\w*|heve[rs]?)\s+(?:\w+\s)?til\s$", re.I
)
_ENDS_CLAUSE = re.compile(r"\s?(?:[.,;:)](?!\d)|$)|\s(?:i|fra|for)\s(?:19|20)\d\d\b|\sårlig\b|\s(?:per|pr\.?)\sår\b")
_MUCH = 10_000
# How far from an amount, in a long sentence, the words are that say what it is.
_REACH = 400
_DECIMALS = re.compile(r"^(?:[.,]\d+)+")
_MONEY_AFTER = re.compile(rf"(?:[.,'’]\d+)*(?:[½¼¾]|\s?{_MONEY}\w*)", re.IGNORECASE)
_MONEY_RIGHT_BEFORE = re.compile(r"(?:^|\W)(?:t|k|m)?(?:nok|kr)[.:]?\s?$|[€$£÷]\s?$", re.IGNORECASE)
_INSTEAD_OF_NUMBER = re.compile(r"\s(?:i\sstedet\sfor|istedenfor|istedet\sfor|i\sstaden\sfor)\s\d", re.IGNORECASE)

_WHO = (
    r"(?:byrådet|byråden|kommunedirektøren|rådmannen|regjeringen|regjeringa|staten|flertallet|posisjonen|opposisjonen"
    r"|formannskapet|kommunestyret|bystyret|fylkeskommunen|fylket|høyre|arbeiderpartiet|frp|venstre|krf|ap|sp|sv|rødt"
    r"|mdg|administrasjonen)"
)
_NOT_OURS = re.compile(
    r"(?:\bikke\s+(?:\w+\s+){0,3}|\buten\s+(?:de\s+)?|\b(?:mot|enn|framfor|fremfor|heller\s+enn|i\s+motsetning\s+til)\s+"
    r"(?:\w+\s+){0,4}?|\b(?:i\s+stedet\s+for|istedenfor|istedet\s+for|i\s+staden\s+for)\s+(?:\w+\s+){0,4}?)$",
    re.IGNORECASE,
)
_WHOSE = re.compile(rf"\b{_WHO}e?s\s+(?!\w*(?:kutt|innsparing|reduksjon))(?:\w+\s+){{0,4}}?$", re.IGNORECASE)
_AS_OTHERS = re.compile(
    rf"[^.;]*?\b(?:slik|som|enn|foreslått\s+av|vedtatt\s+av|i\s+forslaget\s+fra|fra|hos|av)\s+(?:det\s+|de\s+)?"
    rf"(?:{_WHO}\b|\w+partiet\b|de\s+andre\b)(?!\s*\w*fond)|[^.;]*?\b(?:i|fra|med|enn|mot)\s+{_WHO}e?s\s+"
    rf"(?:forslag|budsjett|opplegg|innstilling)",
    re.IGNORECASE,
)
_BY_NOBODY_NAMED = re.compile(r"(?<!\bvi\s)\bbidra[rt]?\s+med\s+(?:\w+\s+)?$", re.IGNORECASE)
_PAID_BY_OTHERS = re.compile(
    rf"[^.;]*?\b(?:{_WHO}\s+(?:\w+\s+)?(?:dekker|betaler|bidrar|finansierer)"
    r"|(?:dekkes|finansieres|betales)\s+(?:\w+\s+){0,2}?av\b)",
    re.IGNORECASE,
)
# What something costs in all, needs or cost before is no amount of the measure's year.
_OF_SOMETHING = re.compile(
    r"\b(?:mangler|behov\w*|anslå\w*|beregne[srt]?\w*|estimer\w*|brukte|kostet|fikk|ble|var)\b(?:\s+[^\s,]+){0,5}\s$"
    r"|\b(?:totalkostnad|kostnadsramme|byggekostnad|prosjektkostnad|kostnadsoverslag|totalramme|investeringsramme)\w*"
    r"\s+(?:\w+\s+){0,3}$|\bhar\s+(?:\w+\s+){0,2}?\w*(?:budsjett|ramme)\s+på\s+$",
    re.IGNORECASE,
)
_TIMES = re.compile(r"\b(?:dobl|tredobl|firedobl|halver)\w*\s+(?!til\b)(?:\w+\s+){0,4}$", re.IGNORECASE)
_STEPS = re.compile(r"\btrapp\w*\s+(?:opp|ned)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_EACH_YEAR = re.compile(r"\s(?:\w+\s)?(?:per\sår|pr\.?\sår|hvert\sår|kvart\sår|årlig)\b", re.IGNORECASE)
_INSTEAD = re.compile(
    r"\s(?:i\s+stedet\s+for|istedenfor|istedet\s+for|i\s+staden\s+for|framfor|fremfor|mot|ikke)\s(?:\w+\s){0,3}?(?:\d|$)",
    re.IGNORECASE,
)
_DIRECTLY_TO = re.compile(
    r"\s*(?:kroner|kr)?\.?\s?(?:(?:opp\s|ned\s)?til|pluss|\+|minus|og\si\stillegg|og\sdessuten)\s(?:ca\.?\s|kr\s|mnok\s)?",
    re.IGNORECASE,
)
_A_RATE = re.compile(
    r"\s?(?:/\s?(?!år)\w|(?:per|pr\.?)\s(?!år\b)\w|(?:for|til|på)\s(?:hver|hvert|kvar|kvart)\b(?!\sår\b)"
    r"|(?:hver|kvar)\b(?!t)|i\s(?:måneden|uka|uken|timen|døgnet)|om\s(?:dagen|måneden)|(?:månedlig|ukentlig|daglig)\b)",
    re.IGNORECASE,
)
_RATE_BEFORE = re.compile(r"\b(?:per|pr\.?|hver|hvert)\s(?!år)\w+(?:\s\w+){0,3}\s(?:på\s)?$", re.IGNORECASE)
_A_LIMIT = re.compile(
    r"\b(?:inntil|opptil|opp\s+til|oppad\s+til|maksimalt|maksimum|maks\.?|max\.?|minst|minimum|høyst|under|over|mer\s+enn"
    r"|mindre\s+enn|færre\s+enn|taket?\s+på|grense\w*\s+på|begrenset\s+til|ramme\s+opp\s+til|nesten|nærmere)\s+"
    r"(?:kr\.?\s|mnok\s)?$",
    re.IGNORECASE,
)
_BY_OTHERS = re.compile(
    rf"(?:^|[,;:]\s|\b(?:mens|der|som|når|at)\s)(?:i\s\w+\s)?{_WHO}\s+(?!bes\b)(?:\w+\s+){{1,7}}(?:kr\.?\s|mnok\s)?$",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(
    r"\b(?:dersom|hvis|forutsatt|såfremt|under\s+forutsetning|ved\s+behov)\b|\bvurder\w*\s+å\b"
    r"|\b(?:kan|kunne|ville|burde|skulle)\b(?:\s+[^\s,]+){0,6}\s$",
    re.IGNORECASE,
)
_INCOMES = (
    r"\w*(?:inntekt|utbytte|avgift|gebyr|skatt|egenandel|betaling|bunnfradrag|pris|takst|gjeld|renteutgift"
    r"|låneopptak)\w*"
)
_OF_CHANGE = r"(?:øk|redus|kutt|senk|hev|sett|fjern|still|sink|synk|nedjuster|oppjuster|halver|dobl)\w*"
_OF_INCOME = re.compile(
    rf"\b{_OF_CHANGE}\s+(?:ned\s+|opp\s+)?(?:\w+\s+){{0,3}}?{_INCOMES}\s+(?:\w+\s+){{0,4}}?(?:med|på)\s+$"
    rf"|\b{_INCOMES}\s+(?:\w+\s+){{0,3}}?{_OF_CHANGE}\s+(?:\w+\s+){{0,2}}?(?:med\s+)?$"
    r"|\b(?:får|tar|kommer|hente[rs]?|gir)\s+(?:\w+\s+)?inn\s+(?:\w+\s+){0,2}?$|\b(?:selge[rs]?|salg)\b(?:\s+\w+){0,5}\s+$",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\b(?:fjerne[rs]?|ta[rs]?\s+(?:\w+\s+)?bort|droppe[rs]?|stoppe[rs]?|avvikle[rs]?|legge[rs]?\s+(?:\w+\s+)?ned|nei\s+til"
    r"|unngå[rs]?|slippe[rs]?|avvise[rs]?|halvere[rs]?)\b(?:\s+[^\s,]+){0,6}\s$",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"\b(?:flytte[rs]?|omdisponere[rs]?|overføre[rs]?|utsette[rs]?|forskyve[rs]?|fremskynde[rs]?|framskynde[rs]?)\s+(?:\w+\s+){0,3}$",
    re.IGNORECASE,
)
_TAKES = re.compile(r"\b(?:ta[rs]?|hente[rs]?)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_FROM = re.compile(r"\s(?:kroner\s)?(?:fra|ut\sav)\s(?!(?:19|20)\d\d|og\smed)", re.IGNORECASE)
_THE_CUT = re.compile(
    r"\b\w*(?:kuttet|kutta|innsparingen|innsparinga|reduksjonen|reduksjonane)\s+(?:\w+\s+){0,3}?på\s+$", re.IGNORECASE
)
_REVERSED = re.compile(r"\brevers|^[^,.;]*\b(?:reverseres|tilbakeføres|fjernes)\b", re.IGNORECASE)
_IN_PART = re.compile(r"\b(?:halvparten|halve|deler?|noe|delvis|mill\w*\.?)\s+(?:\w+\s+)?av\b", re.IGNORECASE)
_ALL = r"(?:til\s+sammen|tilsammen|samlet|samla|totalt|i\s+alt|i\s+sum|sammenlagt)"
_FOR_ALL = re.compile(rf"\b{_ALL}\b", re.IGNORECASE)
_MEASURES = (
    r"(?:tiltak|tiltaka|tiltakene|forslag|forslaga|forslagene|satsing|satsinger|satsingene|satsingane|endringer"
    r"|endringene|budsjettet|pakken|pakka|grepene|alt\s+dette|punktene|økningene|kuttene|kutta)"
)
_A_SUM = re.compile(rf"\b{_ALL}\b[^.]*\b{_MEASURES}\b|\b{_MEASURES}\b[^.]*\b{_ALL}\b", re.IGNORECASE)


def odd_print(text: str, start: int, end: int) -> str:
    """Why an amount with its unit, at `start` to `end`, may be more or less than what was read, "" where it is not."""
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    printed = text[start:end]
    if (_PART_OF_NUMBER.search(before) and not _YEAR_BEFORE.search(before)) or _WORDS_OF_NUMBER.search(before):
        return RANGE if before.endswith((" til ", " og ", " eller ")) else NOT_UNDERSTOOD
    if _GOES_ON.match(after) or after[:1].isalpha():
        return NOT_UNDERSTOOD
    has_unit_before = _MNOK_BEFORE.search(before) and not any(map(str.isalpha, printed))
    in_part = _MILLIONS_BEFORE.search(before) and not _MILLIONS.search(printed)
    if not has_unit_before and (in_part or _UNCLEAR.match(printed)):
        return NOT_UNDERSTOOD
    word = _WORD_AFTER.match(after)
    if word and not _KRONER.search(printed):
        named = word[1]
        if named[0].islower() and named not in _GOES_ON_WITH and not named.endswith(("ende", "lig")):
            return NO_KRONER
    return ""


def unread_money(text: str, start: int, end: int) -> str:
    """Why a number that was not read as an amount may be one, "" where it is none: by its unit, or by its place."""
    before, after = text[max(0, start - 40) : start], text[end : end + 40]
    if _MONEY_AFTER.match(after) or _MONEY_RIGHT_BEFORE.search(before):
        return NOT_UNDERSTOOD
    number = "".join(filter(str.isdecimal, text[start:end]))[:12]
    in_place = _TO.search(before) or (number and int(number) >= _MUCH)
    if _INSTEAD_OF_NUMBER.match(after) or (in_place and _ENDS_CLAUSE.match(_DECIMALS.sub("", after))):
        return NO_UNIT
    return ""


def why_not_ours(clause: str, tail: str) -> str:
    """Why an amount between a clause and its tail is not the measure's, "" where it is."""
    # The mark keeps what is cut from looking like the beginning of a sentence.
    clause = clause if len(clause) <= _REACH else f"… {clause[-_REACH:]}"
    tail = tail[:_REACH]
    if _INSTEAD.match(tail) or _TIMES.search(clause) or (_STEPS.search(clause) and _EACH_YEAR.match(tail)):
        return CHANGE
    theirs = (_NOT_OURS, _WHOSE, _BY_OTHERS, _BY_NOBODY_NAMED)
    if any(one.search(clause) for one in theirs) or _AS_OTHERS.match(tail) or _PAID_BY_OTHERS.match(tail):
        return OTHERS
    if _CONDITIONAL.search(clause) or _OF_SOMETHING.search(clause):
        return CONDITION
    if _OF_INCOME.search(clause):
        return INCOME
    if _AWAY.search(clause) or _MOVED.search(clause) or (_TAKES.search(clause) and _FROM.match(tail)):
        return TAKEN_AWAY
    if _THE_CUT.search(clause) and (_IN_PART.search(clause) or not _REVERSED.search(clause + tail)):
        return TAKEN_AWAY
    if _A_RATE.match(tail) or _RATE_BEFORE.search(clause):
        return RATE
    if _A_LIMIT.search(clause):
        return LIMIT
    around = f"{clause} {tail}"
    return SUM if _FOR_ALL.search(around) and _A_SUM.search(around) else ""


def is_for_all(clause: str) -> bool:
    """Whether a clause says that the amount after it is for several years together."""
    return bool(_FOR_ALL.search(clause))


def is_change(between: str) -> bool:
    """Whether what is printed between two amounts makes one of them ("fra 13 mill. til 9 mill.", "5 mill. pluss 2")."""
    return bool(_DIRECTLY_TO.fullmatch(between))

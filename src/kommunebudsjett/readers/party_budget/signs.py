"""The words of a statement and of what it is printed under in, the sign of its amount out: +1, -1, or 0 where unknown.

Spending is positive, what pays is negative; income that is given up is spending.
"""

import re
from collections.abc import Iterable

from kommunebudsjett.readers.party_budget.words import Words

# What follows these tells of something else than what is done with the money.
_SUBORDINATE = re.compile(
    r"\s(?:enn|som|der|slik at|sånn at|så|for at|for å|fordi|når|mens|hvor|hva|dersom|hvis|selv om|sjølv om"
    r"|på toppen av)\s.*"
)
_RELATIVE = re.compile(r",\s(?:som|der|hvor|den|det|de)\s[^,]*,")
_COMMA = re.compile(r",\s.*")
_TO = re.compile(
    r"\s?(?:\(|kroner\s|kr\.?\s|ekstra\s|mer\s|meir\s|går\s|settes av\s|brukes\s)*(?:(?:til|for)\s|på\s(?:å|at)\s)",
    re.IGNORECASE,
)
# "Sju millionar tek vi frå tomme stillingar", "675 000 kroner finner vi ved å vente".
_FOUND = re.compile(
    r"\s?(?:kroner\s|kr\.?\s)?,?\s?(?:finner|finn|tar|tek|henter|hentar|sparer|sparar)\s(?:vi|me|partiet|de|dei)\s(?:fra|frå|ved|på|i)\b",
    re.IGNORECASE,
)
# "42 millioner i økte inntekter" is what comes in, whatever gives it.
_GAINED = re.compile(
    r"(?:mer\s|meir\s|ekstra\s|høyere\s)?i\s(?:økte\s|økt\s|nye\s|ekstra\s|auka\s|årlig\s|årlege\s|årlige\s)?\w+"
)
_OF_INCOME = re.compile(r"(?:kroner\s|kr\.?\s)?(lavere|lågare|mindre|høyere|høgare|mer|meir|økt|auka)\s(?:i\s)?(\w+)\b")
_USE_OF = re.compile(r"\b(?:bruk|bruken|bruka|uttaket|uttak|trekket)\s(?:av|fra|frå|på)\b", re.IGNORECASE)
# "8 millioner i lavere renter" is what is not spent.
_NOT_SPENT = re.compile(r"i\s(?:lavere|lågare|reduserte|mindre|sparte|innsparte)\s\w+")
# "Bompengene økes, noe som gir 30 millioner": whether that is spent or comes in, only what gives it says.
_GIVES = re.compile(
    r"\b(?:som|det|dette)\s(?:gir|gjev|vil\sgi|vil\sgje|kan\sgi)\s(?:oss\s|en\s|ca\.?\s|om\slag\s|rundt\s)*$",
    re.IGNORECASE,
)
# "Tomta koster 90 millioner, og vi sier nei."
REFUSED = re.compile(r"\b(?:sier|seier)\snei\b")
_BY_VERB = re.compile(r"(\w+)\s(?:ned\s|opp\s)?med\s(?:kr\.?\s|ytterligere\s|ca\.?\s|om\slag\s|rundt\s)?$")
_NOT = re.compile(r"\b(?:ikke|ikkje|ingen|inga)\b", re.IGNORECASE)
_PLUS = r"(?:(?<!\w)\+|\bpositiv\w*\s(?:tall|tal|beløp|verdi\w*)|\bpluss(?:tall|tal)?)"
_MINUS = r"(?:(?<!\w)[-–−](?=\s(?:er|=|betyr))|\bnegativ\w*\s(?:tall|tal|beløp|verdi\w*)"
_MINUS += r"|\bminus(?:tall|tal)?|\btall?\si\sminus)"
_MEANS = r"\s?(?:er|=|betyr|tyder|viser|angir|innebærer|vil\ssi)\s(?:ein?\s|et\s)?"
_SPENT = r"(?:økte?|auka|høyere|nye)\s(?:netto\s)?(?:utgift|kostnad|bevilgning|ramme)|(?:mer)?utgift|påplussing"
_SPENT += r"|(?:redusert|lavere|tapt)e?\sinntekt|mindreinntekt"
_PAID = r"innsparing|innsparte|kutt|(?:reduserte?|lavere)\s(?:netto\s)?(?:utgift|kostnad|bevilgning|ramme)"
_PAID += r"|redusert\b(?!\s(?:inntekt|egenbetaling))"
_PAID += r"|(?:økte?|auka|høyere)\sinntekt|(?:mer)?inntekt|mindreutgift|besparelse|reduksjon"
# "Minus svekker, pluss styrker": the sign is that of the result.
_RESULT = r"\b(?:pluss|positivt)\s(?:tall\s)?(?:styrk|bedr|betr|forbedr)\w+|\bminus\s(?:svekk|forverr)\w+"
_PLUS_SPENDS = re.compile(rf"{_PLUS}{_MEANS}(?:{_SPENT})|{_MINUS}{_MEANS}(?:{_PAID})", re.IGNORECASE)
_PLUS_SAVES = re.compile(rf"{_PLUS}{_MEANS}(?:{_PAID})|{_MINUS}{_MEANS}(?:{_SPENT})|{_RESULT}", re.IGNORECASE)
# "Forslaget om å redusere lærertettheten (3,8 mill) avvises."
_REJECTED = re.compile(
    r"\W*(?:avvises|avvisast|forkastes|forkastast|støttes ikke|vedtas ikke|strykes|går ut|tas ut)\b", re.IGNORECASE
)
# "Det som da mangler, vel 7 millioner, dekkes av fjorårets mindreforbruk."
_REST = re.compile(
    r"\b(?:mangler|manglar|resten|resterende|resterande|behov\w*|underdekning\w*|gapet|hullet)\b", re.IGNORECASE
)
_PAID_WITH = re.compile(
    r"\s?(?:kroner|kr\.?)?\s?,?\s?(?:dekkes|dekkjast|finansieres|finansierast|løses|løysast|hentes|hentast|tas|takast|betales)"
    r"\s(?:inn\s|opp\s)?(?:av|fra|frå|med|gjennom|ved|i)\b"
)
# "skal betales med penger som i dag går til flyplassens markedsføring (1 mill. kroner)"
_PAYING = re.compile(
    r"\b(?:betales|finansieres|dekkes|betalast|finansierast|dekkjast)\s(?:inn\s)?(?:med|av)\s(?:penger|pengar|midler|midlar)\b[^.]*$",
    re.IGNORECASE,
)
_OPPOSED = re.compile(
    r"^[^.;]{0,20},\s(?:er\s(?:vi|me)\si?mot|(?:sier|seier)\s(?:vi|me)\snei|(?:avviser|går)\s(?:vi|me))\b"
)
_STRUCK = re.compile(
    r"^(?:\s(?:i|fra|frå)\s\d{4}|\skroner|\skr\.?)*\s"
    r"(?:strykes|strykast|tas ut|takast ut|utgår|går ut|skrinlegges|droppes|avlyses)\b"
)
UNKNOWN = 0


def stated_plus(lines: Iterable[str]) -> int:
    """What a document says that a plus in its tables means: +1 for spending, -1 for savings; 0 where it says nothing,
    or both.

    >>> stated_plus(["Positive tall er økte utgifter."]), stated_plus(["Minus betyr økte utgifter."])
    (1, -1)
    """
    said = {sign for line in lines for sign, stated in ((1, _PLUS_SPENDS), (-1, _PLUS_SAVES)) if stated.search(line)}
    return said.pop() if len(said) == 1 else UNKNOWN


def main_words(before: str, after: str) -> tuple[str, str]:
    """The words around an amount that say what is done with it."""
    after = after.removeprefix(",-").removeprefix(",–")
    return _RELATIVE.sub(" ", before), _COMMA.sub("", _SUBORDINATE.sub("", f" {after} ")).strip()


def label_sign(label: str, words: Words) -> int:
    """The sign that a label gives: by how it begins, since "Hele stillinger og færre vakter" is no cut."""
    first, _, rest = label.partition(" ")
    if _way(first, words) and not words.has("cut_noun", rest):
        return own_sign(f"{first} {words.without('up', words.without('down', rest))}", "", words)
    opening = " ".join(label.split()[:2])
    return own_sign(label, "", words) if own_sign(opening, "", words) or _says_more(label, words) else UNKNOWN


def _says_more(label: str, words: Words) -> bool:
    """Whether a label is about income, or about what is taken from a fund."""
    return words.has("income", label) or (words.has("fund", label) and words.has("take", label))


def own_sign(before: str, after: str, words: Words) -> int:
    """The sign that the words of a statement give its amount, which is between two texts."""
    if _FOUND.match(after) or (_REST.search(before) and _PAID_WITH.match(after)) or _PAYING.search(before):
        return -1
    if words.has("saving", before) and _OPPOSED.search(after):
        return UNKNOWN
    lead, tail = main_words(before, after)
    if _STRUCK.search(after) and _way(lead, words) >= 0:
        # "Ny brannstasjon, kommunedirektørens anslag på 46 mill. kr i 2027 strykes."
        return -1
    if (words.has("abolish", tail) or _REJECTED.match(after)) and _way(lead, words) < 0:
        # "Reduksjonen på 1,2 millioner ved biblioteket strykes."
        return 1
    clause = lead.rpartition(", ")[2]
    if _way(clause, words) and not words.begins("anaphor", clause):
        # "Plasser fjernes, økte bompenger gir 15 mill": the amount's own clause says it.
        lead = clause
    text = f"{lead} ¤ {tail}"
    direction = _direction(lead, tail, words)
    if words.has("saving", lead):
        return UNKNOWN if _NOT.search(lead) else -1
    if words.has("cut_noun", text):
        rest = words.without("cut_noun", text)
        undone = words.has("refuse", rest) or (words.has("down", rest) and not words.has("up", rest))
        return 1 if undone else -1
    if _USE_OF.search(words.without("up", lead)) and words.has("fund", lead):
        # "Bruken av disposisjonsfondet økes med 2 millioner": what is used pays.
        return -direction or -1
    if words.has("take", words.without("fund", lead)) and (words.has("fund", lead) or _from_fund(tail, words)):
        return UNKNOWN if direction > 0 and words.has("up", words.without("take", lead)) else -1
    of_income = _OF_INCOME.match(tail)
    if of_income and words.has("income", of_income[2]) and not words.has("deduction", of_income[2]):
        # "10 millioner lavere eiendomsskatt", "sju millioner mindre i skatt"
        return -_way(of_income[1], words)
    if _NOT_SPENT.match(tail):
        return UNKNOWN if direction > 0 and words.has("income", tail) else -1
    gained = _GAINED.match(tail)
    if gained and words.has("saving", gained[0]):
        return -1
    if gained and words.has("income", gained[0]):
        return -1 if words.has("anaphor", lead) or not words.has("income", lead) else UNKNOWN
    if words.has("cheaper", text):
        return 1
    about = lead if _way(lead, words) else text
    if words.has("income", words.without("deduction", about)) and not words.has("deduction", about):
        return -direction
    if words.has("cost", lead) or words.begins("cost", tail):
        return UNKNOWN if direction < 0 or REFUSED.search(after) else 1
    if _GIVES.search(before) and not _TO.match(after):
        return UNKNOWN
    if direction or _is_torn(lead, words):
        return direction
    return 1 if _TO.match(after) else UNKNOWN


def _from_fund(tail: str, words: Words) -> bool:
    """Whether money is taken from a fund: none that it goes to ("3 mill. på å bygge opp fondet")."""
    found = words.find("fund", tail)
    return found is not None and not _TO.match(tail[: found.start()])


def way_of(head: str, words: Words) -> int:
    """The sign of the amounts under a head that says which way they go ("Redusert netto utgift", "Økte inntekter")."""
    way = _way(head, words)
    return -way if words.has("income", head) else way


def _direction(lead: str, tail: str, words: Words) -> int:
    """+1 for more, -1 for less; 0 where nothing is said, or both.

    What is said right after the amount ("5 millioner mindre") counts first, then what is said before it.
    """
    by = _BY_VERB.search(lead)
    if by and not words.has("refuse", lead) and (way := _way(by[1], words)):
        # "Kjøp av juridiske tjenester blir redusert med": the verb says it, whatever else is named.
        return way
    if words.begins("down", tail):
        return -1
    if words.begins("up", tail):
        return UNKNOWN if _way(lead, words) < 0 else 1
    if _TO.match(tail) or _is_torn(lead, words):
        # What money goes to says nothing of whether it is more or less ("40 millioner på å redusere køene").
        return _way(lead, words)
    return _way(lead, words) or _way(tail, words)


def _way(text: str, words: Words) -> int:
    rest = words.without("refuse", text)
    up, down = words.has("up", rest), words.has("down", rest)
    way = 0 if up == down else 1 if up else -1
    refusals = len(words.all("refuse", text))
    if not refusals:
        return way
    if refusals % 2 == 0:
        # "Nei til å fjerne": what is kept costs.
        return way or 1
    return -way if way else -1 if words.has("abolish", text) or words.has("income", text) else 0


def _is_torn(text: str, words: Words) -> bool:
    """Whether a text speaks of more and of less."""
    rest = words.without("refuse", text)
    return words.has("up", rest) and words.has("down", rest)

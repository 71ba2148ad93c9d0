"""The text of a verbal føring in, what it asks for and by when out."""

import re

_ASKS = re.compile(r"\b(?:ber|bes|bedes|skal|må|bør|ønsker|ønskes|vil|foreslår|forventer)\b")
# The items of a list are one sentence with what introduces them.
_SENTENCE_END = re.compile(r"\. (?![●•▪◦‣])")
# A case or report that is laid before a political body.
_CASE = re.compile(r"\b(?:en|egen|ny|politisk|denne) (?:\w+ )?sak\b")
_BODY = r"(?:bystyret|kommunestyret|formannskapet|hovedutvalget|utvalget|komiteen)"
# Expressions that are found one after the other, with anything between. As one expression each they would be tried
# at every place for every other, which takes hours in a sentence of ten thousand words.
_LAID_BEFORE = tuple(
    tuple(map(re.compile, steps))
    for steps in (
        (
            r"\b(?:legg|kom|fremm|får)\w*\b",
            r"\b(?:fram|frem|tilbake|forelagt)\b",
            r"(?:sak|saken|rapport|rapporten|melding|notat|orientering)\b",
        ),
        (r"\b(?:legg|fremm)\w*\b", rf"\b(?:for|til) {_BODY}\b"),
        (r"\brapporter\w* ", rf"\btil {_BODY}\b"),
        (r"\b(?:orientering|rapport)\b", rf"\b(?:i|til|for) {_BODY}\b"),
    )
)
_STUDY = ("utred", "kartlegg")
_REALLOCATION = re.compile(r"\bom(?:disponer|prioriter|fordel)")

_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_SEASONS = "våren|sommeren|høsten|vinteren"
_NTH = r"(?:første|andre|annet|tredje|fjerde|[1-4]\.)"
_DEADLINE = re.compile(
    r"\b(?P<by>innen|senest(?: innen| i løpet av| i| ved)?|før|i løpet av|i forbindelse med|med frist|fra og med"
    r"|fra|til|ved) (?:den )?(?:(?:utgangen|slutten|starten|begynnelsen|løpet) av )?"
    rf"(?:\d{{1,2}}\. ?\d{{1,2}}\. ?(?=20\d\d)|(?:\d{{1,2}}\. ?)?(?:{_MONTHS})"
    rf"|{_NTH} (?:halvår|kvartal|tertial)(?: i)?"
    r"|(?:sommer|høst|vår|vinter|jul|påske)(?:en|a|ferien)?|(?:budsjett)?året|(?:plan)?perioden"
    r"|årsskiftet|(?:skole|barnehage|semester)start|budsjett(?:behandling)?(?:en|et)|økonomiplan(?:en)?(?: for)?"
    r"|(?=20\d\d))"
    rf"(?: (?:{_SEASONS})(?= 20\d\d))?(?: ?(?P<year>20\d\d)(?:[-–]20\d\d)?)?\b(?! prosent)"
    rf"|\b(?:{_SEASONS}) (?P<season_year>20\d\d)\b"
)
_NEEDS_YEAR = ("fra", "til", "fra og med", "ved")


def what_is_asked(text: str) -> str:
    """`sak`, `utredning`, `omdisponering` or `other`."""
    sentences = _SENTENCE_END.split(text.lower())
    asking = [sentence for sentence in sentences if _ASKS.search(sentence)]
    if any("sak" in sentence and _CASE.search(sentence) for sentence in asking):
        return "sak"
    if any(_found_in_turn(steps, sentence) for sentence in asking for steps in _LAID_BEFORE):
        return "sak"
    if any(word in sentence for word in _STUDY for sentence in asking):
        return "utredning"
    if any(_REALLOCATION.search(sentence) for sentence in sentences):
        return "omdisponering"
    return "other"


def _found_in_turn(steps: tuple[re.Pattern, ...], text: str) -> bool:
    """Whether each expression is found after the one before it."""
    end = 0
    for step in steps:
        found = step.search(text, end)
        if found is None:
            return False
        end = found.end()
    return True


def deadline(text: str, budget_year: int) -> str:
    """The stated deadline in its printed words, or "". A year before the budget's is no deadline."""
    for found in _DEADLINE.finditer(text.lower()):
        year = found["year"] or found["season_year"]
        if year is None and found["by"] in _NEEDS_YEAR:
            continue
        if year is None or int(year) >= budget_year:
            return text[found.start() : found.end()].strip()
    return ""

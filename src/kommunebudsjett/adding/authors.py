"""Whose text a document is: its lines in; whether a party speaks in it out.

That a text names parties says little: a municipality names those of its council. A party speaks where its name, or a
word for its own proposal, heads the text, and where it says what it wants or signs.
"""

import re

from kommunebudsjett.adding.facts import PROPOSERS, first_lines
from kommunebudsjett.readers.party_budget.rivals import parties_in
from kommunebudsjett.readers.party_budget.words import Words, load_words

_TITLE_LINES = 4
_PROPOSER = rf"\b(?:{'|'.join(PROPOSERS.values())})"
# `Rådmannens budsjettforslag`, `Kommunedirektøren sitt framlegg`; not `Endringer i rådmannens forslag`.
_OF_MUNICIPALITY = re.compile(
    rf"(?<!til )(?<!\bi )(?<!på ){_PROPOSER}\s(?:\w+\s)?(?:\w*budsjett|\w*forslag|\w*framlegg|\w*plan|innstilling)"
    r"|^(?:(?:budsjett)?vedtak|saksfr[ae]mlegg|årsmelding|årsberetning|årsrapport)\b",
    re.IGNORECASE,
)
_ANOTHERS = re.compile(rf"{_PROPOSER}\s(?:\w+\s)?$", re.IGNORECASE)
_SPEAKER = re.compile(r"(?:\b(?:vi|me|oss) i|\bgrupp[ae]n? (?:til|for|i|åt)) (?:\w+ )?$", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:^(?:for|hilsen|helsing|fr[aå])|\b(?:lagt fr[ae]m|fremmet|fremmes|fremja|framsett|laget|laga) (?:av|frå)"
    r"|\bpå vegner? av)\b[^.]{0,60}$",
    re.IGNORECASE,
)
_PROPOSAL = r"\w*(?:budsjett|forslag|framlegg)\w*"
# `Høyres budsjett`, `Venstre har regnet på forslagene sine`.
_OWN = re.compile(
    rf"(?: \w+)? {_PROPOSAL}|[^.]{{0,40}} (?:{_PROPOSAL} (?:sine?|sitt)|(?:sine?|sitt) {_PROPOSAL})\b", re.IGNORECASE
)
# Lists of one municipality are in no register.
_LOCAL = r"[A-ZÆØÅ][\w-]+partiet|(?:Bygd[ae]|By|Felles|Folke|Samlings|Sameinings)list[ae]n?"
# Between the name and what it wants: `Høyre i Strandvik vil`, `Høyre og Venstre vil`.
_BEFORE_VERB = re.compile(r" (?=\w)")
_NEAR = 30


def is_of_party(lines: list[str]) -> bool:
    """Whether a party speaks in a text, and its head is not one of the municipality.

    Raises UserError where the lists of parties and words are missing.
    """
    words = load_words()
    named = re.compile(rf"(?<!\w)(?:{'|'.join([_LOCAL, *map(re.escape, parties_in(lines))])})s?(?!\w)")
    for title in [text for _, text in first_lines(lines)][:_TITLE_LINES]:
        is_head = title[-1] not in ".!?"
        if is_head and (named.search(title) or _has_own(words, title)):
            return True
        if is_head and _OF_MUNICIPALITY.search(title):
            return False
    return any(_has_own(words, line) or _speaks(words, named, line) for line in lines)


def _has_own(words: Words, line: str) -> bool:
    """Whether a line has a word for what a party proposes, and it is no one else's proposal."""
    return any(not _ANOTHERS.search(line[: found.start()]) for found in words.all("of_party", line))


def _speaks(words: Words, named: re.Pattern[str], line: str) -> bool:
    """Whether a line says what a party wants, calls something its own, or is signed by it."""
    line = " ".join(line.split())
    return any(_is_speaker(words, line[: found.start()], line[found.end() :]) for found in named.finditer(line))


def _is_speaker(words: Words, before: str, after: str) -> bool:
    wants = any(words.begins("wants", after[found.end() :]) for found in _BEFORE_VERB.finditer(after, 0, _NEAR))
    return bool(wants or _SPEAKER.search(before) or _SIGNED.search(before) or _OWN.match(after))

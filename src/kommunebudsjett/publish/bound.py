"""What stands together on a printed line: a number and its unit, the halves of a range, a reference and its number.

Words of documents have ordinary spaces there, at which a line may end ("50 / 000 besøkende"), and dashes. Spaces become
such as do not break. A dash has no such form, and signs of no width around it would be in what a reader copies and
searches, so what it joins is marked as whole.
"""

import re

# A space at which no line ends.
SPACE = "\u00a0"
# A range, and a year with the word that a hyphen joins to it.
JOINED = re.compile(r"((?<!\d)\d+–\d+|\d{4}-[a-zæøå]+)")

_UNITS = (
    "prosent|promille|per cent|mill|mrd|million|millioner|milliard|milliarder|kr|kroner|NOK|dager|days|uker|weeks|år|"
    "years?|timer|hours|minutter|minutes|årsverk"
)
_MONTHS = "jan|feb|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|des|dec"
# Each begins with what is rare in a text, so that most of it is passed over.
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")
_MEASURED = re.compile(rf"(\d\.?) (?=(?:{_UNITS})\b|%|(?:{_MONTHS})[a-z]*\b|(?:til|more)(?:[.,;)]|$))", re.IGNORECASE)
_NAMED = re.compile(
    # What they are about may be a link of its own, so that nothing follows here.
    r" (?:(?=[\d−+]|$)(?:(?<=linje )|(?<=linjene )|(?<=line )|(?<=lines )|(?<=tabell )|(?<=table )|(?<=figur )"
    r"|(?<=figure )|(?<=NOK )|(?<=\b\d{4}: ))"
    r"|(?=kr(?:oner)?\b)(?:(?<=mill\. )|(?<=million )|(?<=millioner ))|(?=million)(?<=NOK ))",
    re.IGNORECASE,
)


def bound(words: str) -> str:
    """The words, with spaces that do not break in what stands together.

    >>> bound("nær 50 000 kroner, linje 12–15")
    'nær 50\\xa0000\\xa0kroner, linje\\xa012–15'
    """
    words = _THOUSANDS.sub(lambda number: number[0].replace(" ", SPACE), words)
    words = _MEASURED.sub(rf"\1{SPACE}", words)
    return _NAMED.sub(SPACE, words)

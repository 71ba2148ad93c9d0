"""The text of a label, a column or a caption in; what unit it names, or what kind of figure it is of, out."""

import re
from functools import lru_cache

from kommunebudsjett.readers.unit_words import COUNT, FTE, NOK, PERCENT, UNKNOWN, unit_of_label

# How many kroner one is of each unit of money.
KRONER = {"mnok": 1e6, "tnok": 1e3, "nok": 1.0}

# Kinds of figures, in the order in which they are tried: `andel årsverk` is a share, `antall årsverk` are man-years.
_KINDS = (
    (PERCENT, re.compile(r"\bandel\b|\w{3}prosent(?:en)?\b|\bpros\b", re.IGNORECASE)),
    (FTE, re.compile(r"(?<!per )(?<!pr )(?<!pr\. )\b\w*årsverk\b", re.IGNORECASE)),
    (COUNT, re.compile(r"\bantall?\b|\btal på\b|\bansatte$|\btilsette$|\b\w*(?:dags|time)verk\b", re.IGNORECASE)),
    # Pay, and spending per head, are never printed in anything but kroner.
    (NOK, re.compile(r"\bårslønn\b|\bdriftsutg\S*\s.*\bpe?r\b", re.IGNORECASE)),
)
# Among amounts a figure is of another kind only where its name says so first or last: "Lønn til faste ansatte" is pay.
_PLAINLY = re.compile(
    r"\W*(?:\d+\W+)?(?:antall?|tal på|\w*(?:års|dags|time)verk|andel|prosent\w*|legemeldte?)\b"
    r"|.*%|.*(?:\w{3}prosent(?:en)?|\bi prosent|\bpros\.?|\bpst\.?|\((?:antall?|årsverk|prosent|stk\.?)\))\W*$",
    re.IGNORECASE,
)
# Names that are a figure of another kind all by themselves.
_OTHER = re.compile(
    r"\W*(?:innbygg\w+|folketal\w*|folkemengde|elev(?:er|ar)|brukere|brukarar|plass(?:er|ar)|still\w*ing(?:er|ar)|ansatte|tilsette"
    r"|\w*grad|rente|rentesats|løpetid|ferdig\w*|forfall|oppstart|byggestart|år|alder|kilde|kjelde)\W*(?:\d{4}\W*)?",
    re.IGNORECASE,
)
# "Gjeldsgrad, prosent"
_IN_PERCENT = re.compile(r".*[,;(]\s?(?:i\s)?(?:prosent|pst\.?|%)\W*$", re.IGNORECASE)
_PER_THOUSAND = re.compile(r"\bpe?r\b\.?\s*1[\s.]?000\b(?!\s*kr)", re.IGNORECASE)
_MONEY_WORD = re.compile(r"\b(?:m|t)?(?:kr|kroner|nok)\b|\bmill|\bmrd|\bmilliard|tusen|000", re.IGNORECASE)
_IN_WORDS = re.compile(r"\b(?:en|ein|én|to|tre|fire|fem|seks|sju|åtte|ni|ti|halv|halvannen) prosent", re.IGNORECASE)
_PER = re.compile(r"\b(?:per|pr)\b\.?\s*(?!\s*(?:\d|kr\b))\w", re.IGNORECASE)
_COUNTS = re.compile(r"\s*(?:antall|antal|årsverk|tal på)\b", re.IGNORECASE)
# In kroner and not in per cent: of what size is not said.
_DIFFERENCE = re.compile(
    r"\b(?:avvik|endring|differanse|vekst|auke|økning)\b.*\b(?:kr|kroner|kronar)\W*$", re.IGNORECASE
)
_MONEY_COLUMN = re.compile(
    r"regnsk|reknesk|buds|vedt(?:att|eke)|bevilg|løyv|prognos|avvik|forbruk|\boppr|\brev\b|revid|just|regul|beløp|ramme",
    re.IGNORECASE,
)
_MONEY_LABEL = re.compile(
    r"innt|utg|kostn|lån|avdrag|rente|tilsku|tilskot|resultat|avset|fond|skatt|gjeld|invester|bevilg|løyv|overskudd|"
    r"overskot|finans|løn|pensjon|kroner|netto|brutto|egenkapital|eigenkapital",
    re.IGNORECASE,
)
# Prices of single things are in kroner whatever the tables around are in.
_PRICE = re.compile(r"gebyr|\bpris\w*|\bsats\w*|egenandel|eigendel", re.IGNORECASE)


@lru_cache(maxsize=4096)
def unit_of(text: str) -> str | None:
    """The unit that a label, column or caption names or is of by its kind; None where it says nothing.

    >>> unit_of("Gruppestørrelse (antall)"), unit_of("Barn per årsverk"), unit_of("Andel årsverk")
    ('count', None, 'percent')
    """
    unit = unit_in_words(text)
    if unit is not None and (unit != UNKNOWN or _MONEY_WORD.search(text)):
        return unit
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), unit)


def unit_in_words(text: str) -> str | None:
    """The unit that words of a text name, and not the kind of figure that it is of."""
    if _DIFFERENCE.search(text) or _IN_WORDS.search(text):
        return None
    return unit_of_label(_PER_THOUSAND.sub(" ", text))


def is_plainly(text: str) -> bool:
    """Whether a name among amounts is of another kind of figure, as it begins or ends with words for it."""
    return _PLAINLY.match(text) is not None or _IN_PERCENT.match(text) is not None


def leaves(text: str) -> bool:
    """Whether a label or head is of something that is not in the unit of its table: per inhabitant, a number of."""
    return _COUNTS.match(text) is not None or _PER.search(text) is not None or _OTHER.fullmatch(text) is not None


def says_kroner(text: str) -> bool:
    """Whether a text has a word for kroner.

    >>> says_kroner("Snitt (kr)"), says_kroner("Driftsutgifter per innbygger")
    (True, False)
    """
    return re.search(r"\b(?:kr|nok)\b|kroner|kronar", text, re.IGNORECASE) is not None


@lru_cache(maxsize=4096)
def holds_money(column: str) -> bool:
    """Whether the name of a column says that it holds accounts, a budget or what lies between them."""
    return _MONEY_COLUMN.search(column) is not None


def speaks_of_money(label: str) -> bool:
    """Whether the label of a row is about income, spending, debt or the like."""
    return _MONEY_LABEL.search(label) is not None and not leaves(label)


def is_price(text: str) -> bool:
    """Whether a text is about what single things cost."""
    return _PRICE.search(text) is not None

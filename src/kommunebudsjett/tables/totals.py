"""Names that are printed where an area stands and are no area: those of a total.

A total repeats the amounts of the areas that it sums: counted as an area, it would double them.
"""

import re

import pandas as pd

REASON = "under the name of a total, which repeats the amounts of the areas"

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# A row or heading that begins with one of these, or ends in it, sums whatever else it names.
_SUM = frozenset({"sum", "delsum", "sluttsum", "totalsum", "hovedsum", "sumtotal", "sumlinje"})
_AT_END = frozenset({*_SUM, "total", "totalt", "tilsammen", "tilsaman", "ialt"})
_AT_END_IN_TWO_WORDS = frozenset({("i", "alt"), ("til", "sammen"), ("til", "saman")})
_BEFORE_A_NAME = frozenset({"for", "av"})
# These sum everything only where nothing else is named: "Total gjennomgang av innkjøp" is a measure.
_ALL = frozenset(
    {"total", "totalt", "totale", "samlet", "samla", "samlede", "alle", "hele", "heile", "tilsammen", "tilsaman"}
)
_ROW_NUMBER = re.compile(r"^\d+(?:\.\d+)*[.)]?\s+")
# What a total is the total of, where it is that of all areas.
_COLLECTIVE = re.compile(
    r"(?:tjeneste|teneste|virksomhets|verksemds|budsjett|ansvars|sektor|resultat|ramme)?"
    r"(?:områd(?:e|er|ene|a|et)|sektor(?:er|ene|ane)?|enhet(?:er|ene)?|eining(?:ar|ane)?|virksomhet(?:er|ene)?)"
    r"|kommun(?:en|a|ene)|drift(?:en|s\w*)?|investering(?:er|ene|ar|ane)?|budsjett(?:et)?|ramme(?:r|ne|n)?|resultat(?:et)?"
    r"|utgift(?:er|ene)?|inntekt(?:er|ene)?|netto|brutto|tiltak(?:ene)?|endring(?:er|ene)?|beløp(?:et)?|regnskap(?:et)?"
    r"|rekneskap(?:et)?|og|i|av|for|på|mnok|tnok|nok|kr|tkr|kroner|mill|millioner|tusen"
)


def is_total_name(name: str) -> bool:
    """Whether a name says that it is the sum of areas.

    >>> [is_total_name(name) for name in ("Sum tjenesteområdene", "8. Drift i alt", "Alle områder", "Totalt (mnok)")]
    [True, True, True, True]
    >>> [is_total_name(name) for name in ("Skole", "Investeringer", "Tabeller samlet", "Samlet plan for skolen")]
    [False, False, False, False]
    """
    words = [word.casefold() for word in _WORD.findall(re.sub(r"\([^()]*\)", " ", name))]
    if not words:
        return False
    if words[0] in _SUM or words[-1] in _AT_END or tuple(words[-2:]) in _AT_END_IN_TWO_WORDS:
        return True
    if words[0] in _AT_END and words[1:2] and words[1] in _BEFORE_A_NAME:
        return True
    rest = [word for word in words if word not in _ALL]
    return len(rest) < len(words) and all(map(_COLLECTIVE.fullmatch, rest))


def area_name(label: str) -> str:
    """The name of an area without the number of its row: `1 Skule`, `3.2. Kultur`, `201 Barnehage`.

    >>> area_name("1 Skule"), area_name("3.2. Kultur"), area_name("Skole")
    ('Skule', 'Kultur', 'Skole')
    """
    return _ROW_NUMBER.sub("", label) or label


def without_totals(measures: pd.DataFrame, unread: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The measures of areas, and the unread numbers with the amounts that stand under the name of a total.

    Parameters
    ----------
    measures, unread: the tables of one document, `measures` still without `area_id`.
    """
    total = measures["area"].map(is_total_name).astype(bool)
    amounts = measures[total & measures["amount_mnok"].notna()]
    rows = amounts[["document", "line", "quote"]].set_axis(["document", "line", "raw"], axis=1).assign(reason=REASON)
    listed = pd.concat([unread, rows[unread.columns]], ignore_index=True).astype(unread.dtypes)
    return measures[~total].reset_index(drop=True), listed.sort_values("line", kind="stable", ignore_index=True)

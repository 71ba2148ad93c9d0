"""Words of labels and sentences, cut to stems so that inflections and compounds can be matched."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

_WORD = re.compile(r"[a-zæøåéA-ZÆØÅÉ][a-zæøåéA-ZÆØÅÉ-]+")
# Words that stand in labels and sentences alike and tell nothing about which is meant.
_COMMON = """\
og i på av til for fra med ved per pr som er det den de en et var har ble bli blir skal kan vil om ikke
enn mot eller samt andre annen etter før over under mellom totalt total sum alle noe noen dette denne
disse sin sitt sine kroner millioner mill milliarder prosent antall andel nøkkeltall netto brutto kommune
kommunen kommunene kommunens kommunal kommunale kommunalt tabell tabellen figur viser vist også innen hvor
der dermed når samme mer mindre høyere lavere snitt gjennomsnitt gjennomsnittlig videre kilde ssb kostra
asss tall
"""
COMMON = frozenset(_COMMON.split())
LENGTH = 6


def stems(text: str) -> list[str]:
    """The stems of the telling words of a text, in order.

    >>> stems("Inntekts- og formuesskatt"), stems("Driftsinntektene ble høyere")
    (['inntek', 'formue'], ['drifts'])
    """
    words = (word.casefold().strip("-") for word in _WORD.findall(text))
    return [word[:LENGTH] for word in words if len(word) > 3 and word not in COMMON]


def roots(label: str) -> list[str]:
    """The telling words of a label, long ones without the ending or last part that inflection may change.

    >>> roots("13. Bruk av lån"), roots("Sum driftsinntekter")
    (['bruk', 'lån'], ['driftsinn'])
    """
    words = (word.casefold().strip("-") for word in _WORD.findall(label))
    return [word[: max(LENGTH, len(word) - LENGTH)] for word in words if len(word) > 2 and word not in COMMON]


def said_words(text: str) -> list[str]:
    """The words of a text that can mention those of a label, in lower case."""
    return [word for word in (word.casefold().strip("-") for word in _WORD.findall(text)) if word not in COMMON]


def mentioned_share(wanted: list[str], words: list[str]) -> float:
    """The share of the roots of a label that stand in one of these words."""
    return sum(any(_holds(word, root) for word in words) for root in wanted) / len(wanted) if wanted else 0.0


def in_a_row(wanted: list[str], words: list[str]) -> bool:
    """Whether the roots of a label stand in words that follow each other.

    >>> text = said_words("kjøp av varer og tjenester, sosiale utgifter")
    >>> in_a_row(roots("Varer og tjenester"), text), in_a_row(roots("Sosiale tjenester"), text)
    (True, False)
    """
    starts = range(len(words) - len(wanted) + 1)
    return any(all(map(_holds, words[start : start + len(wanted)], wanted)) for start in starts)


def _holds(word: str, root: str) -> bool:
    """Whether a word is or contains a root; short roots must be the word itself, but for its ending."""
    return root in word if len(root) >= LENGTH else word.startswith(root) and len(word) - len(root) <= 3


def telling(text: str) -> list[str]:
    """The telling words of a text, in lower case.

    >>> telling("Netto driftsutgifter til kart og oppmåling")
    ['driftsutgifter', 'kart', 'oppmåling']
    """
    words = (word.casefold().strip("-") for word in _WORD.findall(text))
    return [word for word in words if len(word) > 3 and word not in COMMON]


def same_word(label: str, said: str) -> bool:
    """Whether a word of a sentence is a word of a label: inflected, at the head of a compound, or its last part.

    >>> same_word("vannlekkasje", "lekkasje"), same_word("idrettsbygg", "idrett"), same_word("kart", "karttjenester")
    (True, False, True)
    """
    stem = label if len(label) <= 5 else label[: max(5, len(label) - 3)]
    return said.startswith(stem) or (len(stem) >= 7 and stem in said) or (len(said) >= 6 and label.endswith(said))


def shares_a_word(one: str, other: str) -> bool:
    """Whether two texts have a telling word in common.

    >>> shares_a_word("154 var i jobb", "49 % er i jobb"), shares_a_word("154 var på kurs", "49 % er i jobb")
    (True, False)
    """
    said = telling(other)
    return any(same_word(word, another) for word in telling(one) for another in said)


def most_alike(text: str, others: Iterable[str], least: float = 0.0) -> tuple[str, float]:
    """Which of other texts is most alike, the first of several, and how much; "" and 0 where none is so by `least`.

    >>> most_alike("Skole", ["Skule", "Barnehage"]), most_alike("Skole", ["Barnehage"], 0.8)
    (('Skule', 0.8), ('', 0.0))
    """
    found, likeness = "", -1.0
    matcher = SequenceMatcher(None, text)
    for other in others:
        # Two texts of such lengths are not more alike than this, and to compare their letters takes long.
        bound = 2.0 * min(len(text), len(other)) / ((len(text) + len(other)) or 1)
        if bound < least or bound <= likeness:
            continue
        matcher.set_seq2(other)
        ratio = matcher.ratio()
        if ratio >= least and ratio > likeness:
            found, likeness = other, ratio
    return found, max(likeness, 0.0)

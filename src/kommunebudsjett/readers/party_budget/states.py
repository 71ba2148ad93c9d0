"""The words around an amount in; whether it is the size of something that is, and of no change, out."""

import re

from kommunebudsjett.readers.party_budget.words import Words

_ABOUT = r"(?:(?:ca|om|lag|rundt|nesten|over|vel|knapt|drøyt|litt|noe|minst|hele|heile)\.?\s){0,3}"
_DONE = r"(?!(?:lagt|satt|sett|foreslått|føreslått|økt|auka|kuttet|kutta|redusert|styrket|styrka|bevilget|løyvd)\s)"
# "Rammen er etter dette på 318 mill.", "ser ut til å ende på 15 millioner"
_IS_AT = re.compile(
    r"\b(?:er|var|være|vere|blir|ble|blei|vart|står|stod|sto|ligger|ligg|låg|endar?|ender|endte|havner|utgjør|utgjer)\s"
    rf"(?:{_DONE}\w+\s){{0,4}}på\s{_ABOUT}$",
    re.IGNORECASE,
)
# "et driftsbudsjett på 1,1 milliarder", "næringsfondet på 71 millioner"
_SIZE_OF = re.compile(
    r"\b\w*(?:budsjett|gjeld|gjelda|fond|ramme|ramma|formue|beholdning|overskudd|overskot|underskudd|underskot"
    rf"|omsetning|omsetnad)(?:et|a|en|n)?\spå\s{_ABOUT}$",
    re.IGNORECASE,
)
# "det står 88 mill. på fondet", "da er det fortsatt 110 millioner igjen"
_STANDS = re.compile(
    r"\b(?:er|var|blir|står|stod|sto|ligger|ligg|låg|finnes|finst|gjenstår|attstår)\s"
    rf"(?:{_DONE}\w+\s){{0,4}}$",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"\s?(?:kroner|kr\.?)?\s?(?:(?:igjen|att|til overs|på bok|på konto)\b"
    r"|der\s(?:nå|no|i dag)\b|(?:på|i)\s(?:\w+\s)?\w*fond(?:et|ene|a|eta)?\b)",
    re.IGNORECASE,
)
# "ubrukte lånemidler (2,6 mill. pr. 31.10.2025)"
_ON_DAY = re.compile(r"\s?(?:kroner\s|kr\.?\s)?(?:per|pr\.?|den)\s\d{1,2}\.", re.IGNORECASE)
# "Lånegjelden ventes å øke med 600 millioner"
_DEBT_GROWS = re.compile(
    r"\b\w*(?:gjeld|gjelda|gjelden)\s(?:\w+\s){0,4}(?:øker?|vokser?|stiger?|auker?|aukar|veks)\s(?:\w+\s)?med\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b\w*(?:(?:økning|styrking|reduksjon|påplussing|(?<!opp)vekst|løft)\w{0,3}|auk(?:e|en)|kutt(?:et|ene|a)?)\b"
    # "etablere et naturfond på 2 mill"
    r"|\b(?:etabler|opprett|innfør|avsett?)\w*\s",
    re.IGNORECASE,
)
# "25 prosent av reisebudsjettet på 2 millioner": the size is that of the whole.
_SHARE_OF = re.compile(r"(?:\bprosent|%|\bpst\.?|\bhalvparten)\sav\s(?:\w+\s){1,3}på\s(?:\w+\s)?$", re.IGNORECASE)
# So far before an amount stands the noun whose size it is.
_NEAR = 40


def is_of_state(clause: str, after: str, words: Words) -> bool:
    """Whether an amount, between the words of its clause and those after it, is the size of what is there.

    >>> none = Words([])
    >>> is_of_state("Det står ", " på fondet", none), is_of_state("Vi setter av ", " på fondet", none)
    (True, False)
    """
    if _DEBT_GROWS.search(clause) or _ON_DAY.match(after) or (_STANDS.search(clause) and _LEFT.match(after)):
        return True
    return bool(_IS_AT.search(clause) or _SIZE_OF.search(clause)) and not _moves(clause[-_NEAR:], words)


def _moves(near: str, words: Words) -> bool:
    """Whether words name a change, whose size an amount may be ("et kutt i budsjettet på 2 mill")."""
    return not _SHARE_OF.search(near) and (words.has("cut_noun", near) or bool(_CHANGE.search(near)))

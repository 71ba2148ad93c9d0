"""The lines of a document and what was read of it in; the numbers that are in no cell and no statement out."""

import re
from collections import defaultdict
from collections.abc import Iterable

from kommunebudsjett.readers.model.rows import LEADER
from kommunebudsjett.readers.records import Ledger, Records

_NUMBER = re.compile(
    r"[+\u2010\u2011\u2012\u2013\u2014\u2212-]?(?:\d{1,3}(?:[ .\u00a0\u202f\u2009]\d{3})+(?!\d)|\d+)(?:[,.]\d+)?"
)
_SPAN = 40
_MONTH = r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)"
_DATE = re.compile(rf"\d{{1,2}}\.\s?(?:\d{{1,2}}\.(?:\d{{2,4}})?|{_MONTH}(?: \d{{4}})?)", re.IGNORECASE)
_PHONE = re.compile(
    r"(?:sentralbord|tlf|telefon|mobil|org\.?\s?nr|organisasjonsnummer)\W{0,3}[\d ]{8,12}", re.IGNORECASE
)
_TIME = re.compile(r"(?:kl\.?\s?|åpningstid\w*:? )\d{1,2}[.:]\d{2}(?:\s?[–-]\s?\d{1,2}[.:]\d{2})?", re.IGNORECASE)
_LAW = re.compile(r"§+\s?\d[\d\-–, ]*|\blov(?:en)? (?:av|om) .{0,20}nr\.? \d+", re.IGNORECASE)
_CASE = re.compile(r"\b(?:sak|ps|fs|k-sak)\s?(?:nr\.?\s)?\d+/\d{2,4}|\b\d{1,4}/\d{2}\b", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:side|s\.)?\s*\d{1,4}\s*(?:av \d+)?\s*", re.IGNORECASE)
_NUMBERING = re.compile(
    r"[#*<b>\s–•-]*(?:(?:tabell|figur|kapittel|punkt|mål|periodemål|delmål|vedlegg|note|kap\.|pkt\.)\s*(?:nr\.?\s)?)?"
    r"\d{1,2}(?:\.\d{1,2})*[.):]?(?=[\s*]|$)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:tabell|figur|kapittel|punkt|mål|periodemål|delmål|indikator|vedlegg|note|kap\.|pkt\.|nr\.)\s(?:nr\.?\s)?\d+(?:\.\d+)*",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"(?<![\d.,])(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)(?!\d))?(?![\d]|[.,]\d|\s(?:kr|kroner|mill|mrd))"
)
_PERCENT_AFTER = re.compile(r"\s?(?:%|prosent|promille|‰)")
_MONEY_AFTER = re.compile(r"\s?(?:,-|’|kr\b|kroner|mill|mrd|milliard|nok\b|mnok|tkr|tusen)", re.IGNORECASE)
_MONEY_BEFORE = re.compile(r"(?:kr\.?|kroner|nok)\s?$", re.IGNORECASE)
# The roles of numbers that their own surroundings tell, the surest first.
_ROLES = (
    ("phone", _PHONE, "a number to call, or of an organisation"),
    ("time", _TIME, "a time of the day"),
    ("law", _LAW, "a paragraph of a law"),
    ("case", _CASE, "the number of a case"),
    ("date", _DATE, "a date"),
    ("reference", _REFERENCE, "the number of a table, chapter or goal"),
    ("year", _YEARS, "a year"),
)


def ledger(document: str, lines: list[str], records: Records) -> list[Ledger]:
    """Each number of the document that was neither read nor listed as unread, in the document's order.

    What the reader itself put into the ledger stays, with the role that it gave.
    """
    taken = _taken(lines, records)
    tables = {cell.line for cell in records.cells}
    found = list(records.ledger)
    for number, text in enumerate(lines, start=1):
        printed = list(_NUMBER.finditer(text))
        if not printed:
            continue
        free = _without(text, taken.get(number, ()))
        left = [match for match in printed if free[match.end() - 1]]
        roles = _roles(text) if left else []
        for match in left:
            role, reason = roles[match.end() - 1] or _by_neighbours(text, match, number in tables)
            found.append(Ledger(document, number, match[0], role, reason))
    return sorted(found, key=lambda row: row.line)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> bytearray:
    """For each character whether it belongs to nothing that was taken."""
    free = bytearray(b"\1" * len(text))
    for begin, end in set(spans):
        free[begin:end] = bytes(end - begin)
    return free


def _taken(lines: list[str], records: Records) -> dict[int, list[tuple[int, int]]]:
    """Where on each line the numbers stand that were read or are listed as unread."""
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    printed = [(cell.line, cell.raw) for cell in records.cells]
    printed += [(number.line, number.raw) for number in records.unread]
    printed += [(number.line, number.raw) for number in records.ledger]
    printed += [(goal.line, goal.quote) for goal in records.goals]
    printed += [(rule.line, rule.quote) for rule in records.fiscal_rules]
    printed += [(fact.line, fact.raw) for fact in records.facts]
    for measure in records.measures:
        printed += [(line, measure.quote) for line in range(measure.line, measure.line_last + 1)]
    for line, raw in printed:
        if not raw or not 0 < line <= len(lines):
            continue
        at = _find(lines[line - 1], raw, taken[line])
        if at:
            taken[line].append(at)
    whole = [line for item in records.directives for line in range(item.line_first, item.line_last + 1)]
    whole += [visit.line for visit in records.inspections]
    for line in whole:
        taken[line].append((0, len(lines[line - 1]) if 0 < line <= len(lines) else 0))
    return taken


def _find(text: str, raw: str, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Where a printed text stands on its line, after what was found before where it can."""
    for begin in (spans[-1][1] if spans else 0, 0):
        at = text.find(raw, begin)
        while at >= 0 and _is_within(text, at, at + len(raw)):
            at = text.find(raw, at + 1)
        if at >= 0:
            return at, at + len(raw)
    return None


def _is_within(text: str, begin: int, end: int) -> bool:
    """Whether a stretch of digits is part of a longer number."""
    return (text[begin].isdigit() and text[begin - 1 : begin].isdigit()) or (
        text[end - 1].isdigit() and text[end : end + 1].isdigit()
    )


def _roles(text: str) -> list[tuple[str, str] | None]:
    """For each character the role of a number there, and the reason, where the words around tell it."""
    roles: list[tuple[str, str] | None] = [None] * len(text)
    for role, pattern, reason in reversed(_ROLES):
        for match in pattern.finditer(text):
            roles[slice(*match.span())] = [(role, reason)] * len(match[0])
    numbering = _NUMBERING.match(text)
    if numbering:
        roles[: numbering.end()] = [("numbering", "the number of a heading, table or item")] * numbering.end()
    if LEADER.search(text):
        roles = [("contents", "a line of the list of contents")] * len(text)
    if len(text) <= _SPAN and _PAGE.fullmatch(text):
        roles = [("page", "the number of a page")] * len(text)
    return roles


def _by_neighbours(text: str, match: re.Match[str], in_table: bool) -> tuple[str, str]:
    """The role of a number that only what stands directly beside it tells."""
    begin, end = match.span()
    if _PERCENT_AFTER.match(text, end):
        return "percent", "a share that no statement takes"
    if _MONEY_AFTER.match(text, end) or _MONEY_BEFORE.search(text[max(0, begin - _SPAN) : begin]):
        return "amount", "an amount in prose that no statement takes"
    if in_table:
        return "label", "a number in a label of a table"
    return "count", "a number in prose that no statement takes"

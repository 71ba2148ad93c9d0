"""Check `comparison`: words that compare ("lavere enn snittet", "en økning") against tables of key figures."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from kommunebudsjett.audit.claims import DOWN, UP
from kommunebudsjett.audit.findings import Finding, finding
from kommunebudsjett.audit.source import Source
from kommunebudsjett.audit.vocabulary import is_said, vocabulary
from kommunebudsjett.audit.words import same_word, telling
from kommunebudsjett.tables.grouping import grouped

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MEAN = re.compile(r"gjennomsnitt|snitt|landet", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[;.]|,\s+(?=men\b|mens\b|og\b|noe som\b|der\b)|\bmens\b|\bmedan\b|\bsamtidig\b|\bimidlertid\b|"
    r",\s+bortsett fra\b|\b(?:selv om|sjølv om|til tross for|trass i|på grunn av|grunnet|som følg?je? av|fordi|skyldes|"
    r"skuldast|etter at|før)\b",
    re.IGNORECASE,
)
_LESS = re.compile(r"\b(?:lavere|mindre|færre|under)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:høyere|mer|flere|over)\b", re.IGNORECASE)
_LOWEST, _HIGHEST = re.compile(r"\blaveste?\b", re.IGNORECASE), re.compile(r"\bhøyeste?\b", re.IGNORECASE)
_THAN_MEAN = re.compile(r"\b(?:enn|under|over)\s+(?:\w+\s+){0,2}?\w*snitt", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:enn|og|både)\s+(?:\w+\s+){0,2}?(?:de\s+)?(?:andre|øvrige)\s+(?:stor\w*|kommun\w*|by(?:er|ar|ene|ane)|to|tre|fire|fem|seks)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"storkommun|store kommun|asss|andre", re.IGNORECASE)
_NONE = re.compile(r"\bingen endring\b", re.IGNORECASE)
_SHARE = re.compile(r"\bandel|prosent|%", re.IGNORECASE)
# A clause that compares in a way that a table cannot disprove, or several rows at once.
_NEARLY = re.compile(
    r"\b(?:nest|tredje|fjerde|blant (?:de|kommunene)|relativt|litt|noe|samme nivå|en av|i sum|samlet|til sammen|"
    r"totalt sett)\b",
    re.IGNORECASE,
)
# A change of a number of things, wherever the chapter has its table: "nedgangen i antall vedtatte planer".
_TREND = re.compile(
    rf"(?P<way>{UP.pattern}|{DOWN.pattern}) i (?P<of>(?:antall|andelen?)\s[^.,;:()]{{3,60}})", re.IGNORECASE
)
_ALWAYS = re.compile(r"\bgjennomgående\b", re.IGNORECASE)
_YEARS_UP = re.compile(r"\better flere år med (økning|nedgang|vekst|reduksjon)", re.IGNORECASE)
# How many lines below a table a sentence may speak of it, and above it a sentence with a series of years.
_BELOW, _ABOVE = 45, 20
# What a clause says a figure is, in both languages, and whether another figure keeps it true.
_TRUE = {
    "lower": ("lavere", lambda own, other: own < other),
    "higher": ("høyere", lambda own, other: own > other),
    "the lowest": ("lavest", lambda own, other: own <= other),
    "the highest": ("høyest", lambda own, other: own >= other),
    "up": ("opp", lambda own, other: own >= other),
    "down": ("ned", lambda own, other: own <= other),
    "unchanged": ("uendret", lambda own, other: own == other),
}


class Indicator(NamedTuple):
    """A row of key figures: its values by (place, year); the place of the document's own municipality is ""."""

    section: str
    table: str
    caption: str
    label: str
    line: int
    values: dict[tuple[str, int], float]

    def of(self, place: str, before: int = 0) -> float | None:
        """The value of a place in the latest year of the document's own, or so many years before it."""
        latest = max((year for name, year in self.values if not name), default=0)
        return self.values.get((place, latest - before))

    def others(self) -> dict[str, float]:
        return {place: value for (place, _), value in self.values.items() if place and not _MEAN.search(place)}

    def means(self) -> dict[str, float]:
        found = {place: self.of(place) for place, _ in self.values if _MEAN.search(place)}
        return {place: value for place, value in found.items() if value is not None}


class Relation(NamedTuple):
    """What a clause says a figure is (a key of `_TRUE`), the figures it is compared with, by place, what they are
    called, and whether the clause can mean nothing else.
    """

    said: str
    against: dict[str, float]
    name: tuple[str, str]
    sure: bool = True


def check(source: Source) -> Iterator[Finding]:
    """Comparisons of the prose that the table before it does not bear out.

    A clause is held against the rows of the last table before it, by their labels. Only what a table can disprove is a
    finding: "lowest" where a printed municipality has less.
    """
    if not source.is_report:
        return
    known = _indicators(source)
    for sentence in (sentence for sentence in source.sentences if sentence.kind == "prose"):
        yield from _series(sentence, source)
        near = _before(sentence, known)
        yield from _trends(sentence, [row for row in known if row not in near and row.section == sentence.section])
        for clause in filter(None, _CLAUSE.split(sentence.text)) if near else ():
            yield from _clause(sentence, clause, near, source.home)


def _indicators(source: Source) -> list[Indicator]:
    out = []
    for (table, line), rows in grouped(source.cells, ["table", "line"]).items():
        values = {}
        for cell in rows:
            years = _YEAR.findall(cell.column)
            name = _YEAR.sub("", cell.column).strip(" |,")
            values["" if name == source.home else name, int(years[0]) if years else source.year] = float(cell.value)
        if any(not place for place, _ in values):
            out.append(Indicator(rows[0].section, str(table), rows[0].caption, rows[0].row, int(line), values))
    return out


def _before(sentence: Any, known: list[Indicator]) -> list[Indicator]:
    """The rows of the last table before a sentence, if it stands at most a page above it."""
    above = [row for row in known if row.line < sentence.line <= row.line + _BELOW]
    return [row for row in above if row.table == above[-1].table]


def _named(clause: str, rows: list[Indicator]) -> list[Indicator]:
    """The rows that a clause is about: those of which it mentions most, if that is a good part."""
    labels = {row.line: telling(row.label) for row in rows}
    spent = {word for label in labels.values() for word in label if vocabulary().only("spending", word)}
    words = [*telling(clause), *(spent if vocabulary().has("spending", clause) else ())]
    common = set.intersection(*map(set, labels.values())) if len(rows) > 1 else set()
    scores = {}
    for line, label in labels.items():
        own = [word for word in label if word not in common]
        said = [word for word in own if any(same_word(word, other) for other in words)]
        if said:
            scores[line] = len(said) / len(own) + 0.1 * len(said)
    best = max(scores.values(), default=0)
    return [row for row in rows if scores.get(row.line, 0) >= best - 1e-9] if best > 0.29 else []


def _plainly(clause: str, row: Indicator) -> bool:
    """Whether a clause names a row by a word of its label, not only by a compound of one."""
    return any(
        said.endswith(word[-4:]) or abs(len(said) - len(word)) <= 4 or word.endswith(said)
        for word in telling(row.label) for said in telling(clause) if same_word(word, said)
    )  # fmt: skip


def _clause(sentence: Any, clause: str, near: list[Indicator], home: str) -> Iterator[Finding]:
    places = {place for row in near for place in row.others()}
    stands = r"\b[^,]{0,80}\b(?:har|gjennomgående|ligger)\b"
    subject = next((place for place in places if re.search(rf"\b{re.escape(place)}{stands}", clause)), "")
    extreme = _one(clause, ("the lowest", _LOWEST), ("the highest", _HIGHEST))
    if subject:
        if extreme and _ALWAYS.search(clause) and not vocabulary().has("denied", clause):
            yield from _always(sentence, near, subject, extreme)
        return
    rows = _named(clause, near)
    unchanged = _NONE.sub("", clause)
    if len(rows) != 1 or _NEARLY.search(clause) or not is_said(unchanged) or _of_another(clause, places):
        return
    row = rows[0]
    said = [word for word in telling(row.label) if any(same_word(word, other) for other in telling(clause))]
    own = row.of("")
    if own is None or (_SHARE.search(clause) and not _SHARE.search(row.label) and len(said) < 2):
        return
    plainly = _plainly(clause, row)
    for relation in _relations(clause, row, extreme, home):
        wrong = {place: value for place, value in relation.against.items() if not _TRUE[relation.said][1](own, value)}
        if wrong:
            yield _finding(sentence, [row], relation, "", own, wrong, plainly and relation.sure)


def _of_another(clause: str, places: set[str]) -> bool:
    """Whether a clause begins with another place of the table, which it then is about."""
    own = clause.partition(" enn ")[0]
    return any(re.search(rf"(?<!\w){re.escape(place)}(?!\w)", own) for place in places)


def _one(clause: str, *ways: tuple[str, re.Pattern[str]]) -> str:
    """The one of several ways to compare that a clause has; "" where it has none or more."""
    found = [name for name, pattern in ways if pattern.search(clause)]
    return found[0] if len(found) == 1 else ""


def _relations(clause: str, row: Indicator, extreme: str, home: str) -> Iterator[Relation]:
    """What a clause says of a row of key figures of its own municipality."""
    than = _one(clause, ("lower", _LESS), ("higher", _MORE))
    means = bool(_THAN_MEAN.search(clause))
    if than and means:
        yield Relation(than, row.means(), ("enn snittet", "than the mean"))
    if than and _OTHERS.search(clause):
        # A mean in the clause may be the mean of the others, which each of them need not keep.
        yield Relation(
            than,
            row.others(),
            ("enn i de andre kommunene i tabellen", "than in the other municipalities of the table"),
            not means,
        )
    if extreme and (home in clause or re.search(r"\bkommunen\b", clause)):
        yield Relation(extreme, row.others(), ("", ""))
    moved = "unchanged" if _NONE.search(clause) else _one(clause, ("up", UP), ("down", DOWN))
    last = row.of("", 1)
    if moved and last is not None and not _ELSEWHERE.search(clause):
        yield Relation(moved, {"": last}, ("fra året før", "from the year before"), moved != "unchanged")


def _trends(sentence: Any, rows: list[Indicator]) -> Iterator[Finding]:
    """Changes of a number of things against the row of a table of the chapter that most of its words name."""
    for match in _TREND.finditer(sentence.text):
        series = [row for row in _named(match["of"], rows) if row.of("", 1) is not None]
        said = "up" if UP.search(match["way"]) else "down"
        for row in series if len(series) == 1 and is_said(sentence.text) else ():
            own, last = row.of(""), row.of("", 1)
            if own is not None and last is not None and not _TRUE[said][1](own, last):
                relation = Relation(said, {"": last}, ("fra året før", "from the year before"))
                yield _finding(sentence, [row], relation, "", own, relation.against, False)


def _always(sentence: Any, near: list[Indicator], subject: str, said: str) -> Iterator[Finding]:
    """ "Oslo har gjennomgående de høyeste": rows in which another place has a higher figure."""
    true = _TRUE[said][1]
    first: tuple[float, dict[str, float]] | None = None
    rows = []
    for row in near:
        theirs = row.of(subject)
        others: dict[str, float | None] = {**row.others(), "": row.of("")}
        if theirs is None:
            continue
        beyond = {place: value for place, value in others.items() if value is not None and not true(theirs, value)}
        if beyond:
            rows.append(row)
            first = first or (theirs, beyond)
    if first:
        relation = Relation(said, first[1], ("gjennomgående", "throughout"))
        yield _finding(sentence, rows, relation, subject.split(" | ")[-1], *first, True)


def _finding(
    sentence: Any, rows: Sequence[Indicator], relation: Relation, who: str, own: float, wrong: dict[str, float],
    sure: bool,
) -> Finding:  # fmt: skip
    """A comparison that the figures of other places do not bear out; the one that disproves it most is shown."""
    place = max(wrong, key=lambda name: abs(wrong[name] - own))
    where = f" ({place.split(' | ')[-1]})" if place and not _MEAN.search(place) else ""
    return finding(
        sentence.document, "comparison", "error" if sure else "doubt",
        [*range(sentence.line, sentence.line_last + 1), *(row.line for row in rows)],
        "Teksten sier at {labels_nb} {who_nb}er {said_nb} {name_nb}, men {where_nb} har {stated} mot "
        "{computed}{other}.",
        "The text says that {labels_en} {who_en}is {said_en} {name_en}, but {where_en} has {stated} against "
        "{computed}{other}.",
        own, wrong[place], rows[0].table, (rows[0].caption, ""),
        labels_nb=" og ".join(f"«{row.label}»" for row in rows), who_nb=f"i {who} " if who else "",
        labels_en=" and ".join(f"“{row.label}”" for row in rows), who_en=f"in {who} " if who else "",
        said_nb=_TRUE[relation.said][0], said_en=relation.said, name_nb=relation.name[0], name_en=relation.name[1],
        other=where,
    )  # fmt: skip


def _series(sentence: Any, source: Source) -> Iterator[Finding]:
    """ "Etter flere år med økning" where the total of the table below has fallen the year before."""
    match = _YEARS_UP.search(sentence.text)
    if not match:
        return
    series = sorted(
        (int(cell.column), float(cell.value), int(cell.line), cell.table, cell.caption)
        for cells in source.printed.values() for cell in cells
        if sentence.line < cell.line < sentence.line + _ABOVE and cell.is_total == 1 and _YEAR.fullmatch(cell.column)
    )  # fmt: skip
    if len(series) < 3:
        return
    (_, before, line, table, caption), (when, value, *_) = series[-3], series[-2]
    if (value < before) if UP.search(match[1]) else (value > before):
        yield finding(
            sentence.document, "comparison", "error", [*range(sentence.line, sentence.line_last + 1), line],
            "Teksten sier «{words}», men i {where_nb} gikk summen fra {computed} til {stated} i {when}.",
            "The text says “{words}”, but in {where_en} the total went from {computed} to {stated} in {when}.",
            value, before, table, (caption, ""), words=match[0], when=str(when),
        )  # fmt: skip

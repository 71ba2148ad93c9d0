"""Check `comparison`: words that compare ("lavere enn snittet", "en økning") against tables of key figures."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.audit.findings import Finding, both, capital, place
from kommunebudsjett.audit.words import same_word, telling
from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.grouping import grouped, records

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MEAN = re.compile(r"gjennomsnitt|snitt|landet", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[;.]|,\s+(?=men\b|mens\b|og\b|noe som\b|der\b)|\bmens\b|\bsamtidig\b|\bimidlertid\b|,\s+bortsett fra\b",
    re.IGNORECASE,
)
_LESS = re.compile(r"\b(?:lavere|mindre|færre|under)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:høyere|mer|flere|over)\b", re.IGNORECASE)
_THAN_MEAN = re.compile(r"\b(?:enn|under|over)\s+(?:\w+\s+){0,2}?\w*snitt", re.IGNORECASE)
_SHARE = re.compile(r"\bandel|prosent|%", re.IGNORECASE)
_SPENDING = re.compile(r"ressurs|utgift|kostnad", re.IGNORECASE)
_TOGETHER = re.compile(r"\b(?:i sum|samlet|til sammen|totalt sett)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:enn|og|både)\s+(?:\w+\s+){0,2}?(?:de\s+)?(?:andre|øvrige)\s+(?:stor\w*|fire|tre)", re.IGNORECASE
)
_UP = re.compile(r"\b(?:økning|økte|øker|økt|vekst|oppgang)\b", re.IGNORECASE)
_DOWN = re.compile(r"\b(?:nedgang|reduksjon|redusert|går\s+(?:litt\s+)?ned|sank|falt)\b", re.IGNORECASE)
_NONE = re.compile(r"\bingen endring\b", re.IGNORECASE)
_LOWEST = re.compile(r"\b(?:den |de )?lavest(?:e)?\b", re.IGNORECASE)
_HIGHEST = re.compile(r"\b(?:den |de )?høyest(?:e)?\b", re.IGNORECASE)
_NEARLY = re.compile(
    r"\b(?:nest|tredje|fjerde|blant (?:de|kommunene)|relativt|litt|noe|samme nivå|en av)\b", re.IGNORECASE
)
_ALWAYS = re.compile(r"\bgjennomgående\b", re.IGNORECASE)
_YEARS_UP = re.compile(r"\better flere år med (økning|nedgang|vekst|reduksjon)", re.IGNORECASE)


class Indicator(NamedTuple):
    """A row of key figures: its values by (place, year); the place of the document's own municipality is ""."""

    document: str
    table: str
    caption: str
    label: str
    line: int
    values: dict[tuple[str, int], float]

    def latest(self) -> int:
        return max((year for place, year in self.values if not place), default=0)

    def own(self, year: int) -> float | None:
        return self.values.get(("", year))

    def others(self) -> dict[str, float]:
        return {place: value for (place, _), value in self.values.items() if place and not _MEAN.search(place)}

    def mean(self) -> float | None:
        means = [value for (place, year), value in self.values.items() if _MEAN.search(place) and year == self.latest()]
        return means[0] if means else None


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Comparisons of the prose that the table before it does not bear out.

    A clause is held against the rows of the last table before it under the same heading or the one above, by their
    labels. Only what a table can disprove is a finding: "lowest" where a printed municipality has less.
    """
    home = dict(zip(tables["documents"]["document"], tables["documents"]["municipality"], strict=True))
    levels = dict(zip(tables["documents"]["document"], tables["documents"]["baseline"] == "", strict=True))
    year = dict(zip(tables["documents"]["document"], tables["documents"]["budget_year"], strict=True))
    for document, spoken in tables["sentences"].groupby("document", sort=False):
        if not levels.get(document):
            continue
        cells = tables["table_cells"]
        known = _indicators(cells[cells["document"] == document], home[document], int(year[document]))
        yield from _series(str(document), spoken, cells[cells["document"] == document])
        for sentence in records(spoken[spoken["kind"] == "prose"]):
            near = _before(sentence, known)
            if not near:
                continue
            for clause in filter(None, _CLAUSE.split(sentence.text)):
                yield from _clause(sentence, clause, near, home[document])


def _indicators(cells: pd.DataFrame, home: str, budget_year: int) -> list[Indicator]:
    out = []
    known = cells[cells["value"].notna()]
    for (document, table, line), rows in grouped(known, ["document", "table", "line"]).items():
        values = {}
        for cell in rows:
            years = _YEAR.findall(cell.column)
            name = _YEAR.sub("", cell.column).strip(" |,")
            values[("" if name == home else name, int(years[0]) if years else budget_year)] = float(cell.value)
        own = {place for place, _ in values}
        if "" in own:
            out.append(Indicator(str(document), str(table), rows[0].caption, rows[0].row, int(line), values))
    return out


def _before(sentence, known: list[Indicator]) -> list[Indicator]:
    """The rows of the last table before a sentence, if it stands at most a page above it."""
    above = [row for row in known if row.line < sentence.line <= row.line + 45]
    return [row for row in above if row.table == above[-1].table] if above else []


def _named(clause: str, rows: list[Indicator]) -> list[Indicator]:
    """The rows that a clause is about: those of which it mentions most, if that is a good part."""
    words = telling(clause) + ["driftsutgifter"] * bool(_SPENDING.search(clause))
    labels = {row.line: telling(row.label) for row in rows}
    common = set.intersection(*(set(label) for label in labels.values())) if len(rows) > 1 else set()
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


def _clause(sentence, clause: str, near: list[Indicator], home: str) -> Iterator[Finding]:
    others = {place for row in near for place in row.others()}
    subject = next(
        (place for place in others if re.search(rf"\b{place}\b[^,]*\b(?:har|gjennomgående|ligger)\b", clause)), ""
    )
    if subject and _ALWAYS.search(clause):
        yield from _always(sentence, clause, near, subject)
        return
    rows = _named(clause, near)
    if len(rows) != 1 or subject or _NEARLY.search(clause) or _TOGETHER.search(clause):
        return
    row = rows[0]
    said = [word for word in telling(row.label) if any(same_word(word, other) for other in telling(clause))]
    if _SHARE.search(clause) and not _SHARE.search(row.label) and len(said) < 2:
        return
    yield from _than(sentence, clause, row)
    yield from _extreme(sentence, clause, row, home)
    yield from _moves(sentence, clause, row)


def _than(sentence, clause: str, row: Indicator) -> Iterator[Finding]:
    own = row.own(row.latest())
    less, more = bool(_LESS.search(clause)), bool(_MORE.search(clause))
    if own is None or less == more:
        return
    mean = row.mean()
    if _THAN_MEAN.search(clause) and mean is not None and ((own >= mean) if less else (own <= mean)):
        yield _finding(
            sentence, row, "error" if _plainly(clause, row) else "doubt",
            "Teksten sier at «{label}» er {word_nb} enn snittet, men {where_nb} har {own} mot {other}.",
            "The text says that “{label}” is {word_en} than the mean, but {where_en} has {own} against {other}.",
            own, mean, other=mean, word_nb="lavere" if less else "høyere", word_en="lower" if less else "higher",
        )  # fmt: skip
    if _OTHERS.search(clause):
        wrong = {place: value for place, value in row.others().items() if ((value < own) if less else (value > own))}
        for place_, value in wrong.items():
            yield _finding(
                # A mean in the clause may be the mean of the others, which each of them need not keep.
                sentence, row, "error" if _plainly(clause, row) and not _THAN_MEAN.search(clause) else "doubt",
                "Teksten sier at «{label}» er {word_nb} enn i de andre storbyene, men {where_nb} har {own} mot "
                "{other} i {city}.",
                "The text says that “{label}” is {word_en} than in the other large cities, but {where_en} has {own} "
                "against {other} in {city}.",
                own, value, other=value, city=place_.split(" | ")[-1], word_nb="lavere" if less else "høyere",
                word_en="lower" if less else "higher",
            )  # fmt: skip


def _extreme(sentence, clause: str, row: Indicator, home: str) -> Iterator[Finding]:
    own = row.own(row.latest())
    lowest, highest = bool(_LOWEST.search(clause)), bool(_HIGHEST.search(clause))
    if own is None or lowest == highest or (home not in clause and not re.search(r"\bkommunen\b", clause)):
        return
    wrong = {place: value for place, value in row.others().items() if ((value < own) if lowest else (value > own))}
    for place_, value in wrong.items():
        yield _finding(
            sentence, row, "error" if _plainly(clause, row) else "doubt",
            "Teksten sier at «{label}» er {word_nb}, men {where_nb} har {own} mot {other} i {city}.",
            "The text says that “{label}” is the {word_en}, but {where_en} has {own} against {other} in {city}.",
            own, value, other=value, city=place_.split(" | ")[-1], word_nb="lavest" if lowest else "høyest",
            word_en="lowest" if lowest else "highest",
        )  # fmt: skip


def _moves(sentence, clause: str, row: Indicator) -> Iterator[Finding]:
    latest = row.latest()
    own, last = row.own(latest), row.own(latest - 1)
    if own is None or last is None or re.search(r"storkommun|store kommun|asss|andre", clause, re.IGNORECASE):
        return
    up, down, none = bool(_UP.search(clause)), bool(_DOWN.search(clause)), bool(_NONE.search(clause))
    wrong = (none and own != last) or (
        not none and ((up and not down and own < last) or (down and not up and own > last))
    )
    if wrong:
        said = (
            ("ingen endring", "no change")
            if none
            else ("en økning", "an increase")
            if up
            else ("en nedgang", "a decrease")
        )
        yield _finding(
            sentence, row, "error" if _plainly(clause, row) and not none else "doubt",
            "Teksten sier {said_nb} i «{label}», men {where_nb} går fra {other} til {own}.",
            "The text says {said_en} in “{label}”, but {where_en} goes from {other} to {own}.",
            own, last, other=last, said_nb=said[0], said_en=said[1],
        )  # fmt: skip


def _always(sentence, clause: str, near: list[Indicator], subject: str) -> Iterator[Finding]:
    lowest, highest = bool(_LOWEST.search(clause)), bool(_HIGHEST.search(clause))
    if lowest == highest:
        return
    for row in near:
        theirs = row.others().get(subject)
        rest = {place: value for place, value in row.others().items() if place != subject} | {"": row.own(row.latest())}
        beyond = [value for value in rest.values() if value is not None and theirs is not None
                  and ((value < theirs) if lowest else (value > theirs))]  # fmt: skip
        if beyond:
            yield _finding(
                sentence, row, "error",
                "Teksten sier at {city} gjennomgående er {word_nb}, men «{label}» i {where_nb} er {own} der og "
                "{other} et annet sted.",
                "The text says that {city} is the {word_en} throughout, but “{label}” in {where_en} is {own} there and "
                "{other} in another place.",
                theirs, max(beyond) if highest else min(beyond), other=max(beyond) if highest else min(beyond),
                city=subject.split(" | ")[-1], word_nb="høyest" if highest else "lavest",
                word_en="highest" if highest else "lowest",
            )  # fmt: skip


def _series(document: str, spoken: pd.DataFrame, cells: pd.DataFrame) -> Iterator[Finding]:
    """ "Etter flere år med økning" where the total of the table has fallen the year before."""
    for sentence in spoken[spoken["text"].str.contains("etter flere år med", case=False)].itertuples():
        match = _YEARS_UP.search(sentence.text)
        near = cells[(cells["line"] > sentence.line) & (cells["line"] < sentence.line + 20) & (cells["is_total"] == 1)]
        series = sorted(
            (int(cell.column), float(cell.value), int(cell.line), cell.table, cell.caption)
            for cell in near.itertuples() if re.fullmatch(r"(?:19|20)\d\d", cell.column)
        )  # fmt: skip
        if not match or len(series) < 3:
            continue
        (_, before, line, table, caption), (when, value, *_) = series[-3], series[-2]
        rising = match[1].casefold() in ("økning", "vekst")
        if (value < before) if rising else (value > before):
            row = Indicator(document, table, caption, "", line, {})
            yield _finding(
                sentence, row, "error",
                "Teksten sier «{words}», men i {where_nb} gikk summen fra {other} til {own} i {when}.",
                "The text says “{words}”, but in {where_en} the total went from {other} to {own} in {when}.",
                value, before, other=before, words=match[0], when=str(when),
            )  # fmt: skip


def _finding(sentence, row: Indicator, severity: str, norwegian: str, english: str, own, computed, **values) -> Finding:
    where_nb, where_en = place(row.table, row.caption)
    descriptions = both(norwegian, english, label=row.label, own=own, where_nb=where_nb, where_en=where_en, **values)
    lines = join_lines([*range(sentence.line, sentence.line_last + 1), row.line])
    return Finding(
        sentence.document, "comparison", severity, row.table, lines, *(capital(text) for text in descriptions), own,
        computed, round(own - computed, 9),
    )  # fmt: skip

"""Hostile texts through every expression and text function after the readers: the work grows with the text alone."""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

import kommunebudsjett
from kommunebudsjett.audit.captions import _entry
from kommunebudsjett.audit.stage import READS, findings, raw_lines
from kommunebudsjett.audit.text import LONGEST_SENTENCE, sentences
from kommunebudsjett.core.registry import LONGEST_LINE
from kommunebudsjett.readers.annual_report import read
from kommunebudsjett.report.workforce import _goes_from_to
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.paragraphs import paragraphs
from kommunebudsjett.tables.topics import load_topics, topics
from tests.conftest import ROOT
from tests.tables.annual_report_cells import REPORT

PACKAGES = ("audit", "report", "tables", "publish")
METHODS = {"search", "match", "fullmatch", "finditer", "findall", "sub", "split"}
# What texts repeat, and what they begin with.
PARTS = (
    *("Kapittel ", ".", " ", "\t", "\u00a0", "1", "1 ", "1 000 ", "fra 1 til 2 ", "a) A. ", "(", "[", "«", "a", "A"),
    *("Aa ", "og ", "-", "- ", "<b>", "<li>", "*", "kr ", "redusert med ", "Tabell 1.1.1 ", "2026 ", "1.1.", "1,"),
)
BEFORE = ("", "A ", "1 ")
# Seconds that 20,000 characters may take: an expression that grows with the square takes several.
MOST_SECONDS = 1.0
# It reads the expressions of topics.csv, which people write.
CURATED = {("kommunebudsjett.tables.openings", "_ESCAPED")}


def modules() -> Iterator[ModuleType]:
    for package in PACKAGES:
        found = importlib.import_module(f"kommunebudsjett.{package}")
        for module in pkgutil.iter_modules(found.__path__, f"{found.__name__}."):
            yield importlib.import_module(module.name)


def expressions(module: ModuleType) -> set[tuple[str, str, re.Pattern[str]]]:
    """The expressions of a module with their name and the method that is called with a text."""
    named = {name: value for name, value in vars(module).items() if isinstance(value, re.Pattern)}
    calls = set()
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in METHODS:
            calls.add((node.value.id, node.attr))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            method = {"match": "match", "fullmatch": "fullmatch"}.get(node.func.attr, "search")
            calls |= {(given.id, method) for given in node.args if isinstance(given, ast.Name)}
    # Of others it is not seen here how they are used.
    calls |= {(name, "search") for name in named.keys() - {name for name, _ in calls}}
    return {(name, method, named[name]) for name, method in calls if name in named}


def seconds(call, text: str) -> float:
    start = time.perf_counter()
    result = call("", text) if call.__name__ == "sub" else call(text)
    if call.__name__ == "finditer":
        list(result)
    return time.perf_counter() - start


@pytest.mark.slow
@pytest.mark.parametrize("module", list(modules()), ids=lambda module: module.__name__.removeprefix("kommunebudsjett."))
def test_expressions_take_time_that_grows_with_the_text(module):
    for name, method, expression in expressions(module):
        if (module.__name__, name) in CURATED:
            continue
        # The words of an expression itself are what it looks longest at.
        own = {f"{word} " for word in re.findall(r"[a-zæøå]{2,}", expression.pattern)}
        for part in (*PARTS, *sorted(own)):
            for before in BEFORE:
                text = (before + part * LONGEST_LINE)[: LONGEST_LINE - 1] + "\x01"
                took = seconds(getattr(expression, method), text)
                assert took < MOST_SECONDS, (name, method, before + part, took)


# What a document may repeat in its lines: each was slow in one of the checks.
HOSTILE = (
    *(
        "Kapittel .....",
        "fra 1 til 2 ",
        "a) A. ",
        "1 ",
        "(",
        "redusert med 1 million ",
        "økt med 3 årsverk ",
        "1 mill. (",
    ),
    *("kapittel 3 tabell 1.1.1 ", "en to tre ", "over budsjett med 1 million kroner og ", "samlet sett 3 av 5 mål, "),
    "Sum skole er 5 millioner kroner, som er 3 prosent av 7 ",
)
NONE = {name: pd.DataFrame(columns=table.names).astype(table.dtypes) for name, table in TABLES.items()}


def document(part: str, length: int) -> list[str]:
    line = (part * length)[:length]
    return ["# 1. Økonomi", "", f"Skole {line}.", "", line, "", f"# {line}", "", f"- {line}", "", f"{line}\t12 mill"]


def audited(lines: list[str]) -> None:
    documents = NONE["documents"]
    findings({**{name: NONE[name] for name in READS}, "documents": documents, "lines": raw_lines(REPORT.id, lines)})


def tabled(lines: list[str]) -> None:
    topics({REPORT.id: lines}, NONE, load_topics(ROOT / "data/reference"))
    paragraphs({REPORT.id: lines}, NONE["table_cells"])


@pytest.mark.slow
@pytest.mark.parametrize("stage", [lambda lines: read(REPORT, lines), tabled, audited], ids=["read", "tables", "audit"])
@pytest.mark.parametrize("part", HOSTILE)
def test_stages_take_time_that_grows_with_the_text(stage, part):
    took = []
    for length in (LONGEST_LINE // 2, LONGEST_LINE):
        start = time.perf_counter()
        stage(document(part, length))
        took.append(time.perf_counter() - start)
    # Twice the text, at most three times the time; what takes less than a second is not worth measuring.
    assert took[1] < max(MOST_SECONDS, 3 * took[0]), took


def test_a_sentence_that_no_person_wrote_is_left_out():
    long = "Vi har redusert med 1 million og " * (LONGEST_SENTENCE // 20)
    lines = pd.DataFrame({"document": "d", "line": [1, 3], "text": [f"{long}mer.", "Vi har økt med 2 millioner."]})
    assert sentences(lines)["text"].tolist() == ["Vi har økt med 2 millioner."]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("3.1 Skole ........ 12", "3.1 Skole"),
        ("Skole .... .... 7", "Skole ...."),
        ("Skole.....", "Skole"),
        ("Skole ... 12", ""),
        ("........ 12", ""),
        ("Skole i 2026", ""),
    ],
)
def test_an_entry_of_a_list_of_contents(text, title):
    assert _entry(text) == title


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("Fraværet gikk ned fra 9,1 prosent i 2024 til 8,7 prosent.", True),
        ("Fraværet gikk fra mye til 8,7 prosent.", True),
        ("Fraværet gikk fra mye til lite i fjor.", False),
        ("Fraværet var 9 prosent. Fra i fjor gikk det ned.", False),
        ("Til 8 prosent.", False),
    ],
)
def test_from_one_figure_to_another(statement, found):
    assert _goes_from_to(statement) == found


def test_all_packages_are_looked_at():
    assert len(list(modules())) > 80
    assert kommunebudsjett.__path__

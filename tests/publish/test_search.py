"""What can be found: records of reports, measures, topics and documents, and the index that Pagefind makes of them."""

import base64
import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.publish import pagefind, search
from kommunebudsjett.publish.content import sections
from kommunebudsjett.publish.search import Record
from kommunebudsjett.report.blocks import Cell, Column, table
from kommunebudsjett.tables.passages import passages
from tests.conftest import ROOT
from tests.publish.reports import report, shown
from tests.saying import say

NAMES = {"a-2020": "A 2020", "b-2025": "B 2025"}


def test_a_report_is_found_by_its_sections(monkeypatch):
    found = report(
        [
            *shown(monkeypatch, lambda: say("nb", nb="- Først **{x}**.", en="", x=Cell("5 < 6"))),
            ("## Barnehager\n\nTekst om plass.", ""),
            *shown(
                monkeypatch,
                lambda: table(
                    "t", caption="Beløp", columns=[Column("Navn", False), Column("Tall")], rows=[["Skole", "7"]]
                ),
            ),
        ]
    )
    assert list(search.report_records([found])) == [
        Record("report", "Prøve", "Først 5 < 6.", "Prøve", "nb/prove.html", "nb"),
        Record("report", "Barnehager", "Tekst om plass. Beløp Skole", "Prøve", "nb/prove.html#barnehager", "nb"),
    ]


def test_a_measure_is_found_once_on_its_first_line_in_the_chosen_printing():
    rows = [
        ("a-2020", "Oppvekst", "Mer mat", 2020, "", 72),
        ("a-2020", "Oppvekst", "Mer mat", 2021, "", 71),
        ("b-2025", "Drift", "Buss", 2025, "chapter", 10),
        ("b-2025", "Drift", "Buss", 2025, "appendix", 90),
    ]
    measures = pd.DataFrame(rows, columns=["document", "area", "measure", "year", "printing", "line"])
    found = list(search.measure_records(measures, "appendix", NAMES))
    assert found == [
        Record("measure", "Mer mat", "Oppvekst", "A 2020", "sources/a-2020.html#L71", "nb"),
        Record("measure", "Buss", "Drift", "B 2025", "sources/b-2025.html#L90", "nb"),
    ]


def test_a_topic_leads_to_its_section_else_to_where_it_is_first_said():
    definitions = pd.DataFrame(
        [("sfo", "SFO", "After-school"), ("buss", "Buss", "Bus"), ("tog", "Tog", "Train")],
        columns=["topic", "name_nb", "name_en"],
    )
    topics = pd.DataFrame(
        [
            ("sfo", "a-2020", "12;15-18", "Gratis."),
            ("sfo", "b-2025", "3", "Flere."),
            ("buss", "b-2025", "40-41", "Ja."),
        ],
        columns=["topic", "document", "lines", "statement"],
    )
    found = list(search.topic_records(definitions, topics, sections([report([("## SFO\n\nTekst", "")])]), NAMES, "nb"))
    assert [(record.title, record.place, record.address) for record in found] == [
        ("SFO", "A 2020, B 2025", "nb/prove.html#sfo"),
        ("Buss", "B 2025", "sources/b-2025.html#L40"),
    ]
    english = list(search.topic_records(definitions, topics, {}, NAMES, "en"))
    assert [(record.title, record.lang) for record in english] == [("After-school", "en"), ("Bus", "en")]
    assert english[0].address == "sources/a-2020.html#L12"


def test_every_word_of_a_document_is_found_near_where_it_stands():
    lines = (ROOT / "data/raw/rodgronne-budsjett-2020.txt").read_text(encoding="utf-8").split("\n")
    found = list(search.document_records("a-2020", passages(lines), NAMES))
    assert len(found) > 50
    assert max(len(record.text) for record in found) < 2500
    numbers = [int(record.address.rpartition("#L")[2]) for record in found]
    assert numbers == sorted(numbers)
    assert all(lines[number - 1].strip() for number in numbers)
    # Words broken over a line end are mended there; most others stand as they are printed.
    said = " ".join(f"{record.title} {record.text}" for record in found)
    words = {word for line in lines for word in line.split() if word.isalpha() and len(word) > 5}
    missing = {word for word in words if word not in said}
    assert len(missing) < len(words) / 100, missing


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_two_indexes_of_the_same_records_are_the_same_bytes(tmp_path):
    records = {
        lang: [
            Record(kind, f"Tittel {n}", f"Ord nummer {n} </body><script>x</script>", "Sted", f"x.html#L{n}", lang)
            for n, kind in enumerate(search.KINDS * 20)
        ]
        for lang in ("nb", "en")
    }
    for name in ("one", "two"):
        search.write_index(records, tmp_path / name)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert len(list((tmp_path / "one" / "fragment").iterdir())) == 240
    assert not list((tmp_path / "one").glob("*ui*"))


def test_an_index_to_merge_has_all_but_the_program(tmp_path):
    records = {"nb": [Record("goal", f"Tittel {n}", "Ord", "Sted", f"x.html#L{n}", "nb") for n in range(3)]}
    search.write_index(records, tmp_path / "one")
    search.write_merged_index(records, tmp_path / "other")
    whole, merged = digests(tmp_path / "one"), digests(tmp_path / "other")
    assert merged.items() <= whole.items()
    left_out = {"pagefind.js", "pagefind-worker.js", "wasm.nb.pagefind", "wasm.unknown.pagefind"}
    assert whole.keys() - merged.keys() == left_out


ANSWER = base64.b64encode(
    json.dumps({"message_id": 0, "payload": {"type": "Error", "message": "no"}}).encode()
).decode()


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        (None, "its program is not installed"),
        ("exit 1", "it ended before it had answered"),
        ("head -c 20 >/dev/null", "it ended before it had answered"),
        (f"printf '%s,' {ANSWER}; cat >/dev/null", "no"),
    ],
)
def test_a_pagefind_that_does_not_run_is_told(tmp_path, monkeypatch, program, reason):
    path = tmp_path / "pagefind"
    path.write_text(f"#!/bin/sh\n{program}\n")
    path.chmod(0o755)
    monkeypatch.setattr(pagefind, "get_executable", lambda: None if program is None else path)
    records = {"nb": [Record("goal", "Tittel", "Ord " * 100_000, "Sted", "x.html", "nb")]}
    with pytest.raises(UserError, match=f"Pagefind could not make the search: {reason}"):
        search.write_index(records, tmp_path / "search")
    assert not (tmp_path / "search").exists()

"""What a number links to: its line, or a note on what it was computed from."""

import re
from dataclasses import replace

import pytest

from kommunebudsjett.publish.citations import Citations, merged, use_of
from kommunebudsjett.report.blocks import Cell, Column, Lines, Quotation, quotations, table
from tests.publish.reports import DOCUMENTS, page, report, shown
from tests.saying import say

OUTCOME, PLAN = "trondheim-2025", "sv-rodt-2026"


def cited(cell: Cell, lang: str = "nb") -> tuple[dict, Citations]:
    citations = Citations(DOCUMENTS, lang)
    data = cell.as_data()
    citations.cite(data)
    return data, citations


@pytest.mark.parametrize(
    ("sources", "href", "title"),
    [
        (
            ((OUTCOME, "97"),),
            "../sources/trondheim-2025.html#L97",
            "Kilde: Årsberetning 2025, linje 97",
        ),
        (
            ((OUTCOME, "97-99"),),
            "../sources/trondheim-2025.html#L97",
            "Kilde: Årsberetning 2025, linje 97–99",
        ),
        # Rows one after another are one run of lines.
        (((OUTCOME, "98"), (OUTCOME, "97")), "../sources/trondheim-2025.html#L97", None),
        (((OUTCOME, "97"), (OUTCOME, "97")), "../sources/trondheim-2025.html#L97", None),
    ],
)
def test_a_printed_value_leads_straight_to_its_line(sources, href, title):
    cell, citations = cited(Cell("5", sources))
    assert cell["href"] == href
    assert title is None or cell["title"] == title
    assert citations.notes == {}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nb", "regnet om. Linje 97 er lest av et menneske: blekket er borte."),
        ("en", "regnet om. Line 97 was read by a person: blekket er borte."),
    ],
)
def test_a_number_that_a_person_has_read_says_so_in_a_note(lang, words):
    ruled = {OUTCOME: replace(DOCUMENTS[OUTCOME], ruled={97: "blekket er borte"})}
    for lines, notes in (("97", [words.partition(". ")[2]]), ("98", []), ("96-98", [words.partition(". ")[2]])):
        citations = Citations({**DOCUMENTS, **ruled}, lang)
        citations.cite(Cell("5", ((OUTCOME, lines),)).as_data())
        assert [note.how for note in citations.notes.values()] == notes
    citations = Citations({**DOCUMENTS, **ruled}, lang)
    citations.cite(Cell("5", ((OUTCOME, "97"),), "regnet om.").as_data())
    assert [note.how for note in citations.notes.values()] == [words]


@pytest.mark.parametrize(
    ("sources", "how"),
    [
        (((OUTCOME, "97;99"),), ""),
        (((OUTCOME, "97"), (OUTCOME, "99")), ""),
        (((OUTCOME, "97"), (PLAN, "12")), ""),
        (((OUTCOME, "97"),), "regnet om til 2026-kroner"),
    ],
)
def test_a_derived_value_leads_to_a_note(sources, how):
    cell, citations = cited(Cell("5", sources, how))
    [note] = citations.notes.values()
    assert cell["href"] == "#n.1"
    assert (note.how, note.values) == (how, [{"text": "5", "lang": "", "id": cell["id"]}])


def test_a_value_without_sources_is_left_alone():
    cell, citations = cited(Cell("ingen beløp"))
    assert "href" not in cell
    assert citations.notes == {}


def test_a_document_that_nobody_named_goes_by_its_id():
    cell, _ = cited(Cell("5", (("bergen-2030", "3"),)), "en")
    assert cell["title"] == "Source: bergen-2030, line 3"


def test_sources_of_a_document_are_merged():
    pairs = [(OUTCOME, "99"), (PLAN, "2-3"), (OUTCOME, "97;98")]
    assert merged([{"document": d, "lines": n} for d, n in pairs]) == ((OUTCOME, "97-99"), (PLAN, "2-3"))
    assert merged([]) == ()


def test_runs_go_on_over_blank_lines_only():
    citations = Citations(DOCUMENTS, "nb")
    assert citations.runs(PLAN, "12;14;16;18") == ["12-16", "18"]
    assert citations.runs(OUTCOME, "12;14") == ["12", "14"]


def test_values_computed_alike_share_a_note_and_those_on_the_same_lines_point_to_it(monkeypatch):
    long = tuple((OUTCOME, str(line)) for line in (1, 3, 5, 7, 9))
    found = report(
        shown(
            monkeypatch,
            lambda: say(
                "nb",
                nb="{a} og {b}, altså {a}, men {c}.",
                en="{a}, {b}, {a}, {c}",
                a=Cell("10", long, "summen av radene."),
                b=Cell("12", long, "summen av radene."),
                c=Cell("2,5", long, "snittet av radene"),
            ),
        )
    )
    text = page(found)
    notes = re.findall(r'<li id="n\.(\d)">(.*?)</li>', text)
    assert [number for number, _ in notes] == ["1", "2"]
    assert re.findall(r'href="#(r[.\d]+)"', notes[0][1]) == ["r.1", "r.1.2"]
    assert ": summen av radene (Årsberetning 2025, linje " in notes[0][1]
    assert notes[0][1].count("../sources/trondheim-2025.html#L") == 5
    assert ': snittet av radene (de samme linjene som <a href="#n.1">note 1</a>).' in notes[1][1]
    # Every way back leads somewhere, and every number has its mark.
    assert set(re.findall(r'href="#(r[.\d]+)"', text)) == set(re.findall(r'id="(r[.\d]+)"', text))
    assert re.findall(r"<sup aria-hidden=\"true\">\[(\d)\]</sup>", text) == ["1", "1", "1", "2"]


def test_a_value_in_the_title_makes_no_note(monkeypatch):
    title = Cell("2025", ((OUTCOME, "1;9"),))
    [block] = shown(monkeypatch, lambda: say("nb", nb="{y} er året", en="{y}", y=title))
    block["html"] = block["html"].replace("\ue0000\ue001", "2025")
    assert "doc-endnotes" not in page(report([block]))


def test_tables_name_the_documents_and_the_tables_that_they_come_from(monkeypatch):
    columns = [Column("Hva", numeric=False), Column("Beløp")]
    rows = [["Skatt", Cell("5", ((OUTCOME, "97;99"),))], ["Renter", Cell("6", ((PLAN, "12"),))]]
    text = page(
        report(shown(monkeypatch, lambda: table("t", caption="Skatt", columns=columns, rows=rows, note="Merk.")))
    )
    assert (
        '<p class="note">Merk. Kilder: <a href="../sources/trondheim-2025.html#L97">'
        "Årsberetning 2025</a> (tabell 1.1.1); "
        '<a href="../sources/sv-rodt-2026.html#L12">SV og Rødt 2026</a>.</p>'
    ) in text
    plain = [["Skatt", "ingen"]]
    assert "Kilde" not in page(
        report(shown(monkeypatch, lambda: table("t", caption="Skatt", columns=columns, rows=plain)))
    )


def test_lines_themselves_are_links_each(monkeypatch):
    columns = [Column("Hva", numeric=False), Column("Linjer", numeric=False)]
    rows = [["Feil", Lines("", ((PLAN, "12;14;18"),))]]
    text = page(report(shown(monkeypatch, lambda: table("t", caption="Feil", columns=columns, rows=rows))))
    assert ">12–14</a>, <a" in text
    assert 'href="../sources/sv-rodt-2026.html#L18">18</a>' in text
    assert "doc-endnotes" not in text


def test_a_quotation_says_where_it_stands_and_in_which_language(monkeypatch):
    entry = Quotation("Gratis SFO", "Første ledd.\n\nAndre  ledd.", (PLAN, "12;14"), Cell("5", ((PLAN, "11"),)))
    [block] = shown(monkeypatch, lambda: quotations("en", [entry]))
    text = page(report([block], "en"))
    assert '<blockquote lang="nb">\n<p>Første ledd.</p>\n<p>Andre ledd.</p>' in text
    assert '<span class="unseen"> about Gratis SFO</span></summary>' in text
    assert '<p class="note">SV og Rødt 2026, lines <a href="../sources/sv-rodt-2026.html#L12"' in text
    assert '<a class="cite" href="../sources/sv-rodt-2026.html#L11"' in text.split("<details>")[0]


@pytest.mark.parametrize(
    "entry",
    [Quotation("", "Tekst", (PLAN, "1")), Quotation("A", " \n\n", (PLAN, "1")), Quotation("A", "b", (PLAN, ""))],
)
def test_a_quotation_without_heading_words_or_lines_is_refused(entry):
    with pytest.raises(ValueError, match="heading, text and lines are needed"):
        quotations("nb", [entry])


def test_a_page_of_three_hundred_derived_values_is_light(monkeypatch):
    columns = [Column("Tiltak", numeric=False), *(Column(str(year)) for year in range(2026, 2031))]
    rows = [
        [f"Tiltak {n}"]
        + [
            Cell("1 257,5", tuple((OUTCOME, str(line)) for line in range(n, 2800, 470 + year)), "summen av radene")
            for year in range(5)
        ]
        for n in range(1, 61)
    ]
    text = page(report(shown(monkeypatch, lambda: table("t", caption="Tung", columns=columns, rows=rows))))
    assert text.count('role="doc-noteref"') == text.count('<li id="n.') == 300
    assert len(text.encode()) < 220_000


@pytest.mark.parametrize(
    ("cells", "nb", "en"),
    [
        (
            (Cell("1", ((OUTCOME, "97"),)), Cell("2", ((PLAN, "12"),))),
            "Rapporten henter tall og ord fra årsberetningen for 2025 og SV og Rødt 2026.",
            "This report takes figures and words from årsberetningen for 2025 and SV og Rødt 2026.",
        ),
        (
            (Cell("1", ((PLAN, "12"), (PLAN, "20"))), Cell("uten kilde")),
            "Rapporten henter tall og ord fra SV og Rødt 2026. Også registrert, men uten tall og ord her: "
            "årsberetningen for 2025.",
            "This report takes figures and words from SV og Rødt 2026. Also registered, but with no figures or words "
            "here: årsberetningen for 2025.",
        ),
        # Lines alone are of a document too.
        (
            (Lines("", ((OUTCOME, "97-99"),)),),
            "Rapporten henter tall og ord fra årsberetningen for 2025. "
            "Også registrert, men uten tall og ord her: "
            "SV og Rødt 2026.",
            "This report takes figures and words from årsberetningen for 2025. "
            "Also registered, but with no figures or "
            "words here: SV og Rødt 2026.",
        ),
        (
            (Cell("ingen"),),
            "Rapporten har ingen tall eller ord fra dokumentene som er registrert: årsberetningen for 2025 og "
            "SV og Rødt 2026.",
            "This report has no figures or words from the documents that are registered: årsberetningen for 2025 and "
            "SV og Rødt 2026.",
        ),
    ],
)
def test_a_page_says_which_documents_it_has_something_of(monkeypatch, cells, nb, en):
    places = {f"cell_{index}": cell for index, cell in enumerate(cells)}
    words = " ".join(f"{{{name}}}" for name in places)
    blocks = shown(monkeypatch, lambda: say("nb", nb=words, en=words, **places))
    assert use_of(blocks, DOCUMENTS, "nb") == nb
    assert use_of(blocks, DOCUMENTS, "en") == en
    assert use_of(blocks, {}, "nb") == ""

"""Reports of nine documents of one municipality, of parts exchanged, and of documents that no report asks for."""

import re

import pytest
import yaml

from kommunebudsjett.audit import stage as audit
from kommunebudsjett.core import inputs
from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.publish.site import compared
from kommunebudsjett.readers import stage as read
from kommunebudsjett.report.blocks import filled
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.tables import stage as tables
from tests.conftest import ROOT
from tests.report import nine, reading

NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
# The notebooks that show every proposal, not those of the comparison alone.
OF_ALL = ("economy", "goals", "investments", "service_area", "sources", "topics", "workforce")
SHOWN = [id for id, *_ in (*nine.PROPOSALS, *nine.REPORTS)]

pytestmark = pytest.mark.slow


def made(project: Project) -> Project:
    for stage in (read, tables, audit):
        stage.run(project)
    return project


@pytest.fixture(scope="module")
def collection(tmp_path_factory) -> Project:
    """Nine documents, all proposals and annual reports shown."""
    return made(nine.nine(tmp_path_factory.mktemp("nine")))


def shown(project: Project, name: str, lang: str, monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    area = {"area_id": "oppvekst"} if name == "service_area" else {}
    return reading.shown(project.notebooks, name, lang, load_params(project).prices.year, monkeypatch, **area)


def headings(found: list[dict]) -> list[str]:
    """The headings of a page as they stand below each other: one under another as one."""
    out, above = [], ""
    for block in found:
        if block.get("level") in (2, 3):
            text = filled(block)
            above = text if block["level"] == 2 else above
            out.append(text if block["level"] == 2 else f"{above}: {text}")
    return out


def check(found: list[dict]) -> None:
    """A page says nothing that is not there, and gives no two things one name."""
    assert not re.search(r"\b(nan|None|NaT|inf)\b|\{\w+\}", reading.words(found))
    titles = headings(found)
    assert len(set(titles)) == len(titles)
    captions = [block["caption"] for block in found if block.get("caption")]
    assert len(set(captions)) == len(captions)
    names = [block["name"] for block in found if block.get("name")]
    assert len(set(names)) == len(names)
    for block in found:
        heads = [column["header"] for column in block.get("columns", [])]
        assert len(set(heads)) == len(heads), heads
    # What is said of a proposal is said of one.
    said = re.findall(r"(?m)^(?:Forslaget for|The proposal for|The \d+ proposal by) .*$", reading.sentences(found))
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("name", NOTEBOOKS)
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_every_report_of_nine_documents_tells_them_apart(collection, lang, name, monkeypatch):
    found = shown(collection, name, lang, monkeypatch)
    check(found)
    text = reading.words(found)
    if name in OF_ALL:
        e = Edition(collection, load_params(collection), lang)
        for proposal in e.proposals():
            said = (e.name(e.document(proposal)), e.called(e.document(proposal)), e.dated(proposal))
            assert any(words in text for words in said), proposal


def test_the_tense_of_a_proposal_is_that_of_its_year(collection, monkeypatch):
    # The edition is of 2026: that year is not over.
    text = reading.sentences(shown(collection, "service_area", "en", monkeypatch))
    for words in (
        # The years of another plan of the party are among its own.
        "SV and Rødt (2021) would have given the area",
        "SV and Rødt (2024) would have given the area",
        "MDG (2024) would have given the area",
        "MDG (mdg-2026) would give the area",
        "MDG (mdg-2026-revidert) would give the area",
        "The six proposals are changes",
        "in the seven documents",
    ):
        assert words in text, words
    assert len(re.findall("would give the area", text)) == len(re.findall("would have given the area", text)) == 3


@pytest.mark.parametrize(
    ("lang", "few", "many"),
    [
        (
            "nb",
            "Budsjettforslaget til SV og Rødt for 2021, årsberetningen for 2025 og budsjettforslaget til SV og Rødt "
            "for 2026, side om side.",
            "Seks budsjettforslag for 2021, 2024 og 2026 og to årsberetninger for 2024–2025, side om side.",
        ),
        (
            "en",
            "The 2021 budget proposal of SV and Rødt, the annual report for 2025 and the 2026 budget proposal of "
            "SV and Rødt, side by side.",
            "Six budget proposals for 2021, 2024 and 2026 and two annual reports for 2024–2025, side by side.",
        ),
    ],
)
def test_the_front_page_names_or_counts_what_is_shown(collection, lang, few, many):
    params = load_params(collection)
    assert compared(collection, params)[lang] == many
    assert compared(collection, params.model_copy(update={"collection": None}))[lang] == few


@pytest.mark.parametrize(
    ("name", "lang", "words"),
    [
        ("overview", "nb", "SV og Rødt (2021) ville ha gitt tjenestene"),
        ("overview", "nb", "SV og Rødt (2026) ville gi tjenestene"),
        ("overview", "nb", "Årsberetningen for 2025 viser nivåer"),
        ("overview", "nb", "Oversikten setter bare to av seks budsjettforslag opp mot regnskapet"),
        ("overview", "en", "What the services would get in the proposal for 2026 (SV and Rødt)"),
        ("overview", "en", "SV and Rødt 2026: the services would get"),
        ("economy", "nb", "Planen til MDG (mdg-2026-revidert) for 2026–2029:"),
        (
            "economy",
            "nb",
            "SV og Rødt (2021) ville ha økt eiendomsskatten med 51 mill. kr i 2021 og 64 mill. kr i 2024, målt",
        ),
        ("economy", "nb", "Årsberetningen for 2025 har ingen balanse."),
        ("economy", "nb", "Fortegnene står slik de er trykt"),
        ("economy", "en", "SV and Rødt (2021) would have raised property tax"),
        # The report for 2024 states them.
        (
            "economy",
            "en",
            "The services | 11,830 | 11,990 | not stated | +160 | not stated in the annual report for 2025",
        ),
        ("economy", "nb", "MDG 2024: Beløpene er endringer fra byrådets forslag."),
        ("economy", "en", "MDG 2024: the largest in 2027 is"),
        ("service_area", "nb", "SV og Rødt (2024) ville ha gitt området"),
        ("service_area", "nb", "Tiltakene i forslaget for 2021 (SV og Rødt): 2021 (ring) og 2024 (fylt)"),
        ("service_area", "en", "The annual report for 2025 has two assessments of goals"),
        ("service_area", "en", "MDG 2024: the amounts are in"),
        ("overview", "en", "Where the money is to come from in 2026 (SV and Rødt)"),
        ("investments", "nb", "Hva MDG (2024) ville ha endret i 2024–2027"),
        ("investments", "nb", "Hva MDG (mdg-2026) ville endre i 2026–2029"),
        ("investments", "en", "SV and Rødt (2021) would have added NOK 263.6 million"),
        ("investments", "en", "The annual report for 2025 has no table of investments by area, and so no deviations"),
        ("workforce", "en", "MDG (2024) had one measure that, by its name, concerns staff and would have raised"),
        ("workforce", "en", "MDG (mdg-2026) have two measures that, by their names, concern staff and raise"),
        ("workforce", "nb", "Årsberetningen for 2025 har ingen tabeller over de ansatte."),
        ("goals", "en", "The area with the most goals not achieved"),
        ("topics", "nb", "Beløp i årsberetningen for 2024 og årsberetningen for 2025 er regnskap"),
    ],
)
def test_words_say_which_document_and_in_the_tense_of_its_year(collection, name, lang, words, monkeypatch):
    assert words in reading.words(shown(collection, name, lang, monkeypatch)).replace("\xa0", " ")


def test_each_document_has_its_colour_whatever_else_is_shown(collection):
    params = load_params(collection)
    few = Edition(collection, params.model_copy(update={"collection": None}), "nb")
    all_shown = Edition(collection, params, "nb")
    colours = [all_shown.colour(document) for document in SHOWN]
    assert len(set(colours)) == len(SHOWN)
    assert [few.colour(document) for document in SHOWN] == colours


@pytest.mark.parametrize(
    ("collected", "proposals", "outcomes"),
    [
        (None, ["sv-rodt-2021", "sv-rodt-2026"], ["trondheim-2025"]),
        ({}, [id for id, *_ in nine.PROPOSALS], ["trondheim-2024", "trondheim-2025"]),
        (
            {"proposals": ["mdg-2024"], "outcomes": []},
            ["sv-rodt-2021", "mdg-2024", "sv-rodt-2026"],
            ["trondheim-2025"],
        ),
    ],
)
def test_the_collection_says_which_documents_are_shown(collection, collected, proposals, outcomes):
    params = load_params(collection)
    section = None if collected is None else type(params.collection)(municipality="Trondheim", **collected)
    e = Edition(collection, params.model_copy(update={"collection": section}), "nb")
    assert (e.proposals(), e.outcomes()) == (proposals, outcomes)
    assert e.budgets() == ["trondheim-budsjett-2026"]
    assert e.proposals(2024) == [id for id in proposals if id.endswith("2024")]


def test_the_table_of_documents_says_which_are_not_shown_and_why(collection):
    rows = Edition(collection, load_params(collection), "nb").table("documents").set_index("document")
    assert rows["left_out"].to_dict() == dict.fromkeys(SHOWN, "") | {"trondheim-budsjett-2026": "budget"}
    assert (rows["shown"] == (rows["left_out"] == "").astype(int)).all()


EXCHANGED = {"before": "sv-rodt-2026", "alternative": "rodgronne-2020", "outcome": "trondheim-2025"}


@pytest.mark.parametrize("name", NOTEBOOKS)
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_parts_exchanged_give_whole_reports(project, lang, name, monkeypatch):
    values = yaml.safe_load(project.params.read_text(encoding="utf-8")) | {"documents": EXCHANGED}
    project.params.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    (project.root / "data/clean").symlink_to(ROOT / "data/clean")
    found = shown(project, name, lang, monkeypatch)
    check(found)
    if name == "economy" and lang == "en":
        assert "The plan of SV and Rødt for 2026–2029:" in reading.sentences(found)
    if name == "overview" and lang == "en":
        text = reading.words(found)
        assert "What was proposed for 2020, and what was left over in 2025" in text
        assert "| Deviation 2025 | Change 2026 | Change 2020 as % of accounts" in text
    if name == "service_area" and lang == "en":
        text = reading.sentences(found)
        assert re.search("The red–green parties would have given the area .* in 2020", text)
        assert re.search("SV and Rødt would give the area .* in 2026", text)


def asked(project: Project, monkeypatch: pytest.MonkeyPatch) -> dict[str, dict[inputs.Question, str]]:
    """By notebook, what it asks of the tables and parameters of a project, with the digest of each answer."""
    found = {}
    for name in NOTEBOOKS:
        monkeypatch.setattr(inputs, "asked", {})
        shown(project, name, "nb", monkeypatch)
        found[name] = inputs.asked
    return found


@pytest.mark.parametrize("collected", [None, nine.COLLECTION], ids=["three", "all"])
def test_a_new_document_is_a_change_only_for_those_who_ask_for_it(tmp_path, monkeypatch, collected):
    project = nine.nine(tmp_path, collection=collected)
    entries = yaml.safe_load(project.registry.read_text(encoding="utf-8"))
    new = next(entry for entry in entries if entry["id"] == "mdg-2026")
    others = [entry for entry in entries if not entry["id"].startswith("mdg-2026")]

    def register(documents: list[dict]) -> None:
        project.registry.write_text(yaml.safe_dump(documents, allow_unicode=True, sort_keys=False), encoding="utf-8")
        made(project)

    register(others)
    before = asked(project, monkeypatch)
    register([*others, new])
    changed = {
        name
        for name, questions in before.items()
        if any(inputs.current(project.root, question) != answer for question, answer in questions.items())
    }
    # All proposals stand in these, and each of those for the same year is named with who made it; the sources name
    # all that is registered.
    assert changed == ({"sources"} if collected is None else {*OF_ALL, "overview"})

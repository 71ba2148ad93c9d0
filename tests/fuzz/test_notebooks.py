"""Notebooks with anything done to them: executed and published, or refused in words that name the file and a remedy."""

import copy
import json
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.execution.cache import NotebookCache
from kommunebudsjett.execution.notebooks import check_parameters, declared_parameters, execute
from kommunebudsjett.execution.running import Run
from kommunebudsjett.execution.texts import check_texts
from kommunebudsjett.publish.content import content, executed
from tests.conftest import ROOT
from tests.fuzz.mutations import FRAGMENTS, edited, edits

# nbformat gives ids to cells that lack one, and says so.
pytestmark = pytest.mark.filterwarnings("ignore:Cell is missing an id", "ignore:Non-unique cell id")
TEXT = (ROOT / "notebooks" / "goals.ipynb").read_text(encoding="utf-8")
PARAMETERS = {"lang": "nb", "price_year": 2026}
KEYS = ("id", "tags", "outputs", "source", "metadata", "cell_type", "nbformat", "execution_count", "attachments", "x")
VALUES = (
    None, True, 0, -1, 1e9, "", "x", "nb", "raw", "code", "markdown", "heading", "parameters", "4", 3, 5, 99, [], {},
    [1], ["parameters"], {"a": 1}, "# Tittel", ["# Tittel\n", "x"], "lang: str = 'nb'\nprice_year = None", "x = {",
    [{"output_type": "stream", "name": "stdout", "text": "x"}], [{"output_type": "what"}],
    [{"output_type": "display_data", "data": {"text/html": "<b>"}, "metadata": {}}],
    [{"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["\x1b[31mx"]}],
)  # fmt: skip
# A choice for each level down to the place of a change, what is done there, and with what.
changes = st.lists(
    st.tuples(
        st.lists(st.integers(0, 30), min_size=1, max_size=5),
        st.sampled_from(["delete", "set", "add", "double"]),
        st.sampled_from(VALUES) | st.sampled_from(FRAGMENTS),
        st.sampled_from(KEYS),
    ),
    min_size=1,
    max_size=4,
)


def change(notebook: Any, path: list[int], operation: str, value: Any, key: str) -> None:
    """Change what lies at a path into the JSON of a notebook; each number chooses one of the things there are."""
    holder: Any = notebook
    for index, choice in enumerate(path):
        places = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not places:
            return
        place = places[choice % len(places)]
        if index + 1 == len(path) or not isinstance(holder[place], dict | list):
            break
        holder = holder[place]
    value = copy.deepcopy(value)
    if operation == "delete":
        del holder[place]
    elif operation == "set":
        holder[place] = value
    elif isinstance(holder, dict):
        holder[key] = value
    else:
        holder.insert(place, copy.deepcopy(holder[place]) if operation == "double" else value)


@pytest.fixture(scope="module")
def cache(tmp_path_factory) -> NotebookCache:
    root = tmp_path_factory.mktemp("notebooks")
    (root / "notebooks").mkdir()
    return NotebookCache(root / "build" / "cache", root, 1)


def check(cache: NotebookCache, text: str) -> UserError | None:
    """The mistake that is told of a notebook; all but its cells is run."""
    path = cache.root / "notebooks" / "goals.ipynb"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        check_parameters(path, declared_parameters(path), PARAMETERS)
        check_texts(nbformat.read(path, as_version=nbformat.NO_CONVERT), path, both=True)
        target = cache.root / "executed.ipynb"
        execute(path, PARAMETERS, "goals", cache, lambda notebook: Run(notebook, None), target)
        content(executed(target))
    except UserError as mistake:
        assert mistake.file and mistake.remedy
        assert str(mistake.file).endswith("goals.ipynb")
        return mistake
    return None


@settings(suppress_health_check=list(HealthCheck), max_examples=40)
@given(changes)
def test_a_notebook_with_other_json(cache, made):
    notebook = json.loads(TEXT)
    notebook["cells"] = notebook["cells"][:5]
    for each in made:
        change(notebook, *each)
    check(cache, json.dumps(notebook))


@settings(suppress_health_check=list(HealthCheck), max_examples=15)
@given(edits(4))
def test_a_notebook_with_edits(cache, made):
    check(cache, "\n".join(edited(TEXT.split("\n"), made)))


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ('"cell_type": "code",', "", "is not of its format, cells[0]", None),
        ('"cell_type": "code",', '"cell_type": "heading",', "is not of its format, cells[0]", None),
        ('"nbformat": 4,', '"nbformat": 99,', "is of version 99 of the format, not 4", None),
        ('"nbformat": 4,', '"nbformat": 3,', "is of version 3 of the format, not 4", None),
        ('"nbformat": 4,', '"nbformat": 4', "the notebook is not JSON", TEXT.count("\n") - 1),
        (TEXT, "[]", "the file is no notebook", None),
        (TEXT, "{", "the notebook is not JSON", 1),
        (TEXT, "[" * 100_000, "the file is no notebook", None),
        ('"parameters"', '"parametre"', "no cell of it is tagged `parameters`", None),
    ],
)
def test_what_was_found(cache, old, new, message, line):
    assert old in TEXT
    mistake = check(cache, TEXT.replace(old, new, 1))
    assert message in mistake.message
    assert mistake.line == line

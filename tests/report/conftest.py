"""What tests of several reports share: the edition of this project."""

import pytest

from kommunebudsjett.params import load_params
from kommunebudsjett.project import Project
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.texts import TEXT
from tests.conftest import ROOT, write_texts


@pytest.fixture(scope="session", autouse=True)
def _texts() -> None:
    """Reports quote the documents' text, which is in no clone until the pipeline has run."""
    if len(list(Project(ROOT).interim.glob(f"*/{TEXT}"))) < len(list(Project(ROOT).raw.glob("*.txt"))):
        write_texts(Project(ROOT))


@pytest.fixture(scope="module", params=["nb", "en"])
def edition(request) -> Edition:
    project = Project(ROOT)
    return Edition(project, load_params(project), request.param)


@pytest.fixture(scope="module")
def bokmal() -> Edition:
    project = Project(ROOT)
    return Edition(project, load_params(project), "nb")

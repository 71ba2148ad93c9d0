"""What tests of several reports share: the edition of this project."""

import pytest

from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.report.edition import Edition
from tests.conftest import ROOT


@pytest.fixture(scope="module", params=["nb", "en"])
def edition(request) -> Edition:
    project = Project(ROOT)
    return Edition(project, load_params(project), request.param)


@pytest.fixture(scope="module")
def bokmal() -> Edition:
    project = Project(ROOT)
    return Edition(project, load_params(project), "nb")

"""The worked example of the documentation: installed as a package of its own, tested, and run in a project."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.readers import stage
from kommunebudsjett.tables.storage import read_table
from tests.conftest import BIN, ROOT

EXAMPLE = ROOT / "docs" / "examples" / "reader"
TEXT = """Partiets budsjett for byen

Oppvekst

- Flere lærere: 12,5 millioner i 2027, 25 millioner i 2028
- Lekser på skolen: utredes
"""
ENTRY = """
- id: partiet-2027
  file: partiet-2027.txt
  title: Partiets budsjett 2027
  publisher: Partiet
  family: measure_list
  role: proposal
  municipality: Trondheim
  budget_year: 2027
  period_from: 2027
  period_to: 2030
  baseline: byrådets forslag
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory) -> Path:
    """A folder with the example installed in it."""
    folder = tmp_path_factory.mktemp("packages")
    source = shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("source") / "reader")
    options = ["--quiet", "--offline", "--no-deps", "--no-build-isolation", "--python", sys.executable]
    subprocess.run([BIN / "uv", "pip", "install", *options, "--target", folder, source], check=True)
    return folder


def run(package: Path, folder: Path, *words: str | Path) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PYTHONPATH": str(package)}
    return subprocess.run([*words], cwd=folder, capture_output=True, text=True, env=environment)


def test_its_tests_pass(package, tmp_path):
    tests = shutil.copytree(EXAMPLE / "tests", tmp_path / "tests")
    result = run(package, tests, BIN / "pytest", "-q", "-p", "no:cacheprovider", ".")
    assert result.returncode == 0, result.stdout
    assert "9 passed" in result.stdout


def test_its_family_is_read_like_any_other(package, project):
    (project.raw / "partiet-2027.txt").write_text(TEXT, encoding="utf-8")
    with project.registry.open("a", encoding="utf-8") as file:
        file.write(ENTRY)
    for name in ("read", "tables"):
        result = run(package, project.root, BIN / "kommunebudsjett", name)
        assert result.returncode == 0, result.stderr
    assert (
        "partiet-2027: 2 numbers read, 0 unread; 3 measures"
        in run(package, project.root, BIN / "kommunebudsjett", "read").stdout.splitlines()
    )
    measures = read_table(project.clean, "measures")
    found = measures[measures["document"] == "partiet-2027"]
    assert list(zip(found["area_id"], found["year"].fillna(0), found["line"], strict=True)) == [
        ("oppvekst", 2027, 5),
        ("oppvekst", 2028, 5),
        ("oppvekst", 0, 6),
    ]


def test_without_it_the_family_is_unknown(project):
    (project.raw / "partiet-2027.txt").write_text(TEXT, encoding="utf-8")
    with project.registry.open("a", encoding="utf-8") as file:
        file.write(ENTRY)
    with pytest.raises(UserError, match="no reader knows the family measure_list"):
        stage.run(project)


@pytest.mark.parametrize("value", ["no_such_module:read", "kommunebudsjett.readers:read", "1 2"])
def test_a_broken_reader_is_told_in_words(monkeypatch, value):
    monkeypatch.setitem(stage.FAMILIES, "measure_list", value)
    with pytest.raises(UserError, match=r"the reader of the family measure_list, .* cannot be loaded") as raised:
        stage.reader("measure_list")
    assert raised.value.remedy

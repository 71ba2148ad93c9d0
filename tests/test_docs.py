"""The documentation: its links lead somewhere, and what it tells to run and to set up is there."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from kommunebudsjett.cli import cli
from kommunebudsjett.readers.stage import OURS
from kommunebudsjett.tables.contracts import TABLES
from tests.conftest import ROOT, git, run

PAGES = sorted(ROOT / name for name in git(ROOT, "ls-files", "-z", "--", "*.md", ":!tests/**").split("\0") if name)
TARGETS = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
FENCE = re.compile(r"(?ms)^ *```(\w*)\n(.*?)^ *```")

# The exit code of each command of pytest; 5 where no test is selected. In one process, which loads the modules once.
COLLECT = """
import contextlib, io, json, sys
import pytest

# The plugin collects garbage five times at the end of each run: of 8 s it would make 29.
options = ["--collect-only", "-q", "-p", "no:cacheprovider", "-p", "no:unraisableexception"]
codes = []
for words in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()):
        codes.append(int(pytest.main([*words, *options])))
print(json.dumps(codes))
"""


def anchors(page: Path) -> set[str]:
    """The addresses of the headings of a page, as GitHub makes them."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"(?m)^#+ (.*)$", text)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for address in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in address:
            continue
        file, _, anchor = address.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), f"{address} leads nowhere"
        if anchor and target.suffix == ".md":
            assert anchor in anchors(target), f"{address}: no such heading"


def test_every_page_is_reached_from_the_index():
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert page.name == "README.md" or f"({page.name})" in index, page.name
    assert "docs/README.md" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_that_are_told_are_there(page):
    text = page.read_text(encoding="utf-8")
    blocks = [line for language, block in FENCE.findall(text) if not language for line in block.splitlines()]
    told = [line.strip() for line in [*blocks, *re.findall(r"`([^`\n]+)`", text)]]
    for line in told:
        program, *words = line.split()[:2] or [""]
        if program == "make" and words and re.fullmatch(r"[a-z-]+", words[0]):
            assert words[0] in TARGETS, line
        if program == "kommunebudsjett" and words and re.fullmatch(r"[a-z-]+", words[0]):
            assert words[0] in cli.commands, line


@pytest.mark.slow
def test_each_command_of_pytest_selects_a_test():
    told = [command for page in PAGES for command in re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8"))]
    commands = sorted({re.sub(r"^(\w+=\S+ )+", "", line) for line in told})
    words = [shlex.split(line)[1:] for line in commands if line.startswith("pytest ")]
    assert len(words) > 20
    given = {"input": json.dumps(words), "capture_output": True, "text": True, "cwd": ROOT}
    result = subprocess.run([sys.executable, "-c", COLLECT], **given)
    codes = json.loads(result.stdout.splitlines()[-1])
    assert [shlex.join(each) for each, code in zip(words, codes, strict=True) if code] == [], result.stderr


def test_each_row_of_faults_has_the_command_that_repeats_it():
    text = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    tables = re.findall(r"(?m)^\| fault \|.*\n\|[-|]+\n((?:\|.*\n)+)", text)
    rows = [row for table in tables for row in table.splitlines()]
    assert len(tables) == 4 and len(rows) > 35
    for row in rows:
        last = re.split(r"(?<!\\)\|", row)[-2]
        assert re.search(r"`(\w+=\S+ )*(pytest|make|python) [^`]+`", last), row


def test_the_families_and_files_that_are_told_are_there():
    text = (ROOT / "docs" / "howto.md").read_text(encoding="utf-8")
    for family in OURS:
        assert f"`{family}`" in text
    for name in set(re.findall(r"data/[\w/.]+\.\w+", text)):
        assert (ROOT / name).is_file(), name
    told = text.split("| column of `service_areas.csv` |")[1].split("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", told)) >= {column.name for column in TABLES["area_names"].columns}


def test_a_container_and_binder_set_up_what_is_there():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    script, targets = re.fullmatch(r"sudo sh (\S+) && make ([a-z ]+)", container["postCreateCommand"]).groups()
    assert (ROOT / script).is_file()
    assert set(targets.split()) <= TARGETS
    python = re.search(r"python:([\d.]+)", container["image"])[1]
    assert (ROOT / "binder" / "runtime.txt").read_text(encoding="utf-8") == f"python-{python}\n"
    assert f"python={python}" in (ROOT / "environment.yml").read_text(encoding="utf-8")
    named = re.findall(r"(?m)^-r (.*)$", (ROOT / "binder" / "requirements.txt").read_text(encoding="utf-8"))
    assert [(ROOT / "binder" / name).resolve() for name in named] == [ROOT / "requirements.lock"]
    assert (ROOT / "binder" / "postBuild").stat().st_mode & 0o111
    assert run(ROOT, "sh", "-n", "binder/postBuild").returncode == 0

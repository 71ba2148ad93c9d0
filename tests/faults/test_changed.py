"""An edit while a stage runs: the run fails, DVC notes nothing, and the next run has the new text everywhere."""

import shutil
import time
from pathlib import Path

import pytest

from tests.faults.conftest import Small

pytestmark = pytest.mark.xdist_group("faults")
OLD, NEW = "Oppvekst og utdanning,Children", "Oppvekst og opplæring,Children"


def change(small: Small, old: str, new: str) -> None:
    path = small.root / "data/reference/areas.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def wait_for(folder: Path, pattern: str) -> None:
    """Until a stage has begun to write its results."""
    end = time.monotonic() + 120
    while not any(folder.glob(pattern)):
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.mark.parametrize(
    ("stage", "place", "pattern"), [("tables", "data", ".clean-*.tmp"), ("publish", ".", ".reports-*.tmp")]
)
def test_an_edit_during_a_stage_is_not_lost(small, stage, place, pattern):
    # Something for each stage to do.
    small.add_sentence("En setning til.")
    small.set_edition("2")
    if stage == "publish":
        assert small.run("dvc", "repro", "execute").returncode == 0
    before, tables = small.site(), (small.root / "data/clean/areas.csv").read_bytes()
    running = small.start("dvc", "repro", stage)
    wait_for(small.root / place, pattern)
    change(small, OLD, NEW)
    said = running.communicate(timeout=300)[0]
    assert running.returncode != 0
    assert "data/reference/areas.csv changed while it was being read" in said
    assert "Remedy: run again" in said
    assert "Traceback" not in said
    assert (small.site(), (small.root / "data/clean/areas.csv").read_bytes()) == (before, tables)
    small.build()
    assert "Oppvekst og opplæring" in (small.root / "data/clean/areas.csv").read_text(encoding="utf-8")
    assert "Oppvekst og opplæring" in (small.reports / "data/areas.csv").read_text(encoding="utf-8")
    assert "up to date" in small.run("dvc", "status").stdout
    assert small.left() == []


def test_what_was_made_of_other_text_is_not_kept_for_later(small):
    """The edit is taken back: what the store has under the name of the old text was made of the new one."""
    # All is made again.
    shutil.rmtree(small.root / "build/published")
    before = (small.reports / "data/areas.csv").read_bytes()
    running = small.start("kommunebudsjett", "publish")
    wait_for(small.root, ".reports-*.tmp")
    path = small.root / "data/clean/areas.csv"
    old = path.read_text(encoding="utf-8")
    path.write_text(old.replace("Oppvekst og utdanning", "Noe annet"), encoding="utf-8")
    said = running.communicate(timeout=300)[0]
    assert "data/clean/areas.csv changed while it was being read" in said
    path.write_text(old, encoding="utf-8")
    result = small.run("kommunebudsjett", "publish")
    assert result.returncode == 0, result.stdout + result.stderr
    assert (small.reports / "data/areas.csv").read_bytes() == before

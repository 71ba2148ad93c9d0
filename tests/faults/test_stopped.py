"""Runs that are killed, interrupted or started twice leave the old site or the new one, and the next run heals."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.faults.conftest import MAKE, Digests, Small, stop

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and process groups")
KILLS = int(os.environ.get("KILLS", "20"))


def children_of(folder: Path) -> list[psutil.Process]:
    """Processes that still work in a project."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if Path(process.cwd()).is_relative_to(folder):
                found.append(process)
    return found


def kill_all(process: subprocess.Popen, folder: Path) -> int:
    """`kill -9` to a command and all that works in a project, its kernels in sessions of their own too; how many."""
    found: set[psutil.Process] = set()
    # What was started while we looked is killed the next time.
    while alive := children_of(folder):
        found.update(alive)
        for one in alive:
            with contextlib.suppress(psutil.Error):
                one.kill()
        psutil.wait_procs(alive, timeout=10)
    process.communicate(timeout=120)
    return len(found)


def wait_until(done, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def is_at_work(small: Small) -> bool:
    """Whether the workers that make the pieces of the site have begun one."""
    return any((small.root / "build/published").glob("*/*")) or any((small.root / "build/published").glob(".piece-*"))


def killed(small: Small, before: Digests, after: Digests, moment: float, told: str) -> float | None:
    """Kill `make reports` and all that it started after so many seconds; the next run makes it good.

    The seconds that the run took where it had ended before, so that nothing was killed.
    """
    names = small.names()
    start = time.monotonic()
    process = small.start(*MAKE)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(moment)
    seconds = time.monotonic() - start
    count = kill_all(process, small.root)
    site = small.site()
    print(f"{told}: {count} processes, the {'old' if site == before else 'new'} site", flush=True)
    assert site in (before, after), told
    small.build()
    assert small.site() == after, told
    assert small.left() == [], told
    assert small.names() == names, told
    return None if count else seconds


def test_a_run_that_is_killed_leaves_a_whole_site_and_the_next_heals(first, small, other_edition):
    before = small.site()
    small.set_edition("2")
    killed(small, before, other_edition, 0.7 * first.seconds, "while the site is built")


@pytest.mark.soak
def test_runs_that_are_killed_at_random_moments(small):
    """KILLS and SEED in the environment say how often, and repeat a find."""
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(2**32))
    chance = random.Random(seed)
    sites = [small.site()]
    small.add_sentence("Rettelse: det riktige er 12 millioner kroner.")
    start = time.monotonic()
    small.build()
    seconds = time.monotonic() - start
    sites.append(small.site())
    assert sites[0] != sites[1]
    kills, number = 0, 0
    while kills < KILLS:
        # From one document to the other and back, each time with everything to do.
        small.add_sentence("Rettelse: det riktige er 12 millioner kroner." if number % 2 else "")
        for name in ("notebook-cache", "published"):
            shutil.rmtree(small.root / "build" / name)
        moment = chance.uniform(0, seconds)
        told = f"SEED={seed}, kill {kills + 1} of {KILLS}, after {moment:.1f} of {seconds:.1f} s"
        took = killed(small, sites[1 - number % 2], sites[number % 2], moment, told)
        number += 1
        kills += took is None
        # The machine may have less to do by now.
        seconds = took or seconds


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_interrupted_cleans_up_at_once(small, number):
    # The stage that builds the site, with its workers, which have all to make and are at it for a second or two. On a
    # busy machine it can have ended before we look: such a run shows nothing, and another is begun.
    for edition in ("2", "3", "4"):
        before = small.site()
        small.set_edition(edition)
        shutil.rmtree(small.root / "build/published")
        process = small.start("kommunebudsjett", "publish")
        wait_until(lambda: is_at_work(small))
        had_ended = process.poll() is not None
        said = stop(process, number)
        if not had_ended:
            break
    assert process.returncode != 0, said
    assert "Traceback" not in said
    assert small.site() == before
    assert small.left() == []
    assert children_of(small.root) == []


def test_workers_end_when_the_run_is_killed_alone(small):
    small.set_edition("2")
    shutil.rmtree(small.root / "build/published")
    process = small.start("kommunebudsjett", "publish")
    wait_until(lambda: is_at_work(small))
    process.kill()
    process.communicate()
    wait_until(lambda: not children_of(small.root))


@pytest.mark.parametrize("delay", [0, *(pytest.param(delay, marks=pytest.mark.soak) for delay in (2, 8))])
def test_two_runs_at_once_give_what_one_gives(small, other_edition, delay):
    before = small.site()
    small.set_edition("2")
    runs = [small.start("dvc", "repro")]
    time.sleep(delay)
    runs.append(small.start("dvc", "repro"))
    said = [run.communicate(timeout=300)[0] for run in runs]
    for run, words in zip(runs, said, strict=True):
        assert "Traceback" not in words
        # DVC refuses the second, and says which process is at work.
        assert run.returncode == 0 or "is busy" in words or "Unable to acquire lock" in words, words
    assert small.site() in (before, other_edition)
    small.build()
    assert small.site() == other_edition
    assert small.left() == []


@pytest.mark.soak
def test_a_second_command_waits_for_the_first(small, other_edition):
    small.set_edition("2")
    runs = [small.start("kommunebudsjett", "publish") for _ in range(2)]
    said = [run.communicate(timeout=300)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert sum("another command works in this project; waiting for it" in words for words in said) == 1
    assert small.site() == other_edition


@pytest.mark.soak
@pytest.mark.parametrize("name", ["rwlock", "dvc.lock"])
def test_make_reports_heals_what_dvc_left_half_written(small, other_edition, name):
    path = small.root / (".dvc/tmp/rwlock" if name == "rwlock" else "dvc.lock")
    small.set_edition("2")
    path.write_text("")
    result = small.run("dvc", "repro")
    assert result.returncode != 0, "DVC heals this by now: scripts/dvc_state.py can go"
    small.build()
    assert small.site() == other_edition


@pytest.mark.soak
def test_a_site_whose_files_were_changed_by_hand_is_made_good(small):
    before = small.site()
    (small.reports / "nb" / "overview.html").write_text("half", encoding="utf-8")
    (small.reports / "nb" / "goals.pdf").unlink()
    (small.reports / "nb" / "more.html").write_text("more", encoding="utf-8")
    small.build()
    assert small.site() == before


def test_a_signal_that_comes_while_a_worker_is_forked_ends_the_run(tmp_path):
    """Python ignores exceptions in what it calls at a fork, so a signal that became one there was lost."""
    script = tmp_path / "run.py"
    script.write_text(
        "import os, signal, sys\n"
        "from kommunebudsjett.publish.workers import side_by_side\n"
        "signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))\n"
        "os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGTERM))\n"
        "with side_by_side(2) as pool:\n"
        "    pool.submit(len, 'abc').result()\n",
        encoding="utf-8",
    )
    result = subprocess.run([sys.executable, script], capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (143, "")

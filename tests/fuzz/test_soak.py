"""The search for faults runs everything once whatever the time, and what it prints repeats what it found."""

import re
import subprocess
import sys
import textwrap

import pytest
from scripts import soak

from tests.conftest import ROOT

PROJECT = {
    "pytest.ini": "[pytest]\nmarkers = soak\n",
    "conftest.py": """
        from hypothesis import Phase, settings
        settings.register_profile("soak", database=None, phases=[Phase.generate])
    """,
    "test_it.py": """
        from hypothesis import given, strategies as st

        @given(st.integers(0, 10**9))
        def test_property(number):
            assert number < 10, f"found {number}"
    """,
}


@pytest.mark.parametrize(
    ("minutes", "codes", "tests"),
    [
        (0, [0, 0], [soak.PROPERTIES, soak.LONG]),
        (1, [0, 0, 0, 3], [soak.PROPERTIES, soak.LONG, soak.PROPERTIES, soak.PROPERTIES]),
        (1, [1], [soak.PROPERTIES]),
        (1, [0, 1], [soak.PROPERTIES, soak.LONG]),
    ],
)
def test_what_is_run(monkeypatch, minutes, codes, tests):
    left = list(codes)
    ran: list[str] = []
    monkeypatch.setattr(soak, "_round", lambda tests: (ran.append(tests), left.pop(0))[1])
    assert soak.soak(minutes) == codes[-1]
    assert ran == tests
    assert not left


@pytest.mark.slow
def test_the_command_repeats_what_was_found(tmp_path):
    for name, text in PROJECT.items():
        (tmp_path / name).write_text(textwrap.dedent(text), encoding="utf-8")
    words = [sys.executable, str(ROOT / "scripts" / "soak.py"), "0"]
    said = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True)
    assert said.returncode == 1
    assert "the command above repeats it" in said.stdout
    command = re.findall(r"(?m)^SEED=.*$", said.stdout)[-1]
    again = subprocess.run(command, cwd=tmp_path, shell=True, capture_output=True, text=True)
    assert again.returncode == 1
    found = [re.findall(r"found (\d+)$", text, re.MULTILINE) for text in (said.stdout, again.stdout)]
    assert found[0] and found[0] == found[1]

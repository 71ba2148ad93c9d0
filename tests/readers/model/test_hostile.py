"""Long and hostile text: work grows with the text alone, so that each of these is done in seconds."""

import time

import pytest

from kommunebudsjett.readers.model.blocks import read_model
from kommunebudsjett.readers.model.ledger import ledger
from kommunebudsjett.readers.records import Records

TEXTS = {
    "words over rows": ["Aa Bb Cc", "x 1 2", "x 1"] * 1000,
    "ways without end": ["Skole 2023 2024 2025 2026", *["Skole " + "671 212 " * 20] * 300],
    "glue": ["Skole 2023 2024 2025 2026", *["Skole" + "1230" * 20] * 300],
    "dashes": ["Skole 2023 2024 2025 2026", *["Skole " + "-" * 250] * 300],
    "headers alone": ["2023 2024"] * 3000,
    "headers in parts": ["Regnskap 2023", "Budsjett"] * 1500,
    "sums": ["Skole 2023 2024 2025", *["Sum 671 212 440", "S 671 212", "S 1 2 3"] * 90, ""] * 5,
    "upright lines": ["|" * 20_000] * 10,
    "many cells": ["a|" + "1|" * 9000] * 10,
    "many tabs": ["a\t" + "b\t" * 9000, "\t".join("1" * 9000)] * 3,
    "short headers": ["a\tb\tc", "d\te", "x\t1\t2\t3\t4"] * 1500,
    "spaces": ["a" + " " * 20_000 + "1"] * 30,
    "numbers": ["1 " * 10_000] * 30,
    "semicolons": ["a;" * 5000] * 30,
    "brackets": ["(" * 20_000, "Skole 2023 2024 " + "(" * 300] * 30,
    "items": ["- " * 5000] * 30,
}


@pytest.mark.parametrize("name", TEXTS)
def test_time_grows_with_the_text(name):
    begin = time.process_time()
    assert read_model(TEXTS[name]).blocks
    ledger("d", TEXTS[name], Records())
    assert time.process_time() - begin < 8

"""What findings are called in `follows_from` of the table `findings`: a finding in, its name out, and back."""

import math
from typing import Any

import pandas as pd

from kommunebudsjett.readers.text import split_lines


def name_of(finding: Any) -> str:
    """What tells a finding that others follow from: its check, its lines and how far it is off."""
    off = math.nan if pd.isna(finding.difference) else finding.difference
    return f"{finding.check} {finding.lines} {off:g}"


def lines_of_name(name: str) -> list[int]:
    """The lines of the finding that `name_of` names.

    >>> lines_of_name("sum 5-7 -30")
    [5, 6, 7]
    """
    return split_lines(name.rsplit(" ", 2)[1])

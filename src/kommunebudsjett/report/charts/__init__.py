"""Charts: data in, a function from the width in inches to a Matplotlib figure out, so that each suits a phone too.

One module for each form. Numbers stand at the marks, the same colour is the same document everywhere.
"""

from kommunebudsjett.report.charts.bars import Series, bars
from kommunebudsjett.report.charts.base import Draw, Write
from kommunebudsjett.report.charts.diverging import Group, diverging
from kommunebudsjett.report.charts.dumbbell import Dumbbell, dumbbell
from kommunebudsjett.report.charts.lines import LinePanel, lines
from kommunebudsjett.report.charts.matrix import Matrix, matrix
from kommunebudsjett.report.charts.pyramid import Pair, pairs, pyramid
from kommunebudsjett.report.charts.rules import RulePanel, rules
from kommunebudsjett.report.charts.slope import Slope, slope
from kommunebudsjett.report.charts.strip import Strip, strips
from kommunebudsjett.report.charts.waterfall import Step, waterfall

__all__ = [
    "Draw",
    "Dumbbell",
    "Group",
    "LinePanel",
    "Matrix",
    "Pair",
    "RulePanel",
    "Series",
    "Slope",
    "Step",
    "Strip",
    "Write",
    "bars",
    "diverging",
    "dumbbell",
    "lines",
    "matrix",
    "pairs",
    "pyramid",
    "rules",
    "slope",
    "strips",
    "waterfall",
]

"""The look of the charts: one colour for each part that a document plays, and the two widths that they are drawn in."""

# Inches. The narrow width is drawn for a phone, so that its text is not scaled down to nothing.
WIDE = 7.2
NARROW = 3.2

# Told apart in colour, by colour-blind readers and in grey (dark, light, middle).
INK = "#222222"
COLOURS = {"before": "#0b4f8a", "alternative": "#e69f00", "outcome": "#6e6e6e"}
# What text is written in on each of them.
ON_COLOUR = {COLOURS["before"]: "#ffffff", COLOURS["alternative"]: INK, COLOURS["outcome"]: "#ffffff"}
FAINT = "#bbbbbb"
# From less (purple) over none to more (green), told apart by colour-blind readers; in grey the written sign tells.
DIVERGING = "PRGn"
# Dark and light, so that they differ in grey too; charts give them shapes or sides of their own as well.
WOMEN, MEN = "#5e3c99", "#66c2a5"

"""The look of the charts: a colour for each document by its role, and the two widths that they are drawn in."""

# Inches. The narrow width is drawn for a phone, so that its text is not scaled down to nothing.
WIDE = 7.2
NARROW = 3.2

INK = "#222222"
WHITE = "#ffffff"
# The colours of a role, in the order of its documents. Neighbours are told apart in colour, by colour-blind readers and
# in grey (dark, light); reports are grey.
COLOURS = {
    "proposal": ("#0b4f8a", "#e69f00", "#00674a", "#cc79a7", "#7f3b08", "#56b4e9", "#9e1b32", "#b3a800"),
    "budget": ("#2d6a6a", "#8fc1b5"),
    "report": ("#6e6e6e", "#a6a6a6", "#404040"),
}
# The name of each colour, in Norwegian and English, as it stands before several things that have it.
NAMES = {
    "#0b4f8a": ("blå", "blue"),
    "#e69f00": ("gule", "yellow"),
    "#00674a": ("grønne", "green"),
    "#cc79a7": ("rosa", "pink"),
    "#7f3b08": ("brune", "brown"),
    "#56b4e9": ("lyseblå", "light blue"),
    "#9e1b32": ("røde", "red"),
    "#b3a800": ("gulgrønne", "yellow-green"),
    "#2d6a6a": ("blågrønne", "teal"),
    "#8fc1b5": ("lyse blågrønne", "light teal"),
    "#6e6e6e": ("grå", "grey"),
    "#a6a6a6": ("lysegrå", "light grey"),
    "#404040": ("mørkegrå", "dark grey"),
}
FAINT = "#bbbbbb"
# From less (purple) over none to more (green), told apart by colour-blind readers; in grey the written sign tells.
DIVERGING = "PRGn"
# Dark and light, so that they differ in grey too; charts give them shapes or sides of their own as well.
WOMEN, MEN = "#5e3c99", "#66c2a5"


def colour(role: str, place: int) -> str:
    """The colour of a document by its role and its place among the documents of that role, from 1."""
    colours = COLOURS[role]
    return colours[(place - 1) % len(colours)]


def on_colour(background: str) -> str:
    """What text is written in on a colour: white or ink, whichever stands out more."""
    return max((WHITE, INK), key=lambda text: contrast(text, background))


def contrast(one: str, other: str) -> float:
    """How much two colours differ in light, from 1 (not at all) to 21 (black and white), as WCAG defines it."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

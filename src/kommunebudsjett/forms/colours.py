"""Colours of a workbook in, whether text can be told from what it stands on out."""

import colorsys
import re
from typing import NamedTuple
from xml.etree import ElementTree as ET

# The colours that files give by number; 64 and 65 are those of the screen, black on white.
_INDEXED = bytes.fromhex(
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080 "
    "9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF "
    "00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 "
    "003366 339966 003300 333300 993300 993366 333399 333333 000000 FFFFFF "
)
# A workbook's theme lists light and dark the other way round than cells count them.
THEME = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)
_OFFICE = bytes.fromhex("FFFFFF 000000 E7E6E6 44546A 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47 0563C1 954F72")
_RGB = re.compile(r"(?:[0-9A-F]{2})?([0-9A-F]{6})", re.IGNORECASE)
# Nearer colours than this nobody tells apart.
_NEAR = 24


class Rgb(NamedTuple):
    """Red, green and blue, 0 to 255."""

    red: int
    green: int
    blue: int

    def is_like(self, other: "Rgb") -> bool:
        """Whether nobody could read text in the one colour on the other."""
        return max(abs(one - two) for one, two in zip(self, other, strict=True)) <= _NEAR


WHITE = Rgb(255, 255, 255)
BLACK = Rgb(0, 0, 0)


def rgb(text: str | None) -> Rgb | None:
    """The colour of six or eight hexadecimal digits; the first two of eight say how dense it is."""
    match = _RGB.fullmatch((text or "").removeprefix("#"))
    return Rgb(*bytes.fromhex(match[1])) if match else None


def _in(colours: bytes, place: int) -> Rgb:
    return Rgb(*colours[3 * place : 3 * place + 3])


def theme_colours(root: ET.Element | None) -> list[Rgb]:
    """The colours of a theme in the order that cells count them; those of Office where it has none."""
    colours = [_in(_OFFICE, place) for place in range(len(THEME))]
    scheme = None if root is None else root.find(".//{*}clrScheme")
    for at, name in enumerate(THEME):
        for colour in [] if scheme is None else scheme.findall(f"{{*}}{name}/*"):
            colours[at] = rgb(colour.get("lastClr") or colour.get("val")) or colours[at]
    return colours


def colour(element: ET.Element | None, theme: list[Rgb]) -> Rgb | None:
    """The colour that an element of a style names; None where it names none, or one that is not known."""
    if element is None or element.get("auto") in ("1", "true"):
        return None
    found = rgb(element.get("rgb"))
    if found is None and (element.get("theme") or "").isdecimal():
        place = int(element.get("theme", ""))
        found = theme[place] if place < len(theme) else None
    if found is None and (element.get("indexed") or "").isdecimal():
        place = int(element.get("indexed", ""))
        found = _in(_INDEXED, place) if 3 * place < len(_INDEXED) else None
    return found and _tinted(found, element.get("tint"))


def _tinted(plain: Rgb, tint: str | None) -> Rgb:
    """The colour made lighter (tint above 0) or darker."""
    try:
        by = max(-1.0, min(1.0, float(tint or 0)))
    except ValueError:
        return plain
    if not by:
        return plain
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in plain))
    light = light * (1 + by) if by < 0 else light * (1 - by) + by
    return Rgb(*(round(part * 255) for part in colorsys.hls_to_rgb(hue, light, saturation)))

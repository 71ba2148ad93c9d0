"""A picture of panels that stand one below the other in, a picture of each out, so that a page can turn between them.

Matplotlib writes a group for each pair of axes, which begins with its background. Where the backgrounds fill the
picture from the top to the bottom, nothing of one panel stands in another, and each can be a picture of its own.
"""

import re
from collections.abc import Sequence
from copy import deepcopy
from functools import lru_cache
from xml.etree import ElementTree

_SVG, _LINKS = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_GROUP = '<g id="axes_'
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
# Of a point: coordinates are rounded to a thousandth.
_EXACT = 0.01

Box = tuple[float, float, float, float]  # left, top, right, bottom


@lru_cache(maxsize=64)
def panels(svg: str) -> tuple[str, ...]:
    """The panels of a picture, from the top; the picture itself where it is not made of such."""
    if svg.count(_GROUP) < 2:
        return (svg,)
    root = ElementTree.fromstring(svg)
    groups = [group for group in root.iter(f"{{{_SVG}}}g") if group.get("id", "").startswith("axes_")]
    boxes = [_background(group) for group in groups]
    _, _, width, height = map(float, root.get("viewBox").split())
    if None in boxes or not _fill(boxes, height):
        return (svg,)
    for prefix, address in (("", _SVG), ("xlink", _LINKS)):
        ElementTree.register_namespace(prefix, address)
    # A mark that two panels have is defined in the first.
    defined = list(root.iter(f"{{{_SVG}}}defs"))
    return tuple(_picture(group, box, width, defined) for group, box in zip(groups, boxes, strict=True))


def _background(group: ElementTree.Element) -> Box | None:
    """Where a group's background stands; None where it does not begin with one."""
    path = group.find(f"./{{{_SVG}}}g[1]/{{{_SVG}}}path")
    numbers = [] if path is None else [float(number) for number in _NUMBER.findall(path.get("d", ""))]
    if len(numbers) != 8:
        return None
    across, down = numbers[::2], numbers[1::2]
    return min(across), min(down), max(across), max(down)


def _fill(boxes: Sequence[Box], height: float) -> bool:
    edges = [0.0, *(bottom for *_, bottom in boxes)]
    tops = [*(top for _, top, _, _ in boxes), height]
    return all(abs(edge - top) < _EXACT for edge, top in zip(edges, tops, strict=True))


def _picture(group: ElementTree.Element, box: Box, width: float, defined: Sequence[ElementTree.Element]) -> str:
    _, top, _, bottom = box
    across, down = f"{width:g}", f"{bottom - top:g}"
    size = {"width": f"{across}pt", "height": f"{down}pt", "viewBox": f"0 {top:g} {across} {down}"}
    picture = ElementTree.Element(f"{{{_SVG}}}svg", {**size, "version": "1.1"})
    picture.extend([*map(deepcopy, defined), deepcopy(group)])
    return ElementTree.tostring(picture, encoding="unicode")

"""Coordinates of a page in the file in, coordinates in which its text stands upright out, and back.

Coordinates here are points from the upper left corner of the page; `y` grows downwards.
"""

from math import atan2, pi
from typing import NamedTuple

# Text that leans by more than this, as a share of a quarter of a circle, is at an angle.
_LEANS = 0.06


class Box(NamedTuple):
    """A box; `top` is above `bottom`, whichever way the coordinates grow."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.left <= x <= self.right and min(self.top, self.bottom) <= y <= max(self.top, self.bottom)


class Frame:
    """A page turned so that what runs in one of four directions stands upright.

    `quarters` is by how many quarters of a circle, clockwise, the page is turned. A direction of text is the number of
    quarters that make it upright: 0 for text along the x axis of the file, 1 for text that runs up its y axis.
    """

    def __init__(self, area: Box, quarters: int):
        self._left, self._bottom, self._right, self._top = area.left, area.bottom, area.right, area.top
        self.quarters = quarters

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file as it stands in this frame."""
        match self.quarters:
            case 1:
                return y - self._bottom, x - self._left
            case 2:
                return self._right - x, y - self._bottom
            case 3:
                return self._top - y, self._right - x
            case _:
                return x - self._left, self._top - y

    def back(self, x: float, y: float) -> tuple[float, float]:
        """The point of the file that stands here in this frame."""
        match self.quarters:
            case 1:
                return y + self._left, x + self._bottom
            case 2:
                return self._right - x, y + self._bottom
            case 3:
                return self._right - y, self._top - x
            case _:
                return x + self._left, self._top - y

    def box(self, box: Box) -> Box:
        """A box of the file as it stands in this frame."""
        left, top, right, bottom = box
        match self.quarters:
            case 1:
                return Box(bottom - self._bottom, left - self._left, top - self._bottom, right - self._left)
            case 2:
                return Box(self._right - right, bottom - self._bottom, self._right - left, top - self._bottom)
            case 3:
                return Box(self._top - top, self._right - right, self._top - bottom, self._right - left)
            case _:
                return Box(left - self._left, self._top - top, right - self._left, self._top - bottom)

    def box_from(self, other: "Frame", box: Box) -> Box:
        """A box of another frame of the same page as it stands in this one."""
        (left, bottom), (right, top) = (other.back(box.left, box.bottom), other.back(box.right, box.top))
        return self.box(Box(min(left, right), max(top, bottom), max(left, right), min(top, bottom)))


def direction(x: float, y: float) -> int | None:
    """By how many quarters a page is turned to make text upright that runs along (x, y); None where it leans."""
    turns = atan2(y, x) / (pi / 2)
    nearest = round(turns)
    return nearest % 4 if abs(turns - nearest) <= _LEANS else None

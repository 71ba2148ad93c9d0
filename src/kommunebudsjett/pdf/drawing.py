"""A page of a PDF in; what is drawn on it besides letters out: rules, dots, filled boxes and pictures.

Also where each piece of text lies in the order of drawing and how it is clipped, which says whether it can be seen.
Coordinates are those of the file: points, `y` upwards.
"""

import ctypes
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from kommunebudsjett.pdf.frame import Box
from kommunebudsjett.pdf.limits import MOST_OBJECTS_A_PAGE, MOST_RULES_A_PAGE, MOST_SEGMENTS_A_PATH

# Rules are no thicker than this, and no shorter.
_THICKEST, _SHORTEST = 2.5, 6.0
_SMALLEST_DOT, _LARGEST_DOT = 1.5, 7.0
# Dots and dashes with no more room between them, so many at least, are a rule.
_MOST_ROOM, _FEWEST_DOTS = 4.0, 4
_DEEPEST = 6
# Fills are looked up by bands of this height in points; beyond so many of them is no page.
_BAND, _MOST_BANDS = 8.0, 2_000
_EVERYWHERE = Box(-1e9, 1e9, 1e9, -1e9)

Matrix = tuple[float, float, float, float, float, float]
Colour = tuple[int, int, int]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Fill(NamedTuple):
    """A filled box or a picture, its place in the order of drawing, and its colour (None where it isn't one colour)."""

    box: Box
    order: int
    colour: Colour | None
    is_picture: bool = False


class Placed(NamedTuple):
    """Where a piece of text lies in the order of drawing, and the box outside which nothing of it is shown."""

    order: int
    clip: Box


@dataclass
class Drawing:
    """What is drawn on a page. `texts` has the pieces of text by the address of their objects."""

    rules: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    texts: dict[int, Placed] = field(default_factory=dict)

    @cached_property
    def _bands(self) -> dict[int, list[Fill]]:
        bands: dict[int, list[Fill]] = {}
        for fill in self.fills:
            if fill.box.top > fill.box.bottom:
                first, last = (
                    max(-_MOST_BANDS, min(_MOST_BANDS, int(y // _BAND))) for y in (fill.box.bottom, fill.box.top)
                )
                for band in range(first, last + 1):
                    bands.setdefault(band, []).append(fill)
        return bands

    def fills_at(self, x: float, y: float) -> list[Fill]:
        """What is filled at a point, in the order of drawing."""
        return [
            fill
            for fill in self._bands.get(int(y // _BAND), ())
            if fill.box.left <= x <= fill.box.right and fill.box.bottom <= y <= fill.box.top
        ]


def drawing(page: object) -> Drawing:
    """What is drawn on a page of the library. Rules that end where another begins are one."""
    reader = _Reader()
    reader.objects(raw.FPDFPage_CountObjects(page), lambda index: raw.FPDFPage_GetObject(page, index), _SAME)
    found = Drawing(fills=reader.fills, texts=reader.texts)
    flat, dots = _runs(reader.flat, reader.dots)
    upright, dots = _runs(map(_swapped, reader.upright), map(_swapped, dots))
    found.rules = [*flat, *map(_swapped, upright), *_strikes(page)]
    found.dots = [_swapped(dot) for dot in dots]
    return found


class _Reader:
    def __init__(self) -> None:
        self.flat: list[Box] = []
        self.upright: list[Box] = []
        self.dots: list[Box] = []
        self.fills: list[Fill] = []
        self.texts: dict[int, Placed] = {}
        self._order = 0
        self._values = [ctypes.c_float() for _ in range(4)]

    def objects(
        self, count: int, get: Callable[[int], Any], matrix: Matrix, clip: Box = _EVERYWHERE, depth: int = 0
    ) -> None:
        for index in range(count):
            self._order += 1
            if self._order > MOST_OBJECTS_A_PAGE:
                return
            item = get(index)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                seen = _clipped(item, matrix, clip)
                self.texts[ctypes.addressof(item.contents)] = Placed(self._order, seen)
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix, clip)
            elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
                self._picture(item, matrix, clip)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                self._form(item, matrix, clip, depth)

    def _form(self, item: object, matrix: Matrix, clip: Box, depth: int) -> None:
        inner = _product(_matrix(item), matrix)
        seen = _clipped(item, matrix, clip)
        count = raw.FPDFFormObj_CountObjects(item)
        self.objects(max(0, count), lambda index: raw.FPDFFormObj_GetObject(item, index), inner, seen, depth + 1)

    def _picture(self, item: object, matrix: Matrix, clip: Box) -> None:
        left, bottom, right, top = self._values
        if raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            box = _transformed([(left.value, bottom.value), (right.value, top.value)], matrix)
            self.fills.append(Fill(common(box, _clipped(item, matrix, clip)), self._order, None, True))

    def _path(self, item: object, matrix: Matrix, clip: Box) -> None:
        if len(self.flat) + len(self.upright) + len(self.dots) >= MOST_RULES_A_PAGE:
            return
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, mode, stroke)
        if not mode.value and not stroke.value:
            return
        whole = _product(_matrix(item), matrix)
        width = ctypes.c_float(1.0)
        if stroke.value:
            raw.FPDFPageObj_GetStrokeWidth(item, width)
        thick = max(0.1, width.value * (abs(whole[0] * whole[3] - whole[1] * whole[2])) ** 0.5)
        for points, is_straight, is_closed in _subpaths(item):
            corners = [_applied(whole, *point) for point in points]
            if stroke.value and is_straight:
                for one, other in pairwise([*corners, corners[0]] if is_closed else corners):
                    self._stroke(one, other, thick)
            if mode.value:
                self._fill(item, corners, is_straight, matrix, clip)

    def _stroke(self, one: tuple[float, float], other: tuple[float, float], thick: float) -> None:
        half = thick / 2
        if abs(one[1] - other[1]) <= 0.5:
            self._piece(min(one[0], other[0]), one[1] - half, max(one[0], other[0]), one[1] + half)
        elif abs(one[0] - other[0]) <= 0.5:
            self._piece(one[0] - half, min(one[1], other[1]), one[0] + half, max(one[1], other[1]))

    def _fill(
        self, item: object, corners: list[tuple[float, float]], straight: bool, matrix: Matrix, clip: Box
    ) -> None:
        box = _bounds(corners)
        if self._piece(box.left, box.bottom, box.right, box.top):
            return
        level = straight and all(min(abs(a[0] - b[0]), abs(a[1] - b[1])) <= 0.5 for a, b in pairwise(corners))
        colour = _colour(item) if level and not raw.FPDFPageObj_HasTransparency(item) else None
        self.fills.append(Fill(common(box, _clipped(item, matrix, clip)), self._order, colour))

    def _piece(self, left: float, bottom: float, right: float, top: float) -> bool:
        """Keep a thin box as a rule, a small one as a dot; whether it was one of them."""
        wide, high = right - left, top - bottom
        box = Box(left, top, right, bottom)
        if max(wide, high) <= _LARGEST_DOT and (min(wide, high) <= _THICKEST or abs(wide - high) <= 1):
            self.dots.append(box)
        elif high <= _THICKEST:
            middle = (top + bottom) / 2
            self.flat.append(Box(left, middle, right, middle))
        elif wide <= _THICKEST:
            middle = (left + right) / 2
            self.upright.append(Box(middle, top, middle, bottom))
        else:
            return False
        return True


def _strikes(page: object) -> Iterator[Box]:
    """The lines of annotations that strike text out."""
    for index in range(max(0, raw.FPDFPage_GetAnnotCount(page))):
        note = raw.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_STRIKEOUT:
            quad = raw.FS_QUADPOINTSF()
            for place in range(raw.FPDFAnnot_CountAttachmentPoints(note)):
                if raw.FPDFAnnot_GetAttachmentPoints(note, place, quad):
                    box = _bounds([(quad.x1, quad.y1), (quad.x2, quad.y2), (quad.x3, quad.y3), (quad.x4, quad.y4)])
                    # The box of a strike goes from below the letters to above them.
                    middle = box.bottom + 0.45 * (box.top - box.bottom)
                    yield Box(box.left, middle, box.right, middle)
        raw.FPDFPage_CloseAnnot(note)


def _subpaths(item: object) -> Iterator[tuple[list[tuple[float, float]], bool, bool]]:
    """The points of each part of a path, whether it has straight lines only, and whether it is closed."""
    count = raw.FPDFPath_CountSegments(item)
    if count > MOST_SEGMENTS_A_PATH:
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    straight, closed = True, False
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO and points:
            yield points, straight, closed
            points, straight, closed = [], True, False
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
        straight = straight and kind != raw.FPDF_SEGMENT_BEZIERTO
        closed = closed or bool(raw.FPDFPathSegment_GetClose(segment))
    if points:
        yield points, straight, closed


def _runs(rules: Iterable[Box], dots: Iterable[Box]) -> tuple[list[Box], list[Box]]:
    """Level rules, joined where they go on, with rows of dots as rules; and the dots that stand alone."""
    lines: dict[float, list[Box]] = {}
    heights: list[float] = []
    # What is as high as wide is a dot on its own, and part of a rule with others.
    for box in sorted([*rules, *dots], key=lambda box: (box.top + box.bottom) / 2):
        y = (box.top + box.bottom) / 2
        if not heights or y - heights[-1] > 0.75:
            heights.append(y)
        lines.setdefault(heights[-1], []).append(box)
    found: list[Box] = []
    alone: list[Box] = []
    for y, boxes in lines.items():
        boxes.sort(key=lambda box: box.left)
        run = [boxes[0]]
        for following in [*boxes[1:], None]:
            if following is not None and _goes_on(run, following):
                run.append(following)
                continue
            left, right = run[0].left, max(part.right for part in run)
            small = all(part.right - part.left < _SHORTEST for part in run)
            if right - left >= _SHORTEST and (not small or len(run) >= _FEWEST_DOTS):
                found.append(Box(left, y, right, y))
            else:
                alone += run
            if following is not None:
                run = [following]
    return found, alone


def _goes_on(run: list[Box], box: Box) -> bool:
    before = run[-1]
    apart = box.left - max(part.right for part in run[-3:])
    small = before.right - before.left <= _LARGEST_DOT and box.right - box.left <= _LARGEST_DOT
    return apart <= (_MOST_ROOM if small else 0.6)


def _swapped(box: Box) -> Box:
    """A box with its coordinates exchanged, so that what is upright is level."""
    return Box(min(box.top, box.bottom), box.right, max(box.top, box.bottom), box.left)


def _matrix(item: object) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, found):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _product(one: Matrix, other: Matrix) -> Matrix:
    """The matrix that does first `one`, then `other`."""
    if other == _SAME:
        return one
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), max(ys), max(xs), min(ys))


def _transformed(points: list[tuple[float, float]], matrix: Matrix) -> Box:
    (left, bottom), (right, top) = points[0], points[-1]
    return _bounds([_applied(matrix, x, y) for x in (left, right) for y in (bottom, top)])


def common(one: Box, other: Box) -> Box:
    """What two boxes have in common; its edges cross where they have nothing."""
    return Box(
        max(one.left, other.left), min(one.top, other.top), min(one.right, other.right), max(one.bottom, other.bottom)
    )


def _clipped(item: object, matrix: Matrix, clip: Box) -> Box:
    """The part of `clip` in which an object is shown."""
    path = raw.FPDFPageObj_GetClipPath(item)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFClipPath_CountPaths(path) if path else 0):
        points = []
        for place in range(min(raw.FPDFClipPath_CountPathSegments(path, index), MOST_SEGMENTS_A_PATH)):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, index, place), x, y)
            points.append(_applied(matrix, x.value, y.value))
        if points:
            clip = common(clip, _bounds(points))
    return clip


def _colour(item: object) -> Colour | None:
    """The colour that an object is filled with, where it is one and lets nothing through."""
    red, green, blue, opaque = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(item, red, green, blue, opaque) or opaque.value < 255:
        return None
    return red.value, green.value, blue.value

"""An Excel workbook in, what its sheets show out. No formula is calculated, no macro run and no other file opened.

The parts of the package are read by themselves: all that is needed is in four kinds of them (the workbook, its styles,
its texts and its sheets), and a fault in another one is no reason to refuse a budget.
"""

import posixpath
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple
from xml.etree import ElementTree as ET

from kommunebudsjett.core.encodings import LOST
from kommunebudsjett.forms.colours import BLACK, WHITE, Rgb, colour, theme_colours
from kommunebudsjett.forms.flow import raised, with_powers
from kommunebudsjett.forms.number_formats import BUILT_IN, GENERAL, HIDDEN, Shown, is_white, show_number, show_text
from kommunebudsjett.forms.packages import SAVE_AGAIN, Package
from kommunebudsjett.forms.problem import ProblemError
from kommunebudsjett.forms.workbook import (
    INVISIBLE,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_SPANS,
    NO_VALUE,
    STRUCK,
    Hidden,
    LeftOutCell,
    Place,
    Seen,
    Sheet,
    Span,
    Workbook,
    place_of,
    quoted,
    seen_sheet,
    too_large,
)

_TRUE = ("1", "true", "on")
_YEARS = range(1990, 2101)
# A character that XML cannot hold, or that Excel does not want to: `_x000D_` is a return.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Font(NamedTuple):
    """How text is set; `colour` is None where it is the usual one."""

    bold: bool = False
    struck: bool = False
    size: float = 11.0
    colour: Rgb | None = None
    raised: bool = False


class Style(NamedTuple):
    """How a cell is set: the code of its number format, its font, and the colour that it is filled with."""

    code: str = GENERAL
    font: Font = Font()
    fill: Rgb | None = WHITE


class Run(NamedTuple):
    """A part of a text that is set alike; `font` is None where it is set as its cell."""

    text: str
    font: Font | None


def read_xlsx(package: Package) -> Workbook:
    """What the sheets of a workbook show. Raises ProblemError where it cannot be read."""
    main = _main_part(package)
    if main.endswith(".bin"):
        raise ProblemError(
            "the file is a binary workbook (.xlsb), which is not read", "open it in Excel and save it as .xlsx"
        )
    return _Reader(package, main).read()


def _main_part(package: Package) -> str:
    for kind, target in _relations(package, "").values():
        if kind == "officeDocument":
            return target
    binary = [name for name in package.names if name.endswith("workbook.bin")]
    return binary[0] if binary else "xl/workbook.xml"


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The kind and the target of each relation of a part to another one within the package, by its id."""
    folder, name = posixpath.split(part)
    file = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}
    for relation in package.xml(file) if file in package else ():
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relation.get("Id", "")] = relation.get("Type", "").rpartition("/")[2], target
    return found


class _Shared(NamedTuple):
    """What the cells of all sheets refer to, and how the workbook counts days.

    `uncalculated` says that a program wrote it that calculates nothing: it stores zeros for its formulas, and asks for
    them to be calculated.
    """

    styles: list[Style]
    texts: list[tuple[Run, ...]]
    theme: list[Rgb]
    from_1904: bool
    uncalculated: bool


class _Reader:
    def __init__(self, package: Package, main: str):
        self._package = package
        self._relations = _relations(package, main)
        self._root = package.xml(main)
        self._shared = self._read_shared()
        self._cells = 0
        self._without_value = 0

    def _read_shared(self) -> _Shared:
        package = self._package
        parts = {kind: target for kind, target in self._relations.values() if target in package}
        theme = theme_colours(package.xml(parts["theme"]) if "theme" in parts else None)
        styles = _styles(package.xml(parts["styles"]), theme) if "styles" in parts else [Style()]
        strings = package.xml(parts["sharedStrings"]) if "sharedStrings" in parts else ()
        texts = [_runs(item, theme) for item in strings]
        return _Shared(
            styles, texts, theme, self._says("workbookPr", "date1904"), self._says("calcPr", "fullCalcOnLoad")
        )

    def _says(self, element: str, name: str) -> bool:
        found = self._root.find(f"{{*}}{element}")
        return found is not None and found.get(name) in _TRUE

    def read(self) -> Workbook:
        found = Workbook([], [], [])
        listed = self._root.findall("{*}sheets/{*}sheet")
        if len(listed) > MOST_SHEETS:
            raise ProblemError(f"the workbook has {len(listed)} sheets; {MOST_SHEETS} are read", "split the workbook")
        for sheet in listed:
            name = " ".join(sheet.get("name", "").split())
            kind, target = self._relations.get(_id(sheet), ("", ""))
            if kind == "chartsheet":
                found.remarks.append(f"the sheet {name} is a chart, and was not read")
            elif kind == "worksheet":
                hidden = {"hidden": "hidden", "veryHidden": "very hidden"}.get(sheet.get("state", ""), "")
                found.add(self._sheet(name, target), hidden)
            elif kind:
                found.remarks.append(f"the sheet {name} has no cells, and was not read")
            else:
                raise ProblemError(f"the file is damaged: the sheet {name} is missing", SAVE_AGAIN)
        if any(name.casefold().endswith("vbaproject.bin") for name in self._package.names):
            found.remarks.append("the workbook holds macros; they were not run")
        if any(name.startswith("xl/externalLinks/") for name in self._package.names):
            found.remarks.append("the workbook takes values from other files; the stored ones were read")
        found.say_without_value(self._without_value)
        return found

    def _sheet(self, name: str, part: str) -> Sheet:
        root = self._package.xml(part)
        view = root.find("{*}sheetViews/{*}sheetView")
        zeros = view is None or view.get("showZeros", "1") in _TRUE
        reading = _SheetReader(name, self._shared, zeros)
        reading.shaded = _by_columns([*_ranges(root.findall("{*}conditionalFormatting")), *self._tables(part)])
        cells = reading.read(root)
        self._cells += len(cells)
        self._without_value += reading.without_value
        if self._cells > MOST_CELLS:
            raise too_large()
        hidden_rows, hidden_columns = _hidden(root)
        return seen_sheet(name, cells, _spans(root), reading.left_out, hidden_rows, hidden_columns)

    def _tables(self, part: str) -> Iterator[Span]:
        """Where Excel's own tables are, whose style gives cells a fill that the cells do not have."""
        for kind, target in _relations(self._package, part).values():
            if kind == "table" and target in self._package:
                yield from filter(None, [_span(self._package.xml(target).get("ref", ""))])


def _id(sheet: ET.Element) -> str:
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")


def _span(reference: str) -> Span | None:
    first, _, last = reference.partition(":")
    begin, end = place_of(first), place_of(last or first)
    return Span(begin, end) if begin and end and begin.row <= end.row and begin.column <= end.column else None


def _spans(root: ET.Element) -> list[Span]:
    found = [_span(merged.get("ref", "")) for merged in root.findall("{*}mergeCells/{*}mergeCell")[:MOST_SPANS]]
    return [span for span in found if span is not None and span.first != span.last]


def _ranges(elements: list[ET.Element]) -> Iterator[Span]:
    for element in elements:
        for reference in element.get("sqref", "").split()[:1000]:
            if span := _span(reference):
                yield span


def _by_columns(spans: list[Span]) -> dict[tuple[int, int], Hidden]:
    """The rows of ranges by their first and last columns: a sheet may have a rule for each cell of a column."""
    rows: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for first, last in spans:
        rows.setdefault((first.column, last.column), []).append((first.row, last.row))
    return {columns: Hidden(runs) for columns, runs in rows.items()}


def _hidden(root: ET.Element) -> tuple[Hidden, Hidden]:
    """The rows and columns that are hidden: so marked (by hand, a filter or an outline), or of no height or width."""
    usual = root.find("{*}sheetFormatPr")
    rows: list[tuple[int, int]] = []
    shown: list[int] = []
    at = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        at = _number(row.get("r"), at + 1, MOST_ROWS)
        gone = row.get("hidden") in _TRUE or _is_zero(row.get("ht"))
        if gone:
            rows.append((at, at))
        else:
            shown.append(at)
    if usual is not None and usual.get("zeroHeight") in _TRUE:
        ends = [0, *sorted(set(shown)), MOST_ROWS + 1]
        rows += [(one + 1, two - 1) for one, two in pairwise(ends) if two - one > 1]
    columns = [
        (_number(column.get("min"), 1, MOST_COLUMNS), _number(column.get("max"), 1, MOST_COLUMNS))
        for column in root.iterfind("{*}cols/{*}col")
        if column.get("hidden") in _TRUE or _is_zero(column.get("width"))
    ]
    return Hidden(rows), Hidden((one, two) for one, two in columns if one <= two)


def _is_zero(length: str | None) -> bool:
    try:
        return length is not None and float(length) == 0
    except ValueError:
        return False


def _number(text: str | None, otherwise: int, most: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 and 0 < int(text) <= most else otherwise


# Styles.


def _styles(root: ET.Element, theme: list[Rgb]) -> list[Style]:
    """How cells are set, by the number that cells give."""
    codes = dict(BUILT_IN)
    for found_code in root.findall("{*}numFmts/{*}numFmt"):
        codes[_number(found_code.get("numFmtId"), 0, 10**7)] = found_code.get("formatCode", GENERAL)
    codes[0] = GENERAL
    fonts = [_font(font, theme) for font in root.findall("{*}fonts/{*}font")]
    fills = [_fill(fill, theme) for fill in root.findall("{*}fills/{*}fill")]
    found = []
    for style in root.findall("{*}cellXfs/{*}xf"):
        font, fill = _at(fonts, style.get("fontId")), _at(fills, style.get("fillId"))
        code = codes.get(_number(style.get("numFmtId"), 0, 10**7), GENERAL)
        found.append(Style(code, font or Font(), WHITE if fill is None else fill[0]))
    return found or [Style()]


def _at(items: list, place: str | None):  # type: ignore[no-untyped-def]
    """The item at a place that a file gives, or None."""
    at = int(place) if place and place.isdecimal() and len(place) < 9 else 0
    return items[at] if at < len(items) else None


def _font(font: ET.Element, theme: list[Rgb]) -> Font:
    size = font.find("{*}sz")
    try:
        points = float(size.get("val", "11")) if size is not None else 11.0
    except ValueError:
        points = 11.0
    position = font.find("{*}vertAlign")
    is_raised = position is not None and position.get("val") == "superscript"
    return Font(_is_on(font, "b"), _is_on(font, "strike"), points, colour(font.find("{*}color"), theme), is_raised)


def _is_on(font: ET.Element, name: str) -> bool:
    found = font.find(f"{{*}}{name}")
    return found is not None and found.get("val", "1") in _TRUE


def _fill(fill: ET.Element, theme: list[Rgb]) -> tuple[Rgb | None]:
    """The colour of a fill in a tuple; None in it where it has several, so that nobody can say what text is seen on."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return (None,)
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return (WHITE,)
    front = pattern.find("{*}fgColor")
    return (colour(front, theme) if kind == "solid" and front is not None else None,)


# Texts.


def _runs(item: ET.Element, theme: list[Rgb]) -> tuple[Run, ...]:
    """The parts of a text; how it is spoken is none of it."""
    runs = []
    for part in item:
        kind = part.tag.rpartition("}")[2]
        if kind == "t":
            runs.append(Run(_unescaped(part.text), None))
        elif kind == "r":
            said = "".join(_unescaped(text.text) for text in part.findall("{*}t"))
            properties = part.find("{*}rPr")
            runs.append(Run(said, None if properties is None else _font(properties, theme)))
    return tuple(runs)


def _unescaped(text: str | None) -> str:
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text or "")


def _marked(run: Run, font: Font) -> str:
    """A part of a text; one that is raised, in a cell that is not, with its mark."""
    is_raised = run.font is not None and run.font.raised and not font.raised
    return raised(run.text) if is_raised else run.text


class _SheetReader:
    def __init__(self, name: str, shared: _Shared, zeros: bool):
        self._name = name
        self._shared = shared
        self._zeros = zeros
        self.shaded: dict[tuple[int, int], Hidden] = {}
        self.left_out: list[LeftOutCell] = []
        self.without_value = 0

    def read(self, root: ET.Element) -> dict[Place, Seen]:
        """The cells that show something, by their places."""
        cells: dict[Place, Seen] = {}
        row_number = 0
        for row in root.iterfind("{*}sheetData/{*}row"):
            row_number = _number(row.get("r"), row_number + 1, MOST_ROWS)
            column = 0
            for cell in row:
                place = place_of(cell.get("r", "")) or Place(row_number, column + 1)
                column = place.column
                seen = self._cell(cell, place)
                if seen is not None and seen.text.strip():
                    if place in cells:
                        raise ProblemError(
                            f"the file is damaged: it has the cell {self._name}!{place} twice", SAVE_AGAIN
                        )
                    cells[place] = seen
                    if len(cells) > MOST_CELLS:
                        return cells
        return cells

    def _cell(self, cell: ET.Element, place: Place) -> Seen | None:
        style = _at(self._shared.styles, cell.get("s")) or self._shared.styles[0]
        kind = cell.get("t", "n")
        value = cell.find("{*}v")
        stored = "" if value is None else value.text or ""
        formula = cell.find("{*}f")
        missing = not stored or (stored == "0" and self._shared.uncalculated)
        if formula is not None and missing and kind != "str":
            self.without_value += 1
            return self._unreadable(place, f"={formula.text or ''}", NO_VALUE)
        if kind in ("s", "inlineStr"):
            return self._rich(self._runs_of(cell, kind, stored), style, place)
        if not stored:
            return None
        if kind == "e":
            return self._unreadable(place, stored, "the cell holds an error")
        if kind == "b":
            return self._shown(Shown("SANN" if stored in _TRUE else "USANN"), style, place, stored)
        if kind in ("str", "d"):
            return self._shown(show_text(_unescaped(stored), style.code), style, place, stored)
        return self._number_cell(stored, style, place)

    def _number_cell(self, stored: str, style: Style, place: Place) -> Seen | None:
        try:
            number = float("" if "_" in stored else stored)
        except ValueError:
            return self._unreadable(place, stored, "the cell should hold a number")
        if not number and not self._zeros:
            return None
        if is_white(number, style.code):
            style = style._replace(font=style.font._replace(colour=WHITE))
        seen = self._shown(show_number(number, style.code, from_1904=self._shared.from_1904), style, place, stored)
        return seen and seen._replace(year=int(number) if number in _YEARS else 0)

    def _runs_of(self, cell: ET.Element, kind: str, stored: str) -> tuple[Run, ...]:
        if kind == "s":
            known = _at(self._shared.texts, stored) if stored else None
            if known is None:
                raise ProblemError(f"the file is damaged: {self._name} names a text that is not there", SAVE_AGAIN)
            runs: tuple[Run, ...] = known
            return runs
        inline = cell.find("{*}is")
        return () if inline is None else _runs(inline, self._shared.theme)

    def _shown(self, shown: Shown, style: Style, place: Place, stored: str) -> Seen | None:
        """What is seen of a value; what is not, and what cannot be known from what is seen, is listed."""
        if shown.problem not in ("", HIDDEN):
            return self._unreadable(place, stored, shown.problem)
        if shown.problem:
            self._leave(place, stored, shown.problem)
        reason = shown.text and self._unseen(style.font, style, place)
        if reason:
            self._leave(place, shown.text, reason)
            return None
        return Seen(shown.text, style.font.bold, style.font.size)

    def _rich(self, runs: tuple[Run, ...], style: Style, place: Place) -> Seen | None:
        """What is seen of a text whose parts may be set by themselves."""
        kept = []
        for text, font in runs:
            reason = text.strip() and self._unseen(font or style.font, style, place)
            if reason:
                self._leave(place, text, reason)
            else:
                kept.append(Run(text, font or style.font))
        text = with_powers("".join(_marked(run, style.font) for run in kept))
        shown = show_text(text, style.code)
        if shown.problem:
            self._leave(place, text, shown.problem)
        fonts = [run.font or style.font for run in kept if run.text.strip()]
        bold = bool(fonts) and all(font.bold for font in fonts)
        return Seen(shown.text, bold, max((font.size for font in fonts), default=style.font.size))

    def _unseen(self, font: Font, style: Style, place: Place) -> str:
        """Why nobody reads text that is set so; "" where it is read."""
        if font.struck:
            return STRUCK
        if style.fill is None or not (font.colour or BLACK).is_like(style.fill):
            return ""
        # Rules and styles of tables may give another fill: then what is seen is not known, and it is read.
        shaded = any(first <= place.column <= last and place.row in rows for (first, last), rows in self.shaded.items())
        return "" if shaded else INVISIBLE

    def _unreadable(self, place: Place, raw: str, reason: str) -> Seen:
        """What stands for a number that is there and cannot be read: an empty row would be the heading of others."""
        self._leave(place, raw, reason)
        return Seen(LOST)

    def _leave(self, place: Place, raw: str, reason: str) -> None:
        where = f"{quoted(self._name)}!{place}"
        self.left_out.append(LeftOutCell(place, raw, f"{reason} ({where})"))

"""An ODS workbook in, what its sheets show out. The file holds what each cell shows, beside the number behind it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree as ET

from kommunebudsjett.core.encodings import LOST
from kommunebudsjett.forms.colours import BLACK, WHITE, Rgb, rgb
from kommunebudsjett.forms.flow import raised, with_powers
from kommunebudsjett.forms.number_formats import HIDDEN, OTHER_NUMBER, Shown, signed
from kommunebudsjett.forms.packages import Package, parse_xml
from kommunebudsjett.forms.problem import ProblemError
from kommunebudsjett.forms.shown_numbers import norwegian
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
    quoted,
    seen_sheet,
    too_large,
)

_NUMBERS = ("float", "percentage", "currency")
_ERROR = re.compile(r"#[A-ZÆØÅ0-9/!?]+|(?:Err|Feil):\d+", re.IGNORECASE)
_A_YEAR = re.compile(r"(?:199\d|20\d\d|2100)")
# So often nobody writes the same thing side by side or below each other.
_MOST_REPEATED = 20_000
_MOST_SPACES = 1_000
_MOST_PARENTS = 20


class Style(NamedTuple):
    """How a cell or a part of its text is set. `coloured` says that its numbers below zero have a colour of their own;
    `fill` is None where it is not known.
    """

    bold: bool = False
    struck: bool = False
    size: float = 10.0
    colour: Rgb | None = None
    fill: Rgb | None = WHITE
    coloured: bool = False
    raised: bool = False


def read_ods(package: Package) -> Workbook:
    """What the sheets of a workbook show. Raises ProblemError where it cannot be read."""
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise ProblemError(
            "the file is protected with a password", "open it with the password, remove the protection, and save it"
        )
    root = package.xml("content.xml")
    found = _workbook(root, _Styles([root, *([package.xml("styles.xml")] if "styles.xml" in package else [])]))
    if any(name.startswith("Basic/") for name in package.names):
        found.remarks.append("the workbook holds macros; they were not run")
    return found


def read_flat_ods(content: bytes) -> Workbook:
    """What the sheets of a workbook in one XML file show. Raises ProblemError where it cannot be read."""
    root = parse_xml(content, "the workbook")
    return _workbook(root, _Styles([root]))


def _workbook(root: ET.Element, styles: "_Styles") -> Workbook:
    found = Workbook([], [], [])
    tables = root.findall("{*}body/{*}spreadsheet/{*}table")
    if len(tables) > MOST_SHEETS:
        raise ProblemError(f"the workbook has {len(tables)} sheets; {MOST_SHEETS} are read", "split the workbook")
    cells = without_value = 0
    for table in tables:
        reader = _SheetReader(table, styles)
        sheet = reader.read()
        cells += len(sheet.cells)
        without_value += reader.without_value
        if cells > MOST_CELLS:
            raise too_large()
        found.add(sheet, "hidden" if styles.hides(_attribute(table, "style-name")) else "")
    found.say_without_value(without_value)
    return found


def _attribute(element: ET.Element, name: str) -> str:
    """An attribute by its name without its namespace; the names that are asked for have one meaning."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


class _Styles:
    """The styles of a workbook by their names."""

    def __init__(self, roots: list[ET.Element]):
        self._elements: dict[tuple[str, str], ET.Element] = {}
        self._coloured: set[str] = set()
        self._known: dict[tuple[str, str], Style] = {}
        for root in reversed(roots):
            for group in (*root.findall("{*}styles"), *root.findall("{*}automatic-styles")):
                for element in group:
                    self._add(element)

    def _add(self, element: ET.Element) -> None:
        name = _attribute(element, "name")
        if _tag(element) == "style":
            self._elements[_attribute(element, "family"), name] = element
        elif _tag(element) == "default-style":
            self._elements[_attribute(element, "family"), ""] = element
        elif _tag(element).endswith("-style"):
            properties = element.find("{*}text-properties")
            if properties is not None and _attribute(properties, "color"):
                self._coloured.add(name)

    def hides(self, name: str) -> bool:
        """Whether a style of tables hides its sheet."""
        style = self._elements.get(("table", name))
        properties = None if style is None else style.find("{*}table-properties")
        return properties is not None and _attribute(properties, "display") == "false"

    def style(self, family: str, name: str) -> Style:
        """The style of this name, with what it takes from others."""
        found = self._known.get((family, name))
        if found is None:
            found = Style()
            for element in reversed(self._line(family, name)):
                found = self._with(found, element)
            self._known[family, name] = found
        return found

    def over(self, style: Style, name: str) -> Style:
        """The style of a part of a text: what its own style says, over that of the cell."""
        element = self._elements.get(("text", name))
        return style if element is None else self._with(style, element)

    def _line(self, family: str, name: str) -> list[ET.Element]:
        """The style and those that it takes from, the nearest first."""
        found: list[ET.Element] = []
        while len(found) < _MOST_PARENTS and (element := self._elements.get((family, name))) is not None:
            found.append(element)
            if not name:
                break
            name = _attribute(element, "parent-style-name")
        return found

    def _with(self, style: Style, element: ET.Element) -> Style:
        text = element.find("{*}text-properties")
        cell = element.find("{*}table-cell-properties")
        if text is not None:
            style = _with_text(style, text)
        fill = "" if cell is None else _attribute(cell, "background-color")
        if fill:
            style = style._replace(fill=WHITE if fill == "transparent" else rgb(fill))
        data = _attribute(element, "data-style-name")
        return style._replace(coloured=data in self._coloured) if data else style


def _with_text(style: Style, properties: ET.Element) -> Style:
    weight = _attribute(properties, "font-weight")
    if weight:
        style = style._replace(bold=weight == "bold" or (weight.isdecimal() and int(weight) >= 600))
    struck = _attribute(properties, "text-line-through-style") or _attribute(properties, "text-line-through-type")
    if struck:
        style = style._replace(struck=struck != "none")
    colour = _attribute(properties, "color")
    if colour:
        style = style._replace(colour=rgb(colour))
    position = _attribute(properties, "text-position")
    if position:
        style = style._replace(raised=position.startswith("super") or position[:1] in "123456789")
    size = re.fullmatch(r"(\d{1,3}(?:\.\d{1,3})?)pt", _attribute(properties, "font-size"))
    return style._replace(size=float(size[1])) if size else style


@dataclass
class _Run:
    """Some rows or columns alike: how many, whether they are hidden, and the style of their cells."""

    first: int
    last: int
    hidden: bool
    style: str


class _SheetReader:
    def __init__(self, table: ET.Element, styles: _Styles):
        self._table = table
        self._styles = styles
        self._name = " ".join(_attribute(table, "name").split())
        self._cells: dict[Place, Seen] = {}
        self._spans: list[Span] = []
        self._left_out: list[LeftOutCell] = []
        self.without_value = 0

    def read(self) -> Sheet:
        columns = list(_runs(self._table, "table-column", "columns", MOST_COLUMNS))
        rows = []
        for run, row in _runs(self._table, "table-row", "rows", MOST_ROWS):
            rows.append(run)
            self._row(run, row, [column for column, _ in columns])
        return seen_sheet(
            self._name,
            self._cells,
            self._spans,
            self._left_out,
            Hidden((run.first, run.last) for run in rows if run.hidden),
            Hidden((run.first, run.last) for run, _ in columns if run.hidden),
        )

    def _row(self, run: _Run, row: ET.Element, columns: list[_Run]) -> None:
        column = 0
        for cell in row:
            kind = _tag(cell)
            if kind not in ("table-cell", "covered-table-cell"):
                continue
            first = column + 1
            column = min(column + _count(cell, "number-columns-repeated"), MOST_COLUMNS)
            if kind == "covered-table-cell" or first > column or not (len(cell) or cell.attrib.keys()):
                continue
            name = _attribute(cell, "style-name") or run.style or _style_at(columns, first)
            for place in self._places(run, first, column, cell):
                seen = self._cell(cell, self._styles.style("table-cell", name), place)
                if seen is not None and seen.text.strip():
                    self._cells[place] = seen
                    self._span(cell, place)

    def _places(self, run: _Run, first: int, last: int, cell: ET.Element) -> Iterator[Place]:
        """The places of a cell that holds something, which may be repeated."""
        if not _holds(cell):
            return
        times = (run.last - run.first + 1) * (last - first + 1)
        if times > _MOST_REPEATED or len(self._cells) + len(self._left_out) > MOST_CELLS:
            raise too_large()
        for row in range(run.first, run.last + 1):
            for column in range(first, last + 1):
                yield Place(row, column)

    def _span(self, cell: ET.Element, place: Place) -> None:
        rows, columns = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if (rows > 1 or columns > 1) and len(self._spans) < MOST_SPANS:
            last = Place(min(place.row + rows - 1, MOST_ROWS), min(place.column + columns - 1, MOST_COLUMNS))
            self._spans.append(Span(place, last))

    def _cell(self, cell: ET.Element, style: Style, place: Place) -> Seen | None:
        kind = _attribute(cell, "value-type")
        formula = _attribute(cell, "formula")
        paragraphs = [self._text(paragraph, style, place) for paragraph in cell.findall("{*}p")]
        text = "\n".join(paragraphs)
        if formula and not kind and not text.strip():
            self.without_value += 1
            return self._unreadable(place, formula.removeprefix("of:"), NO_VALUE)
        if formula and _ERROR.fullmatch(text.strip()):
            return self._unreadable(place, text.strip(), "the cell holds an error")
        if kind in _NUMBERS:
            text = self._number(cell, text, style, place)
        return Seen(text, style.bold, style.size, self._year(cell, kind)) if text.strip() else None

    def _year(self, cell: ET.Element, kind: str) -> int:
        value = _attribute(cell, "value")
        return (
            int(value) if kind == "float" and value.isdecimal() and len(value) == 4 and value[:2] in ("19", "20") else 0
        )

    def _number(self, cell: ET.Element, text: str, style: Style, place: Place) -> str:
        """The text of a number in the Norwegian way and with its sign; what is not shown so is listed."""
        stored = _attribute(cell, "value")
        try:
            value = float(stored)
        except ValueError:
            return text
        if not text.strip():
            # Where a text was left out, that is listed already.
            if value and not any(left.place == place for left in self._left_out[-1:]):
                self._leave(place, stored, HIDDEN)
            return ""
        seen = norwegian(text, value)
        shown = signed(seen, value, style.coloured) if seen else Shown("", OTHER_NUMBER)
        if not shown.problem:
            return shown.text
        self._leave(place, stored, shown.problem)
        return "" if shown.problem == HIDDEN else LOST

    def _text(self, paragraph: ET.Element, style: Style, place: Place) -> str:
        """The text of a paragraph that is seen."""
        return with_powers("".join(self._parts(paragraph, style, place)))

    def _parts(self, element: ET.Element, style: Style, place: Place) -> Iterator[str]:
        yield self._seen(element.text, style, place)
        for part in element:
            kind = _tag(part)
            if kind == "s":
                yield " " * min(_count(part, "c"), _MOST_SPACES)
            elif kind in ("tab", "line-break"):
                yield "\n" if kind == "line-break" else " "
            elif kind != "annotation":
                own = self._styles.over(style, _attribute(part, "style-name")) if kind == "span" else style
                inner = self._parts(part, own, place)
                yield from [raised("".join(inner))] if own.raised and not style.raised else inner
            yield self._seen(part.tail, style, place)

    def _seen(self, text: str | None, style: Style, place: Place) -> str:
        if not text or not text.strip():
            return text or ""
        same = style.fill is not None and (style.colour or BLACK).is_like(style.fill)
        reason = STRUCK if style.struck else INVISIBLE if same else ""
        if reason:
            self._leave(place, text, reason)
            return ""
        return text

    def _unreadable(self, place: Place, raw: str, reason: str) -> Seen:
        """What stands for a number that is there and cannot be read: an empty row would be the heading of others."""
        self._leave(place, raw, reason)
        return Seen(LOST)

    def _leave(self, place: Place, raw: str, reason: str) -> None:
        self._left_out.append(LeftOutCell(place, raw, f"{reason} ({quoted(self._name)}!{place})"))


def _runs(table: ET.Element, kind: str, group: str, most: int) -> Iterator[tuple[_Run, ET.Element]]:
    """The rows or columns of a table, in groups or not, with where each stands and ends."""
    last = 0
    for element, collapsed in _elements(table, kind, group, False):
        first = last + 1
        last = min(last + _count(element, f"number-{group}-repeated"), most)
        if first > last:
            return
        hidden = collapsed or _attribute(element, "visibility") in ("collapse", "filter")
        yield _Run(first, last, hidden, _attribute(element, "default-cell-style-name")), element


def _elements(table: ET.Element, kind: str, group: str, collapsed: bool) -> Iterator[tuple[ET.Element, bool]]:
    """The rows or columns within a table or a group, each with whether a group around it is collapsed."""
    for element in table:
        if _tag(element) == kind:
            yield element, collapsed
        elif _tag(element) in (f"table-{group}", f"table-header-{group}", f"{kind}-group"):
            yield from _elements(element, kind, group, collapsed or _attribute(element, "display") == "false")


def _style_at(columns: list[_Run], column: int) -> str:
    return next((run.style for run in columns if run.first <= column <= run.last), "")


def _holds(cell: ET.Element) -> bool:
    return bool(_attribute(cell, "formula") or _attribute(cell, "value-type") or cell.find("{*}p") is not None)


def _count(element: ET.Element, name: str) -> int:
    value = _attribute(element, name)
    return max(1, int(value)) if value.isdecimal() and len(value) < 9 else 1

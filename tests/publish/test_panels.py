"""Pictures of panels, divided where a page may turn: what stands in a panel stands in its picture, and nothing else."""

import io
import re
from xml.etree import ElementTree

import pytest
from matplotlib.backends.backend_svg import FigureCanvasSVG

from kommunebudsjett.publish.panels import panels
from kommunebudsjett.report import charts
from kommunebudsjett.report.charts import LinePanel, Strip
from kommunebudsjett.report.pictures import settled, theme
from kommunebudsjett.report.theme import NARROW, WIDE


def strip(title: str, *others: float) -> Strip:
    return Strip(title, ("2024", 2.0), ("Trondheim 2025", 3.0), [("Oslo", value) for value in others], str)


def drawn(draw, width: float) -> str:
    with theme("x", width):
        file = io.StringIO()
        FigureCanvasSVG(draw(width)).print_svg(file, metadata={"Date": None, "Creator": None})
    return settled(file.getvalue())


def words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_each_panel_of_strips_is_a_picture(width):
    whole = drawn(charts.strips([strip("Én & to", 1.0, 4.0), strip("To", 2.5), strip("Tre", 9.0)], "#555555"), width)
    parts = panels(whole)
    assert len(parts) == 3
    assert [word for part in parts for word in words(part)] == words(whole)
    roots = [ElementTree.fromstring(part) for part in parts]
    boxes = [list(map(float, root.get("viewBox").split())) for root in roots]
    assert sum(box[3] for box in boxes) == pytest.approx(float(ElementTree.fromstring(whole).get("viewBox").split()[3]))
    for part, (_, top, _, height) in zip(parts, boxes, strict=True):
        assert all(top <= float(y) <= top + height for y in re.findall(r'<text[^>]* y="([^"]+)"', part))
        # What a mark or a clip is called, is in the same picture.
        assert set(re.findall(r"url\(#(\w+)\)|href=\"#(\w+)\"", part)) <= {
            pair for name in re.findall(r' id="(\w+)"', part) for pair in ((name, ""), ("", name))
        }


@pytest.mark.parametrize(
    "draw",
    [
        charts.lines([LinePanel(str(n), [(2024, 1.0), (2025, 2.0)]) for n in range(4)], "#555555", str),
        charts.strips([strip("Én", 1.0)], "#555555"),
    ],
)
def test_another_picture_stays_whole(draw):
    picture = drawn(draw, WIDE)
    assert panels(picture) == (picture,)

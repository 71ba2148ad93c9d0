"""The first figure of a report in, small pictures of it out: for the front page, and for those who share a link."""

import io

import typst
from PIL import Image

from kommunebudsjett.publish.content import Content
from kommunebudsjett.publish.pdf import fonts

# Typst's points; the front page shows a picture smaller than it is, so that it is sharp on a phone.
SMALL = (400, 220)
# What those who show shared links ask for.
CARD = (1200, 630)
# Charts have few colours: a palette makes the file a third as large.
_COLOURS = 24

_PAGE = """\
#set page(width: {width}pt, height: {height}pt, margin: {margin}pt, fill: white)
#set text(font: "DejaVu Sans", fill: rgb("#222222"), size: 34pt, weight: "bold")
#set align(horizon)
#grid(rows: (auto, 1fr), row-gutter: {margin}pt, sys.inputs.title,
  align(center + horizon, image("figure.svg", width: 100%, height: 100%, fit: "contain")))
"""


def picture(report: Content, size: tuple[int, int], title: str = "") -> bytes | None:
    """The first figure of a report as PNG of this size, under `title`; None where the report has no figure.

    The same figure gives the same bytes.
    """
    figure = next((block for block in report.blocks if block["kind"] == "figure"), None)
    if figure is None:
        return None
    width, height = size
    main = _PAGE.format(width=width, height=height, margin=height // 36)
    drawn = typst.compile(
        {"main": main.encode(), "figure.svg": figure["wide"].encode()},
        font_paths=fonts(),
        format="png",
        ppi=72,
        sys_inputs={"title": title},
    )
    file = io.BytesIO()
    with Image.open(io.BytesIO(drawn)) as image:
        image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(file, "png", optimize=True)
    return file.getvalue()

"""Small PDFs written by hand: what a page holds is given as the operators of its content."""

from pathlib import Path

# Text of a font whose codes the file maps to other characters: (code, UTF-16 in hexadecimal).
_CMAP = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
    "1 begincodespacerange <00> <ff> endcodespacerange\n{count} beginbfchar\n{chars}\nendbfchar endcmap end end"
)


def written(
    file: Path,
    *contents: str,
    rotate: int = 0,
    size: tuple[int, int] = (600, 400),
    codes: tuple[tuple[int, str], ...] = (),
    more: tuple[str, ...] = (),
    resources: str = "",
    page: str = "",
) -> Path:
    """A PDF with a page for each content. /F1 is Helvetica, whose `codes` the file maps to other characters.

    `more` are further objects, from number 5 on where no codes are given; `resources` and `page` are entries to refer
    to them.
    """
    chars = "\n".join(f"<{code:02x}> <{to}>" for code, to in codes)
    cmap = _stream(_CMAP.format(count=len(codes), chars=chars))
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding" + (
        "/ToUnicode 4 0 R>>" if codes else ">>"
    )
    first = 5 + len(more)
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>",
        font,
        cmap,
        *more,
    ]
    for number, content in enumerate(contents):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size[0]} {size[1]}]/Rotate {rotate}{page}"
            f"/Resources<</Font<</F1 3 0 R>>{resources}>>/Contents {first + 2 * number + 1} 0 R>>"
        )
        objects.append(_stream(content))
    file.write_bytes(_with_table(objects))
    return file


def _stream(text: str, entries: str = "") -> str:
    return f"<<{entries}/Length {len(text.encode('latin-1'))}>>stream\n{text}\nendstream"


def form(content: str, width: int = 600, height: int = 400, more: str = "") -> str:
    """An object that a page can draw as a whole (a form XObject)."""
    return _stream(content, f"/Type/XObject/Subtype/Form/BBox[0 0 {width} {height}]{more}")


def _with_table(objects: list[str]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, said in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{said}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(objects) + 1
    end = f"trailer<</Root 1 0 R/Size {count}>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def at(x: float, y: float, text: str, size: float = 10, before: str = "") -> str:
    """Text at a place; `before` are operators within its text object."""
    said = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf {before} 1 0 0 1 {x} {y} Tm ({said}) Tj ET\n"


def table(
    rows: list[tuple[str, ...]], xs: tuple[float, ...] = (50, 250, 330, 410), y: float = 340, step: float = 20
) -> str:
    """Rows of cells that begin at the same places, from a height downwards."""
    return "".join(
        at(x, y - step * number, cell)
        for number, row in enumerate(rows)
        for x, cell in zip(xs, row, strict=False)
        if cell
    )


def level(left: float, right: float, y: float) -> str:
    """A rule as a stroked line."""
    return f"{left} {y} m {right} {y} l S\n"


def width(text: str, size: float = 10) -> float:
    """How wide Helvetica sets a text, letters taken as the usual one."""
    thin = (
        {character: 0.278 for character in " ,.;:/!"}
        | dict.fromkeys("()-", 0.333)
        | {"'": 0.191, "*": 0.389, "%": 0.889}
    )
    return size * sum(thin.get(character, 0.556) for character in text)

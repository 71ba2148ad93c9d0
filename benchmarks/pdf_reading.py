"""How well tables of PDFs are read, beside pdfplumber and Camelot: documents of six programs in shapes that occur.

Each document has one table between two paragraphs. Its cells are known, so that what a program reads can be compared:
a relation is a pair of neighbouring cells, to the right or below, empty cells skipped; precision and recall count those
that are the same, and F is their mean. The other programs and ReportLab run in an environment of their own, which is
made in a temporary folder and removed. LibreOffice and Chromium must be installed (`sh scripts/programs`), and LaTeX
(`apt-get install texlive-latex-base lmodern`).

    python benchmarks/pdf_reading.py
    python benchmarks/pdf_reading.py --each
"""

import argparse
import html
import json
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean

import openpyxl
import typst
from openpyxl.styles import Alignment, Border, Side
from pypdf import PdfReader, PdfWriter

from kommunebudsjett.pdf.extraction import extract

OTHERS = ("pdfplumber==0.11.7", "camelot-py==2.0.0", "reportlab==5.1.0")
SCRIPT = Path(__file__).with_name("pdf_reading_others.py")
ABOVE = "Tabellen under viser det som er lagt til grunn i budsjettet for kommende år, i hele tusen kroner."
BELOW = "Tallene er hentet fra kommunens regnskap og er avrundet, slik at summen kan avvike fra delene."


@dataclass(frozen=True)
class Shape:
    """A table: its header as rows of (name, how many columns it spans), its rows, and how it is set."""

    name: str
    header: tuple[tuple[tuple[str, int], ...], ...]
    rows: tuple[tuple[str, ...], ...]
    rules: str = "none"
    widths: tuple[int, ...] = (70, 30, 30, 30)
    labels: int = 1
    sideways: bool = False
    leaders: bool = False

    @property
    def grid(self) -> list[list[str]]:
        """The cells, a name that spans columns in the first of them."""
        head = [[part for name, span in row for part in (name, *[""] * (span - 1))] for row in self.header]
        return [*head, *map(list, self.rows)]


def _names(*names: str) -> tuple[tuple[tuple[str, int], ...], ...]:
    return (tuple((name, 1) for name in names),)


AREAS = ("Barnehage", "Grunnskole", "Helse og omsorg", "Sosiale tjenester", "Kultur", "Vei og park", "Brann", "Sum")
PLAIN = tuple(
    (area, f"{place * 1234 % 7919:,}".replace(",", " "), f"-{place * 77}", f"{place},5 %")
    for place, area in enumerate(AREAS, 1)
)
YEARS = _names("Område", "Budsjett 2026", "Regnskap 2025", "Endring")
SPARSE = tuple(
    tuple(cell if (row + column) % 3 else "" for column, cell in enumerate(cells)) if row else cells
    for row, cells in enumerate(PLAIN, 3)
)
SPARSE = tuple(
    (plain[0], *sparse[1:]) if any(sparse[1:]) else plain for plain, sparse in zip(PLAIN, SPARSE, strict=True)
)
LONG = tuple((f"{area} med alle tilhørende tjenester og tiltak for hele kommunen", *values) for area, *values in PLAIN)
GROUPS = (("Drift", "", "", ""), *PLAIN[:3], ("Investeringer", "", "", ""), *PLAIN[3:])
CODES = (
    ("1", "", "Skole og barnehage", ""),
    ("", "01", "Lønn", "12 350"),
    ("", "10", "Drift", "2 020"),
    ("2", "", "Vei", ""),
    ("", "01", "Lønn", "775"),
    ("", "10", "Drift", "95"),
)
VISITS = (
    ("Arbeidstilsynet", "Nordlia skole", "Inneklima", "Avsluttet"),
    ("Mattilsynet", "Kjøkkenet på sykehjemmet", "Renhold", "Åpent"),
    ("Statsforvalteren", "Barneverntjenesten", "Frister", "Avsluttet"),
    ("Eltilsynet", "Rådhuset", "Kurs og merking", "Åpent"),
)
TIGHT = tuple(
    (area, *(f"{(place * step * 98_765) % 9_999_999:,}".replace(",", " ") for step in range(1, 7)))
    for place, area in enumerate(AREAS, 1)
)

SHAPES = (
    Shape("all rules", YEARS, PLAIN, "all"),
    Shape("hairlines", YEARS, PLAIN, "hairlines"),
    Shape("no rules", YEARS, PLAIN),
    Shape("empty cells", YEARS, SPARSE),
    Shape(
        "names over names",
        (
            ((("", 1), ("Budsjett", 2), ("Regnskap", 2))),
            (("Område", 1), *((name, 1) for name in ("2025", "2026", "2025", "2026"))),
        ),
        tuple((*row, row[1]) for row in PLAIN),
        widths=(60, 28, 28, 28, 28),
    ),
    Shape(
        "wrapped names",
        _names(
            "Tjenesteområde og funksjon",
            "Revidert budsjett hittil",
            "Regnskap per andre tertial",
            "Avvik i prosent av budsjett",
        ),
        PLAIN,
        widths=(60, 26, 26, 26),
    ),
    Shape("long labels", YEARS, LONG, "hairlines", widths=(60, 30, 30, 30)),
    Shape("groups", YEARS, GROUPS, "hairlines"),
    Shape("codes", _names("Kap.", "Post", "Formål", "Beløp"), CODES, widths=(16, 16, 80, 30), labels=3),
    Shape("sideways", YEARS, PLAIN, sideways=True),
    Shape("text", _names("Tilsyn", "Enhet", "Tema", "Status"), VISITS, widths=(40, 55, 40, 30), labels=4),
    Shape("near columns", _names("Område", *map(str, range(2025, 2031))), TIGHT, widths=(40, 20, 20, 20, 20, 20, 20)),
)


def as_html(shape: Shape) -> str:
    """The document as HTML."""
    rule = {"all": "border: 0.5pt solid black;", "hairlines": "border-bottom: 0.4pt solid black;"}.get(shape.rules, "")
    columns = "".join(f'<col style="width: {width}mm">' for width in shape.widths)
    out = [
        '<html><head><meta charset="utf-8"><style>body { font: 10pt "Liberation Sans" } '
        f"table {{ border-collapse: collapse; table-layout: fixed; width: {sum(shape.widths)}mm }} "
        f"td {{ {rule} padding: 1mm; vertical-align: top }}</style></head><body><p>{ABOVE}</p>"
        f'<table width="{sum(shape.widths) * 3.78:.0f}">{columns}'
    ]
    for row in shape.header:
        out.append("<tr>")
        column = 0
        for name, span in row:
            side = "left" if column < shape.labels else "center" if span > 1 else "right"
            out.append(f'<td colspan="{span}" align="{side}" style="text-align: {side}">{html.escape(name)}</td>')
            column += span
        out.append("</tr>")
    for cells in shape.rows:
        sides = ["left" if column < shape.labels else "right" for column in range(len(cells))]
        said = (
            f'<td align="{side}" style="text-align: {side}">{html.escape(cell)}</td>'
            for side, cell in zip(sides, cells, strict=True)
        )
        out.append(f"<tr>{''.join(said)}</tr>")
    return "".join([*out, f"</table><p>{BELOW}</p></body></html>"])


def by_chromium(shape: Shape, folder: Path) -> Path:
    """The PDF that Chromium prints."""
    page, file = folder / "page.html", folder / "chromium.pdf"
    page.write_text(as_html(shape), encoding="utf-8")
    program = shutil.which("chromium") or "chromium-browser"
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-pdf-header-footer",
    ]
    subprocess.run([program, *options, f"--print-to-pdf={file}", page.as_uri()], check=True, capture_output=True)
    return file


def _office(source: Path, kind: str) -> Path:
    profile = f"-env:UserInstallation={(source.parent / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, *([f"--infilter={kind}"] if kind else []), "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", source.parent, source], check=True, capture_output=True)
    return source.with_suffix(".pdf")


def by_writer(shape: Shape, folder: Path) -> Path:
    """The PDF that LibreOffice Writer makes of the HTML."""
    page = folder / "writer.html"
    page.write_text(as_html(shape), encoding="utf-8")
    return _office(page, "HTML (StarWriter)")


def by_calc(shape: Shape, folder: Path) -> Path:
    """The PDF that LibreOffice Calc makes of a sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([ABOVE])
    line = Side(style="thin" if shape.rules == "all" else "hair")
    border = {"all": Border(line, line, line, line), "hairlines": Border(bottom=line)}.get(shape.rules, Border())
    for number, row in enumerate(shape.grid, start=3):
        for column, cell in enumerate(row, start=1):
            place = sheet.cell(number, column, cell or None)
            place.number_format = "@"
            side = "left" if column <= shape.labels else "right"
            place.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
            place.border = border
    for number, row in enumerate(shape.header, start=3):
        column = 1
        for _, span in row:
            if span > 1:
                sheet.merge_cells(start_row=number, end_row=number, start_column=column, end_column=column + span - 1)
                sheet.cell(number, column).alignment = Alignment(horizontal="center")
            column += span
    for column, wide in enumerate(shape.widths, start=1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].width = wide / 2
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    file = folder / "calc.xlsx"
    book.save(file)
    return _office(file, "")


def by_typst(shape: Shape, folder: Path) -> Path:
    """The PDF that Typst makes."""
    stroke = {"all": "0.5pt", "hairlines": "(bottom: 0.4pt)"}.get(shape.rules, "none")
    sides = ", ".join("left" if column < shape.labels else "right" for column in range(len(shape.widths)))
    cells = []
    for row in shape.header:
        for name, span in row:
            across = f"table.cell(colspan: {span}, align: center)" if span > 1 else ""
            cells.append(f"{across}[#{json.dumps(name, ensure_ascii=False)}]")
    cells += [f"[#{json.dumps(cell, ensure_ascii=False)}]" for row in shape.rows for cell in row]
    columns = ", ".join(f"{width}mm" for width in shape.widths)
    source = (
        f'#set text(font: "Liberation Sans", size: 10pt)\n{ABOVE}\n\n'
        f"#table(columns: ({columns}), stroke: {stroke}, align: ({sides}), {', '.join(cells)})\n\n{BELOW}\n"
    )
    file = folder / "typst.pdf"
    file.write_bytes(typst.compile(source.encode()))
    return file


def by_latex(shape: Shape, folder: Path) -> Path:
    """The PDF that pdfLaTeX makes."""
    upright, below = ("|" if shape.rules == "all" else ""), ("" if shape.rules == "none" else r"\hline")
    sides = ["left" if column < shape.labels else "right" for column in range(len(shape.widths))]
    columns = upright.join(
        rf">{{\ragged{'right' if side == 'left' else 'left'}\arraybackslash}}p{{{0.85 * width}mm}}"
        for side, width in zip(sides, shape.widths, strict=True)
    )
    head = [
        [
            rf"\multicolumn{{{span}}}{{{upright}c{upright}}}{{{_tex(name)}}}" if span > 1 else _tex(name)
            for name, span in row
        ]
        for row in shape.header
    ]
    rows = [" & ".join(cells) + r" \\ " + below for cells in [*head, *(map(_tex, row) for row in shape.rows)]]
    source = "\n".join(
        [
            r"\documentclass[a4paper,10pt]{article}\usepackage[T1]{fontenc}\usepackage{lmodern,array}",
            r"\usepackage[margin=15mm]{geometry}\setlength{\parindent}{0pt}\pagestyle{empty}\begin{document}",
            rf"{_tex(ABOVE)}\par\medskip\begin{{tabular}}{{{upright}{columns}{upright}}}{below if upright else ''}",
            *rows,
            rf"\end{{tabular}}\par\medskip {_tex(BELOW)}\end{{document}}",
        ]
    )
    (folder / "latex.tex").write_text(source, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "latex.tex"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "latex.pdf"


def _tex(text: str) -> str:
    return text.replace("%", r"\%")


class Others:
    """The environment of the other programs."""

    def __init__(self, folder: Path):
        self.python = folder / "environment" / "bin" / "python"
        venv.create(folder / "environment", with_pip=True)
        install = [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *OTHERS]
        subprocess.run(install, check=True)

    def _run(self, *words: str, given: object) -> str:
        done = subprocess.run([self.python, SCRIPT, *words], input=json.dumps(given), capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr[-2000:])
        return done.stdout

    def by_reportlab(self, shape: Shape, folder: Path) -> Path:
        """The PDF that ReportLab makes."""
        file = folder / "reportlab.pdf"
        self._run("make", str(file), given={**asdict(shape), "above": ABOVE, "below": BELOW})
        return file

    def read(self, program: str, files: list[Path]) -> dict:
        """The tables that a program finds in each file, and how many seconds of processor it took for all."""
        return json.loads(self._run("read", program, given=list(map(str, files))))


def ours(files: list[Path]) -> dict:
    """The tables that this project finds in each file, and how many seconds of processor it took for all."""
    start, found = time.process_time(), {}
    for file in files:
        tables: list[list[list[str]]] = [[]]
        for line in extract(str(file)).lines:
            if "\t" in line:
                tables[-1].append(line.split("\t"))
            elif tables[-1]:
                tables.append([])
        found[str(file)] = [table for table in tables if table]
    return {"tables": found, "seconds": time.process_time() - start}


def relations(grid: list[list[str]]) -> Counter:
    """The pairs of neighbouring cells, to the right and below."""
    found: Counter = Counter()
    cells = [[_plain(cell) for cell in row] for row in grid]
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            if not cell:
                continue
            right = next((other for other in line[column + 1 :] if other), None)
            below = next((under[column] for under in cells[row + 1 :] if len(under) > column and under[column]), None)
            found.update((cell, other, way) for other, way in ((right, "right"), (below, "below")) if other)
    return found


def _plain(cell: str | None) -> str:
    return "".join((cell or "").replace("<b>", "").replace("</b>", "").split()).casefold()


def score(shape: Shape, tables: list[list[list[str]]]) -> float:
    """F of what was read of a document."""
    wanted, found = relations(shape.grid), sum(map(relations, tables), Counter())
    same = sum((wanted & found).values())
    return 2 * same / (sum(wanted.values()) + sum(found.values()))


def made(folder: Path, others: Others) -> dict[tuple[str, str], Path]:
    """The documents: each shape by each program."""
    makers: dict[str, Callable[[Shape, Path], Path]] = {
        "Typst": by_typst,
        "LaTeX": by_latex,
        "Writer": by_writer,
        "Calc": by_calc,
        "Chromium": by_chromium,
        "ReportLab": others.by_reportlab,
    }
    files = {}
    for program, maker in makers.items():
        for shape in SHAPES:
            file = folder / f"{program}-{shape.name.replace(' ', '-')}.pdf"
            shutil.move(maker(shape, folder), file)
            if shape.sideways:
                _turn(file)
            files[program, shape.name] = file
    return files


def _turn(file: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(file))
    for page in writer.pages:
        page.rotate(90)
    writer.write(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--each", action="store_true", help="show each document that this project does not read exactly"
    )
    each = parser.parse_args().each
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        others = Others(folder)
        files = made(folder, others)
        readers = {"ours": ours(list(files.values()))}
        readers |= {program: others.read(program, list(files.values())) for program in ("pdfplumber", "camelot")}
    scores = {
        (reader, *key): score(shape, found["tables"][str(files[key])])
        for reader, found in readers.items()
        for key in files
        for shape in SHAPES
        if shape.name == key[1]
    }
    programs = list(dict.fromkeys(program for program, _ in files))
    for title, place, names in (("shape", 2, [shape.name for shape in SHAPES]), ("made by", 1, programs)):
        print(f"{title:<18}" + "".join(f"{reader:>12}" for reader in readers))
        for name in names:
            found = ([s for key, s in scores.items() if key[0] == reader and key[place] == name] for reader in readers)
            print(f"{name:<18}" + "".join(f"{mean(values):>12.3f}" for values in found))
        print()
    whole = ([value for key, value in scores.items() if key[0] == reader] for reader in readers)
    print(f"{'all':<18}" + "".join(f"{mean(values):>12.3f}" for values in whole))
    taken = (1000 * found["seconds"] / len(files) for found in readers.values())
    print(f"{'ms a document':<18}" + "".join(f"{value:>12.0f}" for value in taken))
    if each:
        for key, value in scores.items():
            if key[0] == "ours" and value < 1:
                print(f"{key[1]}, {key[2]}: {value:.3f} {readers['ours']['tables'][str(files[key[1:]])]}")


if __name__ == "__main__":
    main()

"""How long a PDF takes, from the executed notebook to the bytes of the file, on one core.

Every report that has been executed, and a hard one: 180 measures with text in seven columns. The first of a process
loads the fonts; the best of the repeats, each in a process of its own, is printed, since a pipeline makes each once.

    python benchmarks/pdf.py
    python benchmarks/pdf.py --repeats 5
"""

import argparse
import multiprocessing
import os
import time
from pathlib import Path

from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.publish import pdf, site
from kommunebudsjett.publish.content import Content, content, executed
from kommunebudsjett.report.blocks import Cell, Column, table_data

WORDS = ["økonomiplanen", "styrker", "grunnbemanningen", "i", "barnehagene", "og", "skolefritidsordningen"]


def hard() -> Content:
    """A report of one long table: as many measures as a party budget has, with what the document says of each."""
    columns = [Column("Tiltak", False), Column("Område", False), *map(Column, ("2026", "2027", "2028", "2029"))]
    rows = [
        [
            f"Tiltak {row}: {' '.join(WORDS[row % 6 :])}",
            "Oppvekst og utdanning",
            *[Cell(f"{row},{year}", (("sv-rodt-2026", str(row + 1)),)) for year in range(4)],
            " ".join(WORDS[index % len(WORDS)] for index in range(row % 30 + 2)),
        ]
        for row in range(180)
    ]
    data = table_data("Alle tiltak", [*columns, Column("Hva dokumentet sier", False)], rows)
    blocks = [{"kind": "table", "name": "measures", "note": "", **data}]
    return Content("hard", "nb", "Alle tiltak", [], blocks, "hard", {})


def seconds(project: Project, file: Path | None) -> tuple[float, int]:
    """Processor seconds of one PDF in this process, held to one core, and the size of the file."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    params = load_params(project)
    documents = site.sources(project, params)
    imprint = pdf.Imprint(params.publish.edition, params.publish.date, "00000000")
    start = time.process_time()
    report = hard() if file is None else content(executed(file))
    made = pdf.report_pdf(report, documents[report.lang], imprint)
    return time.process_time() - start, len(made)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repeats", type=int, default=3, help="times that each PDF is made")
    repeats = parser.parse_args().repeats
    project = Project.find(Path(__file__).parent)
    print(f"{'report':<32}{'ms':>7}{'KB':>7}")
    for file in [*sorted(project.executed.glob("*/*.ipynb")), None]:
        # A fresh process for each, as nothing that an earlier one left behind may help.
        runs = []
        for _ in range(repeats):
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                runs.append(pool.apply(seconds, (project, file)))
        name = "hard" if file is None else f"{file.parent.name}/{file.stem}"
        print(f"{name:<32}{min(taken for taken, _ in runs) * 1000:>7.0f}{runs[0][1] / 1000:>7.0f}")


if __name__ == "__main__":
    main()

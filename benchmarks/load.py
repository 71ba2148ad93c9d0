"""Whether `read`, `tables` and `audit` stay as fast and as small for each document when there are many of them.

The documents are made of the registered ones: other ids, years moved by up to fifty, and other decimals in every
fifth amount, so that the audit has as much to say of each as it ever will. Each stage runs in a process of its own.

    python benchmarks/load.py
    python benchmarks/load.py --documents 10 100 1000 --output docs/load
"""

import argparse
import contextlib
import importlib
import io
import multiprocessing
import random
import re
import resource
import shutil
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import Document, load_registry
from kommunebudsjett.readers.stage import FAMILIES

STAGES = {
    "read": "kommunebudsjett.readers.stage",
    "tables": "kommunebudsjett.tables.stage",
    "audit": "kommunebudsjett.audit.stage",
}
# ru_maxrss is in bytes on macOS and in kibibytes elsewhere.
MEBIBYTE = 2**20 if sys.platform == "darwin" else 2**10
YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d,])")
DECIMAL = re.compile(r"(?<=\d,)\d(?!\d)")


def variant(text: str, years: int, chance: random.Random) -> str:
    """A document's text with its years moved, and another decimal in every fifth number that has one."""
    moved = YEAR.sub(lambda year: str(int(year[0]) + years), text)
    return DECIMAL.sub(lambda digit: str(chance.randrange(10)) if chance.random() < 0.2 else digit[0], moved)


def project_of(project: Project, documents: list[Document], number: int, root: Path) -> Project:
    """A project in `root` with `number` documents, the registered ones first."""
    many = Project(root)
    many.raw.mkdir(parents=True)
    shutil.copytree(project.reference, many.reference)
    shutil.copytree(project.notebooks, many.notebooks)
    shutil.copy(project.params, many.params)
    entries = []
    for index, document in enumerate(islice(cycle(documents), number)):
        text = (project.raw / document.file).read_text(encoding="utf-8")
        copy = document
        if index >= len(documents):
            years = index // len(documents) % 50
            text = variant(text, years, random.Random(index))
            fields = ("budget_year", "period_from", "period_to")
            moved = {field: getattr(document, field) + years for field in fields}
            copy = document.model_copy(
                update={**moved, "id": f"{document.id}-{index}", "file": f"{index}-{document.file}"}
            )
        (many.raw / copy.file).write_text(text, encoding="utf-8")
        entries.append(copy.model_dump_json(exclude_none=True, exclude_defaults=True))
    many.registry.write_text("".join(f"- {entry}\n" for entry in entries), encoding="utf-8")
    return many


class Measured(NamedTuple):
    """What a stage took: processor seconds, so that other work on the machine counts little, and memory in MiB."""

    documents: int
    stage: str
    seconds: float
    peak: float


def measure(stage: str, project: Project) -> tuple[float, float]:
    """Processor seconds and peak memory (MiB) of a stage in this process."""
    module = importlib.import_module(STAGES[stage])
    start = time.process_time()
    with contextlib.redirect_stdout(io.StringIO()):
        module.run(project)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE
    return time.process_time() - start, peak


def picture(found: list[Measured], path: Path) -> None:
    """Seconds for each document and peak memory by the number of documents, a line for each stage."""
    # Here, since each measured process imports this module.
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 2.8), layout="constrained")
    for axes, (title, value) in zip(
        figure.subplots(1, 2),
        {
            "Seconds for each document": lambda one: one.seconds / one.documents,
            "Peak memory, MiB": lambda one: one.peak,
        }.items(),
        strict=True,
    ):
        for stage, colour in zip(STAGES, ("#6e6e6e", "#0b4f8a", "#b35900"), strict=True):
            own = [one for one in found if one.stage == stage]
            numbers = [one.documents for one in own]
            axes.plot(numbers, list(map(value, own)), marker="o", color=colour)
            # Tables and audit run close together: one name above its line, one below.
            shift = {"read": 0, "tables": 6, "audit": -8}[stage]
            axes.annotate(
                stage, (numbers[-1], value(own[-1])), (8, shift), textcoords="offset points", va="center", color=colour
            )
        axes.set_title(title, loc="left", fontsize=10, pad=10)
        axes.set_xscale("log")
        axes.set_xticks(sorted({one.documents for one in found}), sorted({one.documents for one in found}))
        axes.minorticks_off()
        axes.set_ylim(0, 1.15 * max(map(value, found)))
        axes.set_xlabel("documents")
        axes.spines[["top", "right"]].set_visible(False)
        axes.margins(x=0.14)
    figure.savefig(path, dpi=120)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[10, 100, 1000], help="numbers of documents")
    parser.add_argument("--output", type=Path, help="write a picture here, as .png")
    arguments = parser.parse_args()
    project = Project.find(Path(__file__).parent)
    documents = load_registry(project.registry, set(FAMILIES))
    found = []
    print("| documents | stage | processor seconds | for each | peak MiB |\n|---:|---|---:|---:|---:|")
    for number in arguments.documents:
        with tempfile.TemporaryDirectory() as folder:
            many = project_of(project, documents, number, Path(folder))
            for stage in STAGES:
                with multiprocessing.get_context("spawn").Pool(1) as pool:
                    seconds, peak = pool.apply(measure, (stage, many))
                print(f"| {number} | `{stage}` | {seconds:.1f} | {seconds / number:.3f} | {peak:.0f} |", flush=True)
                found.append(Measured(number, stage, seconds, peak))
    if arguments.output:
        picture(found, arguments.output.with_suffix(".png"))


if __name__ == "__main__":
    main()

"""How fast documents are parsed, and whether the read stage stays as fast and as small with many of them.

First each registered document: its parsing to records against the floor (read the file, split its lines, find the
numbers with one regular expression), in turns and in one run, the best of each. Then the whole stage over copies of
the documents under other ids: time for each document and peak memory, each number of copies in a process of its own.

    python benchmarks/parse.py
    python benchmarks/parse.py --repeats 20 --copies 10 1000
"""

import argparse
import contextlib
import io
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import Document, load_registry, read_lines
from kommunebudsjett.readers import stage
from kommunebudsjett.readers.text import NUMBER

# ru_maxrss is in bytes on macOS and in kibibytes elsewhere.
MEBIBYTE = 2**20 if sys.platform == "darwin" else 2**10


def floor(path: Path) -> None:
    """The least that any parser must do."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        NUMBER.findall(line)


def parse(document: Document, path: Path) -> None:
    """Parse a document to records."""
    stage.reader(document.family)(document, read_lines(path))


def seconds(work: Callable[..., object], *arguments: object) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start


def compare_with_floor(project: Project, documents: list[Document], repeats: int) -> None:
    """Print the parse time of each document beside the floor."""
    print(f"{'family':<15}{'document':<17}{'floor ms':>9}{'parse ms':>9}{'ratio':>7}")
    for document in documents:
        path = project.raw / document.file
        turns = [(seconds(floor, path), seconds(parse, document, path)) for _ in range(repeats)]
        least, parsed = (min(times) * 1000 for times in zip(*turns, strict=True))
        print(f"{document.family:<15}{document.id:<17}{least:>9.1f}{parsed:>9.1f}{parsed / least:>7.2f}")


def copies_of(project: Project, documents: list[Document], number: int, root: Path) -> Project:
    """A project in `root` with copies of the documents under other ids and names."""
    many = Project(root)
    many.raw.mkdir(parents=True)
    entries = []
    for index, document in enumerate(islice(cycle(documents), number)):
        copy = document.model_copy(update={"id": f"{document.id}-{index}", "file": f"{index}-{document.file}"})
        # No two of them are the same: that is refused.
        (many.raw / copy.file).write_bytes((project.raw / document.file).read_bytes() + b"\n" * index)
        entries.append(copy.model_dump_json(exclude_none=True, exclude_defaults=True))
    # The parameters name the notebooks, which must be there.
    many.params.write_bytes(project.params.read_bytes())
    shutil.copytree(project.path("notebooks"), many.path("notebooks"))
    many.registry.write_text("".join(f"- {entry}\n" for entry in entries), encoding="utf-8")
    return many


def run_stage(project: Project) -> tuple[float, float]:
    """Seconds and peak memory (MiB) of the read stage in this process."""
    with contextlib.redirect_stdout(io.StringIO()):
        taken = seconds(stage.run, project)
    return taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEBIBYTE


def compare_sizes(project: Project, documents: list[Document], sizes: list[int]) -> None:
    """Print time for each document and peak memory of the stage for growing numbers of documents."""
    print(f"{'documents':>9}{'seconds':>9}{'ms each':>9}{'peak MiB':>10}")
    for number in sizes:
        with tempfile.TemporaryDirectory() as folder:
            many = copies_of(project, documents, number, Path(folder))
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                taken, peak = pool.apply(run_stage, (many,))
        print(f"{number:>9}{taken:>9.2f}{taken / number * 1000:>9.1f}{peak:>10.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repeats", type=int, default=15, help="times that each document is parsed")
    parser.add_argument("--copies", type=int, nargs="+", default=[10, 100, 1000], help="numbers of documents")
    arguments = parser.parse_args()
    project = Project.find(Path(__file__).parent)
    documents = load_registry(project.registry, set(stage.FAMILIES))
    compare_with_floor(project, documents, arguments.repeats)
    print()
    compare_sizes(project, documents, arguments.copies)


if __name__ == "__main__":
    main()

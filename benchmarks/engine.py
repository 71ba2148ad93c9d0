"""How long it takes to build the reports: the ordinary road, and ours in the situations that people meet.

On a copy of the project in a temporary folder, all in one run and in turns, so that whatever else the machine does
meets each of them:

(a) the ordinary road, one notebook after another: papermill, `jupyter nbconvert --to html`, Chromium's print to PDF.
    It gets the clean tables for nothing.
(b) ours, cold: `dvc repro` with nothing there, from the documents to the published site
(c) after one sentence of one report is edited
(d) after one number of one document is changed
(e) after nothing has changed; beside it a DVC project of five trivial stages

Where the project has fewer notebooks than asked for, copies under other names fill up.

    python benchmarks/engine.py --output docs/engine
"""

import argparse
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
import psutil
import yaml
from matplotlib.figure import Figure

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ENVIRONMENT = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "DVC_NO_ANALYTICS": "1"}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)
MIB = 2**20
# To ask a process for its memory costs it time: too often would slow what is measured, most where there are many.
SAMPLE_SECONDS = 1.0
# How often what takes less than a second is measured for each time that the rest is.
SHORT_REPEATS = 5


def measured(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds, and the peak memory in MiB of all processes that are started, shared pages counted once."""
    peak, done = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(SAMPLE_SECONDS):
            total = 0
            for process in psutil.Process().children(recursive=True):
                try:
                    memory = process.memory_full_info()
                    total += getattr(memory, "pss", memory.rss)
                except psutil.Error:
                    continue
            peak = max(peak, total)

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = time.perf_counter()
    try:
        work()
    finally:
        taken = time.perf_counter() - start
        done.set()
        watcher.join()
    return taken, peak / MIB


def run(folder: Path, *words: str | Path) -> None:
    """Run a command of the environment; its output is shown only where it fails."""
    result = subprocess.run(words, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"{' '.join(map(str, words))}\n{result.stdout}{result.stderr}")


def copy_of_project(folder: Path, runs: int) -> None:
    """The files of the project that git knows, with copies of notebooks until there are `runs` of them to execute."""
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, files.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    (folder / "dvc.lock").unlink(missing_ok=True)
    params = yaml.safe_load((folder / "params.yaml").read_text(encoding="utf-8"))
    areas = sum(1 for _ in (folder / "data/reference/areas.csv").open(encoding="utf-8")) - 1
    own = list(params["reports"].items())
    count = sum(areas if parameters.get("area_id") == "all" else 1 for _, parameters in own)
    for number in range(2, 100):
        for name, parameters in own:
            if count * len(params["languages"]) < runs and "area_id" not in parameters:
                notebook = nbformat.read(folder / f"notebooks/{name}.ipynb", as_version=4)
                # Another notebook: with the same code it would be the same to the cache.
                next(cell for cell in notebook.cells if cell.cell_type == "code").source += f"\ncopy = {number}"
                nbformat.write(notebook, folder / f"notebooks/{name}-{number}.ipynb")
                params["reports"][f"{name}-{number}"] = parameters
                count += 1
    (folder / "params.yaml").write_text(yaml.safe_dump(params, allow_unicode=True, sort_keys=False), encoding="utf-8")
    run(folder, "git", "init", "--quiet")


def clear(folder: Path) -> None:
    """Remove all that a run makes."""
    for name in ("build", "data/interim", "dvc.lock", ".dvc/cache", ".dvc/tmp"):
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for entry in (folder / "reports").iterdir():
        if entry.name not in ("README.md", ".gitignore", "editions"):
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    # Some disks are still at it when the files are gone; that is none of the run's time.
    os.sync()


def executed_jobs(folder: Path) -> list[dict]:
    """What is to be executed, as the last run left it: notebook, name and parameters."""
    return [
        dict(nbformat.read(path, as_version=4).metadata["kommunebudsjett"])
        for path in sorted((folder / "build/executed").rglob("*.ipynb"))
    ]


def ordinary(folder: Path, jobs: Sequence[dict]) -> None:
    """The ordinary road for some notebooks."""
    out = folder / "build/ordinary"
    out.mkdir(parents=True, exist_ok=True)
    for job in jobs:
        name = f"{job['name']}-{job['parameters']['lang']}"
        given = [word for key, value in job["parameters"].items() for word in ("-p", key, str(value))]
        run(folder / "notebooks", "papermill", f"{job['notebook']}.ipynb", out / f"{name}.ipynb", *given)
        run(out, "jupyter", "nbconvert", "--to", "html", f"{name}.ipynb")
        run(
            out,
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            f"--print-to-pdf={out / name}.pdf",
            f"file://{out / name}.html",
        )


def edit_sentence(folder: Path, turn: int) -> None:
    """Edit a sentence with computed numbers in the first report, in both languages."""
    name = next(iter(yaml.safe_load((folder / "params.yaml").read_text(encoding="utf-8"))["reports"]))
    path = folder / f"notebooks/{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for lang in ("nb", "en"):
        cell = next(cell for cell in notebook.cells if cell.source.startswith(f"%%{lang}\n"))
        cell.source = f"{cell.source.rstrip()} ({turn})"
    nbformat.write(notebook, path)


def edit_number(folder: Path, turn: int) -> str:
    """Change the last digit of an indicator of the annual report; where."""
    with (folder / "data/clean/key_figures.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["value"]]
    row = rows[len(rows) // 2 + turn]
    with (folder / "data/clean/documents.csv").open(encoding="utf-8", newline="") as file:
        name = next(entry["file"] for entry in csv.DictReader(file) if entry["document"] == row["document"])
    path = folder / "data/raw" / name
    lines = path.read_text(encoding="utf-8").split("\n")
    number = int(row["line"]) - 1
    last = max(index for index, character in enumerate(lines[number]) if character.isdigit())
    digit = (int(lines[number][last]) + 1) % 10
    lines[number] = f"{lines[number][:last]}{digit}{lines[number][last + 1 :]}"
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    return f"{row['indicator']}, line {row['line']}"


def trivial_project(folder: Path) -> None:
    """A DVC project of five stages that copy a file."""
    (folder / "0").write_text("0", encoding="utf-8")
    stages = {f"s{n}": {"cmd": f"cp {n} {n + 1}", "deps": [f"{n}"], "outs": [f"{n + 1}"]} for n in range(5)}
    (folder / "dvc.yaml").write_text(yaml.safe_dump({"stages": stages}), encoding="utf-8")
    run(folder, "git", "init", "--quiet")
    run(folder, "dvc", "init", "--quiet")
    run(folder, "dvc", "repro", "--quiet")


def outputs(folder: Path) -> dict[str, str]:
    """The executed notebooks as text, by name."""
    root = folder / "build/executed"
    return {str(path.relative_to(root)): path.read_text(encoding="utf-8") for path in sorted(root.rglob("*.ipynb"))}


def last_run(folder: Path) -> dict:
    """What the execute stage says of its last run."""
    return json.loads((folder / "build/timings/execute.json").read_text(encoding="utf-8"))


def compare(folder: Path, trivial: Path, repeats: int) -> dict[str, list[tuple[float, float]]]:
    """Seconds and MiB of each repeat, by situation."""
    repro = lambda: run(folder, "dvc", "repro", "--quiet")  # noqa: E731
    times: dict[str, list[tuple[float, float]]] = {
        name: [] for name in ("a", "b", "b stages", "c", "d", "e", "trivial")
    }
    run(folder, "dvc", "repro", "--quiet")
    jobs = executed_jobs(folder)
    print(f"{len(jobs)} notebooks to execute", flush=True)
    for turn in range(repeats):
        clear(folder)
        times["b"].append(measured(repro))
        summary = last_run(folder)
        assert summary["executed"] == len(jobs), summary
        times["a"].append(measured(lambda part=jobs[turn::repeats]: ordinary(folder, part)))
        edit_sentence(folder, turn)
        times["c"].append(measured(repro))
        print("(c) executed", last_run(folder)["executed"], flush=True)
        before = outputs(folder)
        where = edit_number(folder, turn)
        times["d"].append(measured(repro))
        after = outputs(folder)
        changed = sum(after[name] != before[name] for name in after)
        print(f"(d) {where}: executed {last_run(folder)['executed']}, {changed} are different", flush=True)
        for _ in range(SHORT_REPEATS):
            times["e"].append(measured(repro))
            times["trivial"].append(measured(lambda: run(trivial, "dvc", "repro", "--quiet")))
        shutil.rmtree(folder / "build/executed")
        shutil.rmtree(folder / "build/notebook-cache")
        shutil.rmtree(folder / "build/published", ignore_errors=True)
        times["b stages"].append(
            measured(lambda: (run(folder, "kommunebudsjett", "execute"), run(folder, "kommunebudsjett", "publish")))
        )
        print({name: [round(seconds, 1) for seconds, _ in found] for name, found in times.items()}, flush=True)
    return times


LABELS = {
    "a": "(a) papermill, nbconvert, Chromium, one after another",
    "b": "(b) ours, cold: the whole `dvc repro`",
    "b stages": "    of it: the stages `execute` and `publish` alone",
    "c": "(c) one sentence of one report edited",
    "d": "(d) one number of one document changed",
    "e": "(e) nothing changed",
    "trivial": "    a DVC project of five trivial stages, nothing changed",
}


def results(times: dict[str, list[tuple[float, float]]]) -> dict[str, tuple[float, float]]:
    """Seconds and MiB by situation: the parts of (a) summed, the median of the others."""
    out = {}
    for name, found in times.items():
        seconds = [taken for taken, _ in found]
        out[name] = (sum(seconds) if name == "a" else statistics.median(seconds), max(peak for _, peak in found))
    return out


def table(found: dict[str, tuple[float, float]]) -> str:
    """The results as a Markdown table."""
    base = {"a": None, "b": "a", "b stages": "a", "c": "b", "d": "b", "e": "trivial", "trivial": None}
    lines = ["| what | seconds | ratio | peak MiB |", "|---|---:|---|---:|"]
    for name, (seconds, peak) in found.items():
        ratio = f"{seconds / found[base[name]][0]:.2f} of {base[name]}" if base[name] else ""
        lines.append(f"| {LABELS[name].strip()} | {seconds:.1f} | {ratio} | {peak:.0f} |")
    return "\n".join(lines)


def picture(found: dict[str, tuple[float, float]], path: Path) -> None:
    """The results as bars, with the seconds at each."""
    names = [name for name in found if name not in ("b stages", "trivial")]
    figure = Figure(figsize=(8, 2.6), layout="constrained")
    axes = figure.subplots()
    bars = axes.barh(
        [LABELS[name].replace("`", "") for name in names], [found[name][0] for name in names], color="#0b4f8a"
    )
    axes.bar_label(bars, [f"{found[name][0]:.1f} s" for name in names], padding=4)
    axes.invert_yaxis()
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    axes.set_xticks([])
    axes.set_xmargin(0.12)
    figure.savefig(path, dpi=120)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=30, help="how many notebooks are to be executed, at least")
    parser.add_argument("--repeats", type=int, default=3, help="how often each is measured; (a) is split over them")
    parser.add_argument("--output", type=Path, help="write the picture here, as .png")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as other:
        folder, trivial = Path(name), Path(other)
        copy_of_project(folder, arguments.runs)
        trivial_project(trivial)
        found = results(compare(folder, trivial, arguments.repeats))
    print(table(found))
    if arguments.output:
        picture(found, arguments.output.with_suffix(".png"))


if __name__ == "__main__":
    main()

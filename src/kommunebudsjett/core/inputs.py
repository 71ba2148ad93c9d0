"""What a notebook reads: questions to the project's files, and a digest of each answer.

A notebook's result depends on the answers that it got, so the engine may use a stored result while every question has
the answer that it had then. `read_rows` and `read_section` ask for a part of a file and get nothing but that part, so
that a change of the rest is no change. Every other file of the project that the notebook opens is noticed by
`kommunebudsjett.execution.recorder` and counts whole.
"""

import csv
import hashlib
import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

# A question is a tuple of texts: its kind, then what it is about. Paths are relative to the project, with slashes.
Question = tuple[str, ...]
ABSENT = "absent"

# The questions that this process has asked, each with the digest of its answer.
asked: dict[Question, str] = {}
_inside = threading.local()


@contextmanager
def answering() -> Iterator[None]:
    """While a question is answered, the files that are opened for it are not noticed on their own."""
    before, _inside.active = is_answering(), True
    try:
        yield
    finally:
        _inside.active = before


def is_answering() -> bool:
    """Whether this thread is answering a question."""
    return getattr(_inside, "active", False)


def read_rows(root: Path, path: Path, columns: list[str], where: dict[str, str]) -> bytes:
    """The named columns of a CSV file, only the rows whose text in the columns of `where` is the given one.

    Raises FileNotFoundError, ValueError for a column that the file does not have.
    """
    return ask(root, ("rows", _relative(root, path), json.dumps(columns), json.dumps(where, sort_keys=True)))


def read_section(root: Path, path: Path, section: str) -> Any:
    """One section of a YAML file, None where the file does not have it."""
    return json.loads(ask(root, ("section", _relative(root, path), section)))


def ask(root: Path, question: Question) -> bytes:
    """The answer to a question, which is remembered in `asked` with its digest."""
    with answering():
        answer = ANSWERS[question[0]](root, *question[1:])
    asked[question] = digest(answer)
    return answer


def note(root: Path, question: Question) -> None:
    """Remember a question without needing its answer; the first answer counts."""
    if question not in asked:
        asked[question] = current(root, question)


def current(root: Path, question: Question) -> str:
    """The digest of the answer that a question has now."""
    try:
        with answering():
            return digest(ANSWERS[question[0]](root, *question[1:]))
    except (OSError, ValueError):
        # A file that is not there, or no longer has the column. What was read then was something else.
        return ABSENT


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _relative(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _rows(root: Path, path: str, columns: str, where: str) -> bytes:
    header, rows = parsed((root / path).read_bytes())
    chosen, wanted = json.loads(columns), json.loads(where)
    places = [header.index(name) for name in chosen]
    # One column after the other, so that most rows are looked at once.
    for name, value in wanted.items():
        place = header.index(name)
        rows = [row for row in rows if row[place] == value]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(chosen)
    writer.writerows(rows if chosen == header else [[row[place] for place in places] for row in rows])
    return file.getvalue().encode()


@lru_cache(maxsize=64)
def parsed(content: bytes) -> tuple[list[str], list[list[str]]]:
    """The header and the rows of a CSV file by its content, which nobody may change."""
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    return header, rows


def _section(root: Path, path: str, *keys: str) -> bytes:
    found = _yaml((root / path).read_bytes())
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return json.dumps(found, sort_keys=False, default=str).encode()


def _year(root: Path, path: str, *keys: str) -> bytes:
    return str(json.loads(_section(root, path, *keys)))[:4].encode()


@lru_cache(maxsize=4)
def _yaml(content: bytes) -> Any:
    try:
        return yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None


def _file(root: Path, path: str) -> bytes:
    return (root / path).read_bytes()


def _code(root: Path, path: str) -> bytes:
    return (Path(__file__).parents[1] / path).read_bytes()


def _folder(root: Path, path: str) -> bytes:
    names = sorted(entry.name for entry in (root / path).iterdir())
    return "\n".join(names).encode()


def _modules(root: Path, path: str) -> bytes:
    # What an import looks for there: modules, and folders that can be packages.
    folder = root / path
    names = sorted(
        entry.name
        for entry in folder.iterdir()
        if entry.suffix == ".py" or (entry.is_dir() and not entry.name.startswith((".", "__")))
    )
    return "\n".join(names).encode()


def _tree(root: Path, path: str) -> bytes:
    files = sorted(file for file in (root / path).rglob("*") if file.is_file())
    return "\n".join(f"{file.relative_to(root).as_posix()} {digest(file.read_bytes())}" for file in files).encode()


ANSWERS: dict[str, Callable[..., bytes]] = {
    "rows": _rows,  # columns and rows of a CSV file
    "section": _section,  # a key of a YAML file, or a key below it
    "year": _year,  # the year of a date in a YAML file
    "file": _file,  # a file of the project
    "code": _code,  # a file of this package
    "folder": _folder,  # the names in a folder
    "modules": _modules,  # what can be imported from a folder
    "tree": _tree,  # all files in a folder and below
}

"""A document's file in any form in, its canonical text line by line out.

What a file is, its content says (`kinds`). A PDF is read by the package `pdf`; of other forms an extractor makes
headings, paragraphs, items and tables (`content`), which are written as the text that the readers take (`writing`). The
extraction runs in a process of its own, whose time and memory are bounded, so that no file can hang or fill the machine
(`child`); its result is kept by the digest of the file and of the code. No network is asked.
"""

import hashlib
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.files import write_text
from kommunebudsjett.core.texts import LeftOut, Text
from kommunebudsjett.forms.child import text_of
from kommunebudsjett.forms.kinds import KINDS, kind_of
from kommunebudsjett.forms.limits import MOST_BYTES, MOST_MEMORY, MOST_SECONDS
from kommunebudsjett.forms.problem import ProblemError

_SAVE_AGAIN = "download it again, or open it and save it again"
_OTHER = "split the document, or register a text of it in place of the file"
_REMEDY = "put the document in data/raw under the name that documents.yml gives"
Found = TypeVar("Found")
# What the text depends on beside our code.
_LIBRARIES = ("pypdfium2", "selectolax", "tinycss2")


def read_file(path: Path, store: Path | None = None) -> Text:
    """The canonical text of a file.

    `store` is the folder that keeps what was extracted before, if any does. Raises UserError where the file is missing,
    of a form that is not read or of another than its name says, protected, damaged, too large, or has no text.
    """
    content = _content(path)
    kind = _asked(path, lambda: kind_of(path.name, content))
    if not KINDS[kind].in_child:
        return _asked(path, lambda: text_of(path, kind))
    kept = store and store / f"{hashlib.sha256(content).hexdigest()}-{kind}-{_version()}.json"
    found = kept and _kept(kept)
    if not found:
        found = _extracted(path, kind)
        # Another program reads the file again: what it found is kept only where that was the same.
        if kept and _content(path) == content:
            write_text(kept, json.dumps(found, ensure_ascii=False))
    left_out = [LeftOut(*left) for left in found["left_out"]]
    places = [(line, place) for line, place in found["places"]]
    return Text(found["lines"], found["pages"], left_out, places, found["remarks"])


def _asked(path: Path, ask: Callable[[], Found]) -> Found:
    """What `ask` finds; what is wrong with the file as a UserError."""
    try:
        return ask()
    except ProblemError as problem:
        raise UserError(problem.message, file=path, remedy=problem.remedy) from None


def _content(path: Path) -> bytes:
    try:
        # Looked at before it is opened: a pipe would wait for ever, a device would never end.
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise UserError("the registered document is no file", file=path, remedy=_REMEDY)
        if about.st_size > MOST_BYTES:
            raise UserError(
                f"the document has {about.st_size} bytes, and at most {MOST_BYTES} are read", file=path, remedy=_OTHER
            )
        content = path.read_bytes()
    except FileNotFoundError:
        raise UserError("the registered document is missing", file=path, remedy=_REMEDY) from None
    except OSError as error:
        raise UserError(f"the document cannot be opened ({error.strerror})", file=path, remedy=_REMEDY) from None
    if not content.strip():
        raise UserError("the document is empty", file=path, remedy=_REMEDY)
    return content


def _kept(file: Path) -> dict | None:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return found if set(Text._fields) <= found.keys() else None
    except (OSError, ValueError, AttributeError):
        return None


@cache
def _version() -> str:
    """A digest of what decides how a file is read: the code of the forms and the libraries."""
    digest = hashlib.sha256()
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}".encode())
    package = Path(__file__).parent
    for module in sorted([*package.glob("*"), *(package.parent / "pdf").glob("*.py")]):
        if module.is_file():
            digest.update(module.read_bytes())
    return digest.hexdigest()[:16]


def _extracted(path: Path, kind: str) -> dict:
    """What the child process makes of the file."""
    words = [sys.executable, "-m", "kommunebudsjett.forms.child", str(path), kind, str(MOST_MEMORY)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    called = KINDS[kind].called
    try:
        child = subprocess.run(words, capture_output=True, timeout=MOST_SECONDS, env=environment)
    except subprocess.TimeoutExpired:
        raise UserError(
            f"the {called} could not be read within {MOST_SECONDS} seconds", file=path, remedy=_OTHER
        ) from None
    try:
        answer: dict = json.loads(child.stdout)
    except ValueError:
        # The library was stopped: by the limit of memory, or by what a damaged file did to it.
        raise UserError(
            f"the {called} could not be read: it is damaged, or needs more memory than is allowed",
            file=path,
            remedy=_SAVE_AGAIN,
        ) from None
    if "error" in answer:
        raise UserError(answer["error"], file=path, remedy=answer["remedy"])
    return answer

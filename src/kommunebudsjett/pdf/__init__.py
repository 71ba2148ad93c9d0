"""PDFs with a text layer in, their text line by line out.

The extraction runs in a process of its own, whose time and memory are bounded, so that no file can hang or fill the
machine; its result is kept by the digest of the file and of the code. What it does, a module a step: `drawing` (rules,
boxes and pictures of a page), `glyphs` (its characters, upright and seen), `lines` (words and the printed lines),
`furniture` (running heads and page numbers), `order` (columns of text), `tables` (rows and cells, by `segments`,
`ruling`, `columns` and `headers`), `blocks` (headings, paragraphs, items) and `writing` (the text).
"""

import hashlib
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.files import write_text
from kommunebudsjett.core.texts import Form, LeftOut, Text
from kommunebudsjett.pdf.limits import MOST_BYTES, MOST_MEMORY, MOST_SECONDS

_SAVE_AGAIN = "download it again, or open it and save it as PDF again"
_OTHER = "split the document, or register a text of it in place of the PDF"


def read_pdf(path: Path, form: Form, store: Path | None = None) -> Text:
    """The text of a PDF in one of two forms. `store` is the folder that keeps what was extracted before, if any does.

    Raises UserError where the file is missing, no PDF, protected, damaged, too large, or has no text that can be read.
    """
    content = _content(path)
    kept = store and store / f"{hashlib.sha256(content).hexdigest()}-{form}-{_version()}.json"
    found = kept and _kept(kept)
    if not found:
        found = _extracted(path, form)
        # Another program reads the file again: what it found is kept only where that was the same.
        if kept and _content(path) == content:
            write_text(kept, json.dumps(found, ensure_ascii=False))
    return Text(found["lines"], found["pages"], [LeftOut(*left) for left in found["left_out"]])


def _content(path: Path) -> bytes:
    remedy = "put the document in data/raw under the name that documents.yml gives"
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise UserError(f"the PDF is larger than {MOST_BYTES >> 20} MB", file=path, remedy=_OTHER)
        content = path.read_bytes()
    except FileNotFoundError:
        raise UserError("the registered document is missing", file=path, remedy=remedy) from None
    except OSError as error:
        raise UserError(f"the document cannot be opened ({error.strerror})", file=path, remedy=remedy) from None
    if not content.strip():
        raise UserError("the document is empty", file=path, remedy=remedy)
    # Some programs write something before the header; readers of PDF look for it in the first kilobyte.
    if b"%PDF-" not in content[:1024]:
        raise UserError("the file is named .pdf and is no PDF", file=path, remedy=remedy)
    # Libraries read what is left of a file that was cut off, and would say nothing of the rest.
    if b"%%EOF" not in content[-4096:]:
        raise UserError("the PDF is cut off: its end is missing", file=path, remedy=_SAVE_AGAIN)
    return content


def _kept(file: Path) -> dict | None:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return found if {"lines", "pages", "left_out"} <= found.keys() else None
    except (OSError, ValueError, AttributeError):
        return None


@cache
def _version() -> str:
    """A digest of what decides how a PDF is read: this package and the library."""
    import pypdfium2

    digest = hashlib.sha256(str(pypdfium2.PYPDFIUM_INFO).encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()[:16]


def _extracted(path: Path, form: Form) -> dict:
    """What the child process makes of the file."""
    words = [sys.executable, "-m", "kommunebudsjett.pdf.child", str(path), form, str(MOST_MEMORY)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        child = subprocess.run(words, capture_output=True, timeout=MOST_SECONDS, env=environment)
    except subprocess.TimeoutExpired:
        raise UserError(f"the PDF could not be read within {MOST_SECONDS} seconds", file=path, remedy=_OTHER) from None
    try:
        answer = json.loads(child.stdout)
    except ValueError:
        # The library was stopped: by the limit of memory, or by what a damaged file did to it.
        raise UserError(
            "the PDF could not be read: it is damaged, or needs more memory than is allowed",
            file=path,
            remedy=_SAVE_AGAIN,
        ) from None
    if "error" in answer:
        raise UserError(answer["error"], file=path, remedy=answer["remedy"])
    return answer

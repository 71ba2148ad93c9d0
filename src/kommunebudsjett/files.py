"""Write beside, then replace: what was there before stays until the new is whole."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A new empty folder that takes the place of `target` when the block ends without an error.

    On an error the new folder is removed and `target` is left as it was.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    fresh.chmod(0o755)
    try:
        yield fresh
        swap(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def replacing_entries(target: Path) -> Iterator[Path]:
    """A new empty folder whose entries take their places in `target` when the block ends without an error.

    What else lies in `target` stays. On an error `target` is left as it was.
    """
    target.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield fresh
        for entry in sorted(fresh.iterdir()):
            swap(entry, target / entry.name)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def swap(fresh: Path, target: Path) -> None:
    """Put `fresh` (a file or a folder) where `target` is, and remove what stood there."""
    if not target.is_dir():
        os.replace(fresh, target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    os.replace(target, old / target.name)
    os.replace(fresh, target)
    shutil.rmtree(old)


def write_text(path: Path, text: str) -> None:
    """Write a text file beside, then replace."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    Path(name).chmod(0o644)
    os.replace(name, path)

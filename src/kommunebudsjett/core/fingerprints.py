"""Digests of what a stored result depends on besides its own input: our code, and the packages installed."""

import sys
from functools import cache
from pathlib import Path

from kommunebudsjett.core.inputs import digest

PACKAGE = Path(__file__).parents[1]


@cache
def environment() -> str:
    """This Python and the packages installed beside it, with their versions."""
    folders = dict.fromkeys(Path(folder) for folder in sys.path if folder)
    packages = sorted(info.name for folder in folders for info in folder.glob("*.dist-info"))
    return digest("\n".join([sys.version, *packages]).encode())


@cache
def code() -> str:
    """The files of this package, templates included, as they were when this process first asked."""
    files = sorted(path for path in PACKAGE.rglob("*") if path.is_file() and path.parent.name != "__pycache__")
    lines = [f"{path.relative_to(PACKAGE).as_posix()} {digest(path.read_bytes())}" for path in files]
    return digest("\n".join(lines).encode())

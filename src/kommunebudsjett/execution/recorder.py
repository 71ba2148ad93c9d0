"""In a kernel: notice what the notebook reads besides the questions of `kommunebudsjett.report`.

An audit hook of Python sees every file that is opened and every folder that is listed, whoever does it, so that a read
that nobody noticed cannot happen. What a notebook does that has no answer to compare (a program it starts, a
connection it opens) is noticed too, and its result is then not stored.

The recorder is an IPython extension; the kernel's command line loads it before the first cell.
"""

import importlib.metadata
import json
import os
import sys
from pathlib import Path
from typing import Any

from kommunebudsjett.core import inputs

PACKAGE = Path(os.path.realpath(__file__)).parent.parent
# The engine's own modules: they decide how notebooks are run, not what is in them, and are loaded in some kernels only.
ENGINE = PACKAGE / "execution"
ENVIRONMENT = Path(os.path.realpath(sys.prefix))
# How the paths of their files begin.
OWN, INSTALLED = (f"{folder}{os.sep}" for folder in (PACKAGE, ENVIRONMENT))
LISTING = ("os.listdir", "os.scandir")
UNTRACEABLE = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "socket.connect")
# Libraries that open files behind Python's back. Where one is loaded, all data count as read.
NATIVE = ("duckdb", "polars", "pyarrow")
# Who lists a folder to find modules and packages in it.
IMPORTERS = ("<frozen importlib._bootstrap_external>", importlib.metadata.__file__)

_untraceable: set[str] = set()
# The files of the modules that have been noticed. A kernel inherits those of the process that it was forked from.
_loaded: set[str] = set()
_root: Path | None = None


def start(root: Path) -> None:
    """Notice from now on what this process reads in the project at `root`."""
    global _root
    installed, _root = _root is not None, Path(os.path.realpath(root))
    if not installed:
        sys.addaudithook(_notice)


def report() -> str:
    """As JSON: the questions and digests of what was read, and what was done that cannot be compared."""
    notice_modules()
    if any(name in sys.modules for name in NATIVE):
        inputs.note(_root, ("tree", "data"))
    reads = sorted([list(question), digest] for question, digest in inputs.asked.items())
    return json.dumps({"reads": reads, "untraceable": sorted(_untraceable)})


def notice_modules() -> None:
    """Notice the code that is loaded."""
    files = {getattr(module, "__file__", None) for module in list(sys.modules.values())} - _loaded - {None}
    _loaded.update(files)
    # Most lie in the same few folders: to follow the links to each file would take five times as long.
    folders = {folder: os.path.realpath(folder) for folder in {os.path.dirname(file) for file in files}}
    for file in files:
        folder, name = os.path.split(file)
        found = os.path.join(folders[folder], name)
        if os.path.islink(found):
            found = os.path.realpath(found)
        # The packages of the environment count by their versions.
        if found.startswith(OWN) or (found.startswith(f"{_root}{os.sep}") and not found.startswith(INSTALLED)):
            _notice_code(Path(found))


def load_ipython_extension(shell: Any) -> None:
    """Start in a kernel; the folder of the project is in the environment."""
    start(Path(os.environ["KOMMUNEBUDSJETT_PROJECT"]))

    # What the kernel itself starts while it gets ready is none of the notebook's doing.
    def begin() -> None:
        _untraceable.clear()
        shell.events.unregister("pre_execute", begin)

    shell.events.register("pre_execute", begin)


def _notice(event: str, arguments: tuple) -> None:
    if event == "open":
        if not inputs.is_answering():
            _notice_file(arguments[0])
    elif event in LISTING:
        if not inputs.is_answering():
            _notice_folder(arguments[0])
    elif event in UNTRACEABLE:
        _untraceable.add(event)


def _notice_file(path: object) -> None:
    if not isinstance(path, str | bytes | os.PathLike):
        return
    found = Path(os.path.realpath(os.fsdecode(path)))
    if found.parent.name == "__pycache__":
        return
    if found.is_relative_to(PACKAGE):
        _notice_code(found)
    elif _in_project(found):
        inputs.note(_root, ("file", found.relative_to(_root).as_posix()))


def _notice_code(found: Path) -> None:
    if found.is_relative_to(ENGINE):
        return
    if found.is_relative_to(PACKAGE):
        inputs.note(_root, ("code", found.relative_to(PACKAGE).as_posix()))
    elif _in_project(found):
        inputs.note(_root, ("file", found.relative_to(_root).as_posix()))


def _notice_folder(path: object) -> None:
    if path is not None and not isinstance(path, str | bytes | os.PathLike):
        return
    found = Path(os.path.realpath(os.fsdecode(path or ".")))
    if found.is_relative_to(PACKAGE) or not _in_project(found):
        return
    kind = "modules" if _importing() else "folder"
    inputs.note(_root, (kind, found.relative_to(_root).as_posix()))


def _importing() -> bool:
    # The frames above are those of this module, then whoever lists the folder.
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename == __file__:
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename in IMPORTERS


def _in_project(path: Path) -> bool:
    return path.is_relative_to(_root) and not path.is_relative_to(ENVIRONMENT)

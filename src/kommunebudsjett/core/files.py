"""Write beside, then replace: what was there before stays until the new is whole.

What is written beside has a name of the pattern `.NAME-XXXXXXXX.tmp`. A run that is killed leaves it, and the next run
removes it (`kommunebudsjett.core.runs`).
"""

import contextlib
import ctypes
import errno
import filecmp
import os
import re
import secrets
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# What the system answers where two folders cannot be exchanged in one step: the kernel or the file system does not
# know how, or the folder is a mount point.
CANNOT_EXCHANGE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV, errno.EBUSY}
# What Windows takes for a device, whatever stands behind a dot in the name; and what no name there has: it drops dots
# and spaces at the end, so that two names are one.
_DEVICES = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        "conin$",
        "conout$",
        *(f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"),
    ]
)
_NO_NAME = re.compile(r'.*[.\s]|.*[<>:"/\\|?*\x00-\x1f].*', re.DOTALL)
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
# Called before what is new takes the place of what was there; what they raise leaves it as it was.
before_replacing: list[Callable[[], None]] = []


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A new empty folder that takes the place of `target` when the block ends without an error.

    On an error the new folder is removed and `target` is left as it was. A file that comes out the same is the file
    that was there, with its date.
    """
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with fresh_folder(target.parent, target.name) as fresh:
        yield fresh
        _check()
        _keep_unchanged(fresh, target)
        _swap(fresh, target)


@contextmanager
def replacing_entries(target: Path) -> Iterator[Path]:
    """A new empty folder whose entries take their places in `target` when the block ends without an error.

    What else lies in `target` stays, and so does a file that comes out the same, with its date. On an error `target` is
    left as it was. All entries are replaced in one step where the system can exchange two folders (Linux, most file
    systems, `target` no mount point); elsewhere one after another.
    """
    target = target.resolve()
    target.mkdir(parents=True, exist_ok=True)
    with fresh_folder(target.parent, target.name) as fresh:
        yield fresh
        _check()
        _keep_unchanged(fresh, target)
        made = sorted(entry.name for entry in fresh.iterdir())
        shutil.copymode(target, fresh)
        for entry in target.iterdir():
            if entry.name not in made:
                _link(entry, fresh / entry.name)
        if not exchange(fresh, target):
            # In the folder itself, which can be another file system.
            with fresh_folder(target, target.name) as inside:
                for name in made:
                    _copy(fresh / name, inside / name)
                for name in made:
                    _swap(inside / name, target / name)


def _check() -> None:
    for check in before_replacing:
        check()


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders or files in one step; whether the system can. It is left as it was where it cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False  # no Linux
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in CANNOT_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(other))


def is_reserved(name: str) -> bool:
    """Whether Windows can have no file or folder of a name.

    >>> [is_reserved(name) for name in ("con", "NUL.txt", "konto", "konto.", "a:b.txt", "COM¹ .pdf")]
    [True, True, False, True, True, True]
    """
    return _NO_NAME.fullmatch(name) is not None or name.partition(".")[0].rstrip().casefold() in _DEVICES


def write_text(path: Path, text: str) -> None:
    """Write a text file beside, then replace."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(_fresh_name(path.name))
    try:
        fresh.write_text(text, encoding="utf-8", newline="")
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def leftovers(folder: Path) -> list[Path]:
    """What runs that were killed have left in a folder."""
    return sorted(folder.glob(".*-????????.tmp"))


def remove(path: Path) -> None:
    """Remove a file or a folder, as far as possible."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


@contextmanager
def fresh_folder(parent: Path, name: str) -> Iterator[Path]:
    """A new empty folder in `parent`, named after what it will be; removed afterwards unless it has been moved."""
    fresh = parent / _fresh_name(name)
    fresh.mkdir()
    try:
        yield fresh
    finally:
        remove(fresh)


def _fresh_name(name: str) -> str:
    return f".{name}-{secrets.token_hex(4)}.tmp"


def _swap(fresh: Path, target: Path) -> None:
    """Put `fresh` (a file or a folder) where `target` is, and remove what stood there."""
    if not target.is_dir():
        os.replace(fresh, target)
    elif exchange(fresh, target):
        remove(fresh)
    else:
        old = target.with_name(_fresh_name(target.name))
        os.replace(target, old)
        os.replace(fresh, target)
        remove(old)


def _keep_unchanged(fresh: Path, target: Path) -> None:
    """Put the files of `target` in the place of those in `fresh` that have the same content.

    Whoever looks at dates and numbers of files, as DVC does, then sees what has changed without reading the rest; and
    some disks take milliseconds to let go of a file.
    """
    for folder, _, names in os.walk(fresh):
        there = target / Path(folder).relative_to(fresh)
        if there.is_symlink() or not there.is_dir():
            continue
        for name in names:
            made, found = os.path.join(folder, name), os.path.join(there, name)
            if not _is_other_file(made, found) or not filecmp.cmp(made, found, shallow=False):
                continue
            second = os.path.join(folder, _fresh_name(name))
            # Where there are no links the file that was made is as good.
            with contextlib.suppress(OSError):
                os.link(found, second)
                os.replace(second, made)
            Path(second).unlink(missing_ok=True)


def _is_other_file(one: str, other: str) -> bool:
    """Whether `other` is a file, and not `one` under a second name."""
    try:
        found = os.lstat(other)
    except FileNotFoundError:
        return False
    return stat.S_ISREG(found.st_mode) and not os.path.samestat(found, os.lstat(one))


def _link(source: Path, target: Path) -> None:
    """The same file or folder under a second name."""
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True, copy_function=link_file)
    else:
        link_file(source, target)


def link_file(source: Path | str, target: Path | str) -> None:
    """The same file under a second name, which nothing has yet; a copy where the file system has no links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        # A file system without links. Where there is no room, copying says so.
        shutil.copy2(source, target, follow_symlinks=False)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)

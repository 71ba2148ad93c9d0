"""What was published before and is the same again: taken from a folder of build/ instead of being made anew.

The key of a piece is a digest of all that it is made from: its arguments, our code and the packages installed. The site
has the files of the store under second names, so that thousands need not be copied. A piece is used only while its
files have the digests that were noted when it was made: whoever edits a page of the site by hand edits that of the
store, and the piece is made anew.
"""

import json
import os
import pickle
import re
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from kommunebudsjett.core.files import fresh_folder, leftovers, link_file, remove
from kommunebudsjett.core.fingerprints import code, environment
from kommunebudsjett.core.inputs import digest

# A piece that no run has used for so long is removed.
KEPT_SECONDS = 30 * 24 * 3600
# A piece in the store: its files, and what they were when they were made.
FILES, DIGESTS = "files", "digests.json"
_KEY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Piece:
    """Files to publish: `write(*arguments, folder)` writes them into an empty folder.

    Nothing but `arguments` and `depends` (digests of files that `write` reads) may decide what is written.
    """

    write: Callable[..., None]
    arguments: tuple[Any, ...]
    depends: tuple[str, ...] = ()

    @cached_property
    def key(self) -> str:
        """The digest of all that the files are made from."""
        about = [self.write.__qualname__, self.arguments, self.depends, code(), environment()]
        return digest(json.dumps(about, default=_plain).encode())


def _plain(value: Any) -> Any:
    """A value that JSON has no word for in words that it has, the same for equal values."""
    if is_dataclass(value):
        return [type(value).__name__, vars(value)]
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, date | Path):
        return str(value)
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} has no digest")


@contextmanager
def writing(
    pieces: Sequence[tuple[Piece, Path]], store: Path, pool: Executor | None, linked: bool = True
) -> Iterator[None]:
    """Write each piece into its folder; when the block ends they are there.

    The processes of the `pool`, if any, make those that are not in the store while the block runs. The files are those
    of the store where they are `linked`, else copies, which stay as they are whatever is done to the store or to
    another site.
    """
    store.mkdir(parents=True, exist_ok=True)
    with _made(_missing([piece for piece, _ in pieces], store), store, pool) as waited_for:
        # While the others are being made.
        _place_all([(piece, folder) for piece, folder in pieces if piece.key not in waited_for], store, linked)
        yield
    _place_all([(piece, folder) for piece, folder in pieces if piece.key in waited_for], store, linked)
    _remove_unused(store)


def _missing(pieces: Sequence[Piece], store: Path) -> Iterator[Piece]:
    """The pieces that must be made, each once: those that the store does not have, then those that are not whole there.

    One at a time: the first are made while the keys of others are reckoned, and while the files of those are looked at
    that are there.
    """
    asked: set[str] = set()
    there = []
    for piece in pieces:
        if piece.key in asked:
            continue
        asked.add(piece.key)
        if (store / piece.key).is_dir():
            there.append(piece)
        else:
            yield piece
    yield from (piece for piece in there if not _is_whole(store / piece.key))


@contextmanager
def _made(missing: Iterable[Piece], store: Path, pool: Executor | None) -> Iterator[set[str]]:
    """Make pieces: at once without a pool, else while the block runs. The keys of those that may not be there before
    its end."""
    if pool is None:
        for piece in missing:
            _make(piece, store / piece.key)
        yield set()
        return
    try:
        with fresh_folder(store, "orders") as orders:
            try:
                futures = {}
                for piece in missing:
                    order = orders / piece.key
                    order.write_bytes(pickle.dumps(piece))
                    futures[piece.key] = pool.submit(_make_ordered, order, store / piece.key)
                yield set(futures)
                for future in futures.values():
                    future.result()
            except BaseException:
                # Not `future.cancel()`: where a worker has ended too, the pool then stumbles over what was cancelled.
                pool.shutdown(cancel_futures=True)
                raise
    finally:
        # What workers had begun that were stopped together with this process.
        for entry in leftovers(store):
            remove(entry)


def _make_ordered(order: Path, target: Path) -> None:
    # By a file: Python 3.11 waits for ever for a worker that has ended where what it was sent fills the pipe.
    _make(pickle.loads(order.read_bytes()), target)


def _make(piece: Piece, target: Path) -> None:
    # Beside, then renamed: a piece that stands in the store is whole, whenever a run is killed.
    with fresh_folder(target.parent, "piece") as fresh:
        (fresh / FILES).mkdir()
        piece.write(*piece.arguments, fresh / FILES)
        (fresh / DIGESTS).write_text(json.dumps(_digests(fresh / FILES)), encoding="utf-8")
        if not target.is_dir():
            os.rename(fresh, target)


def _is_whole(entry: Path) -> bool:
    """Whether a piece stands in the store as it was made. What is left of one that does not is removed."""
    try:
        whole: bool = json.loads((entry / DIGESTS).read_text(encoding="utf-8")) == _digests(entry / FILES)
    except (OSError, ValueError):
        whole = False
    if not whole:
        remove(entry)
    return whole


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(Path(place, name) for place, _, names in os.walk(folder) for name in names)
    return {path.relative_to(folder).as_posix(): digest(path.read_bytes()) for path in files}


def _place_all(pieces: list[tuple[Piece, Path]], store: Path, linked: bool) -> None:
    for piece, folder in pieces:
        place = _place if linked else shutil.copyfile
        shutil.copytree(store / piece.key / FILES, folder, dirs_exist_ok=True, copy_function=place)
        os.utime(store / piece.key)


def _place(source: str, target: str) -> None:
    Path(target).unlink(missing_ok=True)
    link_file(source, target)


def _remove_unused(store: Path) -> None:
    oldest = time.time() - KEPT_SECONDS
    for entry in store.iterdir():
        # Nothing but what was made here, whatever else somebody keeps in the folder.
        if _KEY.fullmatch(entry.name) and entry.stat().st_mtime < oldest:
            shutil.rmtree(entry, ignore_errors=True)

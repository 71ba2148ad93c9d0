"""Processes that make pieces of the site side by side."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from pathlib import Path


@contextmanager
def side_by_side(workers: int) -> Iterator[Executor | None]:
    """So many processes, which start with their first order; None for fewer than two."""
    if workers < 2:
        yield None
        return
    # Copies have loaded what this process has; others load it again, which takes a second of each.
    start = "fork" if _can_be_copied() else "spawn"
    with ProcessPoolExecutor(workers, get_context(start), _end_with_parent) as pool:
        yield pool


def _can_be_copied() -> bool:
    """Whether this process may be forked: on Linux, where only one of its threads runs, as the others' locks would
    stay taken for ever."""
    return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1


def _end_with_parent() -> None:
    """What a worker does first: leave Ctrl-C to the process that started it, and end when that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent_process().join()
    os._exit(1)

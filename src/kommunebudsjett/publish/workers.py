"""Processes that make pieces of the site side by side."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from pathlib import Path

# What ends a run from outside.
_ENDING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def side_by_side(workers: int) -> Iterator[Executor | None]:
    """So many processes, which start with their first order; None for fewer than two."""
    if workers < 2:
        yield None
        return
    # Copies have loaded what this process has; others load it again, which takes a second of each.
    start = "fork" if _can_be_copied() else "spawn"
    with _Pool(workers, get_context(start), _end_with_parent) as pool:
        yield pool


class _Pool(ProcessPoolExecutor):
    """A pool that starts its processes while signals wait.

    What Python itself does at a fork ignores exceptions. A signal that became one there was lost: the run went on.
    """

    def submit(self, *arguments, **named) -> Future:
        if sys.platform == "win32":
            return super().submit(*arguments, **named)
        waiting = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
        try:
            return super().submit(*arguments, **named)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, waiting)


def _can_be_copied() -> bool:
    """Whether this process may be forked: on Linux, where only one of its threads runs, as the others' locks would
    stay taken for ever."""
    return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1


def _end_with_parent() -> None:
    """What a worker does first: leave Ctrl-C to the process that started it, and end when that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent_process().join()
    os._exit(1)

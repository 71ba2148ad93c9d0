"""Processes that make pieces of the site side by side."""

import importlib
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process


@contextmanager
def side_by_side(workers: int, module: str) -> Iterator[Executor | None]:
    """So many processes, which load `module` while this one does something else; None for fewer than two."""
    if workers < 2:
        yield None
        return
    # Not forked: this process may have threads (Typst's, once it has set a page), and a copy would wait for them.
    with ProcessPoolExecutor(workers, get_context("spawn"), _end_with_parent) as pool:
        for _ in range(workers):
            # A process is started for each order that finds none idle.
            pool.submit(_load, module)
        yield pool


def _load(module: str) -> None:
    importlib.import_module(module)


def _end_with_parent() -> None:
    """What a worker does first: leave Ctrl-C to the process that started it, and end when that is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent_process().join()
    os._exit(1)

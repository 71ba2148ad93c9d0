"""Memory that runs short: one message and nothing published, in whatever words, and wherever, it is noticed.

Libraries in C print an error that they cannot pass on, and go on with a result that is not whole. A run that has had
such an error has failed.
"""

import errno
import sys
import threading
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from kommunebudsjett.core import files
from kommunebudsjett.core.errors import UserError

# Libraries end the process without a word of ours where they get less.
LEAST_BYTES = 900 * 2**20
_REMEDY = "end other programs, or allow more memory (ulimit -v unlimited); then run the command again"
# Errors of other kinds that say it, by their names, since the libraries need not be loaded. What an error of a notebook
# says is the text of somebody else.
_KINDS = {"ImportError", "RuntimeError", "ParserError", "OutOfMemoryException"}
_WORDS = ("out of memory", "cannot allocate memory", "failed to map segment", "can't start new thread", "bad_alloc")


def allow_memory() -> None:
    """Raise UserError where the system allows this process less memory than a stage needs."""
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    if soft != resource.RLIM_INFINITY and soft < LEAST_BYTES:
        raise UserError(
            f"only {soft >> 20} MB of memory may be used, and {LEAST_BYTES >> 20} MB are needed",
            remedy="allow more: ulimit -v unlimited",
        )


def ran_short(error: BaseException | None) -> bool:
    """Whether an error, or one that led to it, says that memory ran short."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, MemoryError) or getattr(error, "errno", None) == errno.ENOMEM:
            return True
        if type(error).__name__ in _KINDS and any(words in str(error).casefold() for words in _WORDS):
            return True
        error = error.__cause__ or error.__context__
    return False


def told(error: BaseException) -> UserError | None:
    """An error for which memory is to blame, as a user reads it; None for others."""
    if ran_short(error):
        return UserError("there is not enough memory", remedy=_REMEDY)
    if isinstance(error, BrokenProcessPool):
        return UserError("a process of the run was ended from outside: most often memory ran short", remedy=_REMEDY)
    return None


@contextmanager
def noticed() -> Iterator[None]:
    """Raise MemoryError where memory runs short in the block without an error that anybody sees.

    That goes for finalizers, code of libraries in C, and threads. Nothing that was there is replaced then.
    """
    found: list[bool] = []
    unraisable, thread = sys.unraisablehook, threading.excepthook

    def note(kind: type[BaseException] | None, value: BaseException | None) -> bool:
        short = ran_short(value) or (kind is not None and issubclass(kind, MemoryError))
        found.extend([True] * short)
        return short

    def unraised(args: "sys.UnraisableHookArgs") -> None:
        if not note(args.exc_type, args.exc_value):
            unraisable(args)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if not note(args.exc_type, args.exc_value):
            thread(args)

    def check() -> None:
        if found:
            raise MemoryError

    sys.unraisablehook, threading.excepthook = unraised, in_thread
    files.before_replacing.append(check)
    try:
        yield
        check()
    finally:
        files.before_replacing.remove(check)
        sys.unraisablehook, threading.excepthook = unraisable, thread

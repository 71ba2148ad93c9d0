"""The one kind of error that a user can cause, and those of the system that a user can mend."""

import errno
import os
from pathlib import Path

from kommunebudsjett.core.printable import printable

# What the system refuses, and what to do about it.
_REMEDIES = {
    errno.ENOSPC: "make room on the disk that the file lies on, and run the command again",
    errno.EDQUOT: "make room: your quota of that disk is used up; then run the command again",
    errno.EROFS: "the disk cannot be written to; move the project to one that can, or have it mounted for writing",
    errno.EACCES: "see to it that you may read and write the file and its folder",
    errno.EPERM: "see to it that you may read and write the file and its folder",
    errno.EMFILE: "allow more open files, for instance: ulimit -n 1024",
    errno.ENFILE: "this machine has too many open files; end other programs, and run the command again",
    errno.ENAMETOOLONG: "move the project to a folder with a shorter path",
    errno.EBUSY: "end the program that uses the file, or mount the folder above it in place of the folder itself",
    errno.EIO: "the disk is at fault: copy the project to another",
}


class UserError(Exception):
    """Something in the input is wrong and the user can mend it.

    The command line prints it as one message without a traceback and exits with 1. Control characters of a text that
    the message quotes are shown, so that they do nothing to a terminal.

    Parameters
    ----------
    message: what is wrong, in one sentence.
    file: the file it is in.
    line: the 1-based line in that file, where there is one.
    remedy: what to do about it.
    """

    def __init__(self, message: str, *, file: Path | str | None = None, line: int | None = None, remedy: str = ""):
        self.message = message
        self.file = file
        self.line = line
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        place = "" if self.file is None else f"{self.file}: " if self.line is None else f"{self.file}:{self.line}: "
        remedy = f"\n  Remedy: {self.remedy}" if self.remedy else ""
        return printable(f"{place}{self.message}{remedy}")

    def __reduce__(self) -> tuple:
        # As another process, or a worker of a cluster, sends it.
        return _again, (type(self), self.message, self.file, self.line, self.remedy)


def _again(kind: type[UserError], message: str, file: Path | str | None, line: int | None, remedy: str) -> UserError:
    return kind(message, file=file, line=line, remedy=remedy)


def of_the_system(error: OSError) -> UserError | None:
    """What the system refused (no room, no right to write, too many open files), as a user reads it; None for a bug."""
    if error.errno not in _REMEDIES:
        return None
    file = error.filename2 or error.filename
    return UserError(os.strerror(error.errno), file=None if file is None else str(file), remedy=_REMEDIES[error.errno])

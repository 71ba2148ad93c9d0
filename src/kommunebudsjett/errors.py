"""The one kind of error that a user can cause."""

from pathlib import Path

from kommunebudsjett.printable import printable


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

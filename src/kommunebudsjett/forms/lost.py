"""A text in, the same without the digits of numbers at a character that its file has lost, which are listed, out.

Where a program could not read a character, it wrote U+FFFD for it. Beside digits that was a space between thousands, a
minus or another digit, and nobody can say which.
"""

import re

from kommunebudsjett.core.encodings import LOST
from kommunebudsjett.core.texts import LeftOut, Text

NO_LETTER = "the file doesn't tell which character is printed at it"
# Digits and lost characters, but for those that end a word.
_RUN = re.compile(rf"(?:\d|(?<![^\W\d_]){LOST}|{LOST}(?=\d))[\d{LOST} \u00a0.,]*")
_DOUBT = re.compile(rf"\d{LOST}|\d[ \u00a0]{LOST}(?![^\W\d_])|{LOST}[ \u00a0]?\d")


def without_lost_numbers(text: Text) -> Text:
    """The text; a number at a lost character is left out of its line, and listed."""
    left_out = list(text.left_out)
    lines = [_without(line, number, left_out) if LOST in line else line for number, line in enumerate(text.lines, 1)]
    return text._replace(lines=lines, left_out=sorted(left_out, key=lambda left: left.line))


def _without(line: str, number: int, left_out: list[LeftOut]) -> str:
    def leave(run: re.Match[str]) -> str:
        if not _DOUBT.search(run[0] + line[run.end() :][:1]):
            return run[0]
        left_out.append(LeftOut(number, run[0].strip(), NO_LETTER))
        # The sign stays in its place: an empty cell, or a colon at the end of a line, would mean something else.
        return LOST + run[0][len(run[0].rstrip()) :]

    return _RUN.sub(leave, line)

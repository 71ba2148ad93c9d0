"""What is shown of an error never steers the terminal."""

import pytest

from kommunebudsjett.errors import UserError, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Rødt: 1\u00a0500 kr – «ja»", "Rødt: 1\u00a0500 kr – «ja»"),
        ("\x1b[2J", "\\x1b[2J"),
        ("a\u202eb\u2066", "a\\u202eb\\u2066"),
        ("\x9b31m\r\t", "\\x9b31m\\r\\t"),
        ("\udce6", "\\udce6"),
    ],
)
def test_what_is_not_printed_is_written_as_its_code(text, shown):
    assert visible(text) == shown


def test_an_error_keeps_its_lines_and_shows_no_controls():
    error = UserError("the area '\x1b]0;x\x07'", file="a\u202eb.txt", line=3, remedy="add:\n  ,x,\x1b[1m")
    assert str(error) == ("a\\u202eb.txt:3: the area '\\x1b]0;x\\x07'\n  Remedy: add:\n  ,x,\\x1b[1m")

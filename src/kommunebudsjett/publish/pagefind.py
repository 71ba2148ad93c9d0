"""Pagefind: pages in, the files of its index out.

Not by its command line, for two reasons: that takes pages in the order in which the file system lists them, so that
another disk gives another index of the same pages; and on a full disk it writes half of the index without a word. Its
service (`pagefind --service`, through which its packages for Python and Node work) takes pages in the order given and
hands the files back. Messages are JSON in base64, with a comma behind each.
"""

import base64
import contextlib
import json
import subprocess
import threading
from collections.abc import Iterable, Iterator
from typing import IO

from pagefind.service import get_executable

from kommunebudsjett.core.errors import UserError

_CHUNK = 2**20
_PIPES = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}


def index(pages: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """The files of the index, by path, of pages: pairs of a path and its HTML.

    The same pages in the same order give the same bytes. Raises UserError where Pagefind does not run.
    """
    program = get_executable()
    if program is None:
        raise _failed("its program is not installed")
    try:
        with subprocess.Popen([str(program), "--service"], **_PIPES) as service:
            return _index(service.stdin, _answers(service.stdout), pages)
    except (BrokenPipeError, StopIteration):
        raise _failed("it ended before it had answered") from None


def _index(stdin: IO[bytes], answers: Iterator[dict], pages: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    _send(stdin, [{"type": "NewIndex", "config": {}}])
    number = next(answers)["index_id"]
    orders = [
        {"type": "AddFile", "index_id": number, "file_path": path, "url": None, "file_contents": html}
        for path, html in pages
    ]
    orders.append({"type": "GetFiles", "index_id": number})
    # Beside the reading: neither side waits for the other to have read.
    sending = threading.Thread(target=_send_beside, args=(stdin, orders), daemon=True)
    sending.start()
    for _ in orders[:-1]:
        next(answers)
    files = next(answers)["files"]
    sending.join()
    return {file["path"]: base64.b64decode(file["content"]) for file in files}


def _send(stdin: IO[bytes], orders: list[dict]) -> None:
    for number, order in enumerate(orders):
        stdin.write(base64.b64encode(json.dumps({"message_id": number, "payload": order}).encode()) + b",")
    stdin.flush()


def _send_beside(stdin: IO[bytes], orders: list[dict]) -> None:
    # Where the program has ended, who waits for its answers hears of it.
    with contextlib.suppress(BrokenPipeError, ValueError):
        _send(stdin, orders)


def _answers(stdout: IO[bytes]) -> Iterator[dict]:
    rest = b""
    while chunk := stdout.read1(_CHUNK):
        *whole, rest = (rest + chunk).split(b",")
        for answer in whole:
            payload = json.loads(base64.b64decode(answer))["payload"]
            if payload["type"] == "Error":
                raise _failed(payload["message"])
            yield payload


def _failed(reason: str) -> UserError:
    return UserError(
        f"Pagefind could not make the search: {reason}",
        remedy="set up the environment anew: rm -r .venv && make env",
    )

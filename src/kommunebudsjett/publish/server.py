"""The published site on this machine alone, over HTTP, as a static host would serve it."""

import errno
import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from kommunebudsjett.core.errors import UserError


class Handler(SimpleHTTPRequestHandler):
    """Files of a folder. What is not there gives the site's own page 404.html."""

    # Not left to the tables of the machine: a browser runs no script and no WebAssembly of another type.
    extensions_map = {  # noqa: RUF012  # as in the class above
        **SimpleHTTPRequestHandler.extensions_map,
        ".css": "text/css",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript",
        ".svg": "image/svg+xml",
        ".wasm": "application/wasm",
    }

    def __init__(self, *arguments, prefix: str, **options):
        self.prefix = prefix
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        """The file of an address. Links of 404.html begin with the path that the site is published under."""
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The page 404.html in place of a plain message, where it is there."""
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", self.extensions_map[".html"])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing of what is served."""


class Server(ThreadingHTTPServer):
    """Serves as many at the same time as ask."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a reader who left before a page was there."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def server(folder: Path, port: int, address: str = "") -> Server:
    """A server of a published site at 127.0.0.1; `address` is where the site is published, if it is.

    Raises UserError where there is no site, or where the port is taken or not allowed.
    """
    if not (folder / "index.html").is_file():
        raise UserError("nothing is published yet", file=folder / "index.html", remedy="build it: make reports")
    handler = partial(Handler, directory=str(folder), prefix=site_path(address))
    try:
        return Server(("127.0.0.1", port), handler)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        reason = "is taken by another program" if taken else f"cannot be used: {error.strerror}"
        raise UserError(f"port {port} {reason}", remedy="choose another: make serve PORT=8080") from None


def site_path(address: str) -> str:
    """The path that a site is published under, with a slash at both ends.

    >>> site_path("https://example.no/budsjett"), site_path("")
    ('/budsjett/', '/')
    """
    return "/" + (urlsplit(address).path.strip("/") + "/").lstrip("/")

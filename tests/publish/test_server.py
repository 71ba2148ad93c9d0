"""The site on this machine: what is served and as what, the page for lost addresses, and what can go wrong."""

import socket
import threading
import urllib.error
import urllib.request

import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.publish.server import Handler, server, site_path


@pytest.fixture
def folder(tmp_path):
    for name, text in (("index.html", "forside"), ("404.html", "borte"), ("a.js", ""), ("b.wasm", ""), ("c.svg", "")):
        (tmp_path / "site" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "site" / name).write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("hemmelig", encoding="utf-8")
    return tmp_path / "site"


@pytest.fixture
def get(folder):
    """What the server answers: status, type and text."""
    with server(folder, 0, "https://example.invalid/budsjett") as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()

        def ask(path: str) -> tuple[int, str, str]:
            try:
                answer = urllib.request.urlopen(f"http://127.0.0.1:{running.server_port}{path}")
            except urllib.error.HTTPError as error:
                answer = error
            with answer:
                return answer.status, answer.headers["Content-Type"], answer.read().decode()

        yield ask
        running.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "status", "kind", "text"),
    [
        ("/", 200, "text/html; charset=utf-8", "forside"),
        ("/index.html?q=x", 200, "text/html; charset=utf-8", "forside"),
        ("/budsjett/index.html", 200, "text/html; charset=utf-8", "forside"),
        ("/a.js", 200, "text/javascript", ""),
        ("/b.wasm", 200, "application/wasm", ""),
        ("/c.svg", 200, "image/svg+xml", ""),
        ("/borte", 404, "text/html; charset=utf-8", "borte"),
        ("/dypt/nede/borte.html", 404, "text/html; charset=utf-8", "borte"),
        ("/../secret.txt", 404, "text/html; charset=utf-8", "borte"),
        ("/%2e%2e/secret.txt", 404, "text/html; charset=utf-8", "borte"),
    ],
)
def test_what_is_served(get, path, status, kind, text):
    assert get(path) == (status, kind, text)


def test_only_this_machine_is_served(folder):
    with server(folder, 0) as running:
        assert running.server_address[0] == "127.0.0.1"


def test_a_site_that_is_not_built_is_told(tmp_path):
    with pytest.raises(UserError, match="nothing is published yet") as raised:
        server(tmp_path, 0)
    assert raised.value.remedy == "build it: make reports"


def test_a_port_that_is_taken_is_told(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UserError, match=f"port {port} is taken by another program"):
            server(folder, port)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("", "/"),
        ("https://example.no", "/"),
        ("https://example.no/", "/"),
        ("https://example.no/budsjett", "/budsjett/"),
        ("https://example.no/a/b/", "/a/b/"),
    ],
)
def test_the_path_of_an_address(address, path):
    assert site_path(address) == path


@pytest.mark.parametrize(("error", "told"), [(BrokenPipeError, False), (ConnectionResetError, False), (KeyError, True)])
def test_a_reader_who_leaves_is_no_error(folder, capfd, monkeypatch, error, told):
    def fails(*_):
        raise error("gone")

    monkeypatch.setattr(Handler, "copyfile", fails)
    with server(folder, 0) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        with socket.create_connection(running.server_address) as reader:
            reader.sendall(b"GET /index.html HTTP/1.0\r\n\r\n")
            while reader.recv(4096):
                pass
        running.shutdown()
        thread.join()
    assert ("Traceback" in capfd.readouterr().err) is told

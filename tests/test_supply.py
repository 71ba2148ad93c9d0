"""What is installed: pinned with its digest, under a licence that the docs tell, and known to be safe or not."""

import json
import re
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from scripts import known_vulnerabilities, licences

from tests.conftest import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
DIGEST = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def requirements(lock: str) -> list[str]:
    """The requirements of a lock file, each on one line, without comments."""
    joined = re.sub(r"\\\n\s*", "", "\n".join(line for line in lock.splitlines() if not line.lstrip().startswith("#")))
    return [line.strip() for line in joined.splitlines() if line.strip()]


def unsafe(requirement: str) -> str:
    """What is wrong with a requirement of the lock, "" where it is pinned with a digest and comes from the index."""
    head, *digests = re.split(r"\s(?=--)", requirement)
    if head.startswith("-"):
        return "an option"
    if "://" in requirement or " @ " in head:
        return "an address"
    if not licences.PIN.match(head) or re.search(r"[*<>~!]=|===|\*", head.split(";")[0]):
        return "not pinned"
    if not digests or not all(DIGEST.fullmatch(digest.strip()) for digest in digests):
        return "no digest"
    return ""


def test_every_requirement_is_pinned_with_its_digest():
    found = requirements(LOCK)
    assert len(found) == len(licences.pins(LOCK)) > 200
    assert {line: unsafe(line) for line in found if unsafe(line)} == {}


@pytest.mark.parametrize(
    ("requirement", "wrong"),
    [
        ("a==1 --hash=sha256:" + "0" * 64, ""),
        ("a[b]==1 ; python_version >= '3.12' --hash=sha256:" + "0" * 64, ""),
        ("a==1", "no digest"),
        ("a==1 --hash=md5:0", "no digest"),
        ("a>=1 --hash=sha256:" + "0" * 64, "not pinned"),
        ("a==1.* --hash=sha256:" + "0" * 64, "not pinned"),
        ("a @ https://example.invalid/a.whl --hash=sha256:" + "0" * 64, "an address"),
        ("--index-url https://example.invalid/simple", "an option"),
    ],
)
def test_what_is_no_safe_requirement(requirement, wrong):
    assert unsafe(requirement) == wrong


def test_the_docs_tell_the_licence_of_every_package():
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", text.partition("|---|---|---|\n")[2], re.MULTILINE)
    assert [row[:2] for row in rows] == licences.pins(LOCK), "run: make lock"
    for name, version, licence in rows:
        assert licence != licences.NOT_STATED, f"{name} {version}: find out, and add it to scripts/licences.py"
        said = licences.installed(name)
        if said is not None:
            assert licences.row(name, version, said) in text, "run: make lock"


@pytest.mark.parametrize(
    ("stated", "licence"),
    [
        ([("License-Expression", "MIT OR Apache-2.0"), ("Classifier", "License :: OSI Approved :: BSD License")],
         "MIT OR Apache-2.0"),
        ([("License", "x" * 500), ("Classifier", "License :: OSI Approved :: ISC License (ISCL)")], "ISC"),
        ([("License", "BSD-3-Clause"), ("Classifier", "License :: OSI Approved :: BSD License")], "BSD-3-Clause"),
        ([("Classifier", "License :: OSI Approved")], "not stated"),
        ([("Name", "a")], "not stated"),
    ],
)  # fmt: skip
def test_the_licence_in_the_metadata_of_a_package(stated, licence):
    assert licences.licence(stated) == licence


VULNERABLE = {
    "id": "PYSEC-2026-1",
    "aliases": ["CVE-2026-1"],
    "fixed_in": ["2.0"],
    "summary": "Reads what it must not.\nMore.",
    "withdrawn": None,
}
TWO = "safe==1.0 \\\n    --hash=sha256:0\nunsafe==1.0 \\\n    --hash=sha256:0\n"


@pytest.fixture
def pypi() -> Iterator[tuple[str, dict[str, object]]]:
    """The address of a server in place of PyPI, and its answers by path: a text, or something to send as JSON."""
    answers: dict[str, object] = {
        "/pypi/safe/1.0/json": {"vulnerabilities": [{**VULNERABLE, "withdrawn": "2026-01-01"}]},
        "/pypi/unsafe/1.0/json": {"vulnerabilities": [VULNERABLE]},
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer = answers.get(self.path)
            self.send_response(404 if answer is None else 200)
            self.end_headers()
            self.wfile.write((answer if isinstance(answer, str) else json.dumps(answer)).encode())

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", answers
        server.shutdown()


def test_what_is_known_of_a_package_is_told(pypi, capsys):
    assert known_vulnerabilities.check(TWO, set(), pypi[0]) == known_vulnerabilities.SOME
    assert capsys.readouterr().out == (
        "unsafe 1.0: PYSEC-2026-1, CVE-2026-1; mended in 2.0. Reads what it must not.\n"
        "2 packages checked, 1 vulnerabilities known\n"
    )
    assert known_vulnerabilities.check(TWO, {"safe"}, pypi[0]) == known_vulnerabilities.NONE


@pytest.mark.parametrize("answer", [None, "<html>", {}])
def test_an_index_that_does_not_tell_is_no_all_clear(pypi, capsys, answer):
    pypi[1]["/pypi/unsafe/1.0/json"] = answer
    assert known_vulnerabilities.check(TWO, set(), pypi[0]) == known_vulnerabilities.UNKNOWN
    said = capsys.readouterr()
    assert "does not tell the vulnerabilities of unsafe 1.0" in said.err
    assert "1 of 2 packages were checked" in said.err
    assert said.out == ""


def osv(path: Path, *affected: dict, **more: str) -> Path:
    """A ZIP file of OSV with a vulnerability that affects these."""
    about = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "summary": "Reads what it must not."}
    with zipfile.ZipFile(path, "w") as archive:
        content = {**about, "modified": "2026-11-02T00:00:00Z", "affected": list(affected), **more}
        archive.writestr("PYSEC-2026-1.json", json.dumps(content))
    return path


def of(name: str, ecosystem: str = "PyPI", versions: tuple[str, ...] = (), **events: str) -> dict:
    span = {"type": "ECOSYSTEM", "events": [{kind: version} for kind, version in events.items()]}
    return {"package": {"name": name, "ecosystem": ecosystem}, "versions": list(versions), "ranges": [span]}


@pytest.mark.parametrize(
    ("affected", "found"),
    [
        (of("unsafe", introduced="0", fixed="2.0"), True),
        (of("UnSafe", versions=("0.9", "1.0.0")), True),
        (of("unsafe", introduced="0.5", last_affected="1.0"), True),
        (of("unsafe", introduced="0", fixed="1.0"), False),
        (of("unsafe", introduced="1.1"), False),
        (of("unsafe", introduced="0", last_affected="0.9"), False),
        # What is no version, and packages of another system, say nothing of ours.
        (of("unsafe", versions=("2013b-alpha",)), False),
        (of("unsafe", "npm", introduced="0"), False),
    ],
)
def test_a_file_of_osv_is_asked_where_pypi_cannot_be(tmp_path, capsys, affected, found):
    path = osv(tmp_path / "all.zip", affected, of("other", introduced="0"))
    expected = known_vulnerabilities.SOME if found else known_vulnerabilities.NONE
    assert known_vulnerabilities.check_in(TWO, set(), path) == expected
    said = capsys.readouterr().out
    assert ("unsafe 1.0: PYSEC-2026-1, CVE-2026-1; mended in" in said) == found
    assert (
        f"2 packages checked, {int(found)} vulnerabilities known\nall.zip has what was published until 2026-11-02\n"
        in said
    )


def test_what_was_withdrawn_is_no_vulnerability(tmp_path):
    path = osv(tmp_path / "all.zip", of("unsafe", introduced="0"), withdrawn="2026-11-01T00:00:00Z")
    with zipfile.ZipFile(path, "a") as archive:
        other = {"id": "X", "modified": "2026-11-02T00:00:00Z", "affected": [of("other", introduced="0")]}
        archive.writestr("X.json", json.dumps(other))
    assert known_vulnerabilities.check_in(TWO, set(), path) == known_vulnerabilities.NONE


@pytest.mark.parametrize("content", [None, b"", b"no zip", "empty", "npm"])
def test_a_file_that_is_none_of_osv_is_no_all_clear(tmp_path, capsys, content):
    path = tmp_path / "all.zip"
    if content == "npm":
        osv(path, of("unsafe", "npm", introduced="0"))
    elif content == "empty":
        zipfile.ZipFile(path, "w").close()
    elif content is not None:
        path.write_bytes(content)
    assert known_vulnerabilities.check_in(TWO, set(), path) == known_vulnerabilities.UNKNOWN
    said = capsys.readouterr()
    assert "cannot be read as vulnerabilities of OSV" in said.err
    assert said.out == ""


def test_no_network_is_no_all_clear(capsys):
    assert known_vulnerabilities.check(TWO, set(), "http://127.0.0.1:9") == known_vulnerabilities.UNKNOWN
    assert "0 of 2 packages were checked" in capsys.readouterr().err

"""Look up the known vulnerabilities of every package in requirements.lock, in PyPI or in a file, and print them.

Exit code 0: none is known. 1: there are some. 2: PyPI could not be asked, or the file not be read, so nothing is known.

    python -m scripts.known_vulnerabilities
    python -m scripts.known_vulnerabilities jinja2 tornado
    python -m scripts.known_vulnerabilities --osv all.zip

The file is what OSV gives for the ecosystem PyPI: a ZIP file with a JSON file for each vulnerability.
"""

import argparse
import json
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from scripts.licences import pins

ROOT = Path(__file__).resolve().parent.parent
PYPI = "https://pypi.org"
NONE, SOME, UNKNOWN = 0, 1, 2


def vulnerabilities(name: str, version: str, server: str = PYPI) -> list[dict]:
    """What PyPI knows of a version of a package, without what was withdrawn. Raises OSError, ValueError."""
    with urllib.request.urlopen(f"{server}/pypi/{name}/{version}/json", timeout=30) as answer:
        known = json.load(answer)["vulnerabilities"]
    return [one for one in known if not one.get("withdrawn")]


class Dump:
    """The vulnerabilities of a ZIP file of OSV, by package; `newest` is when one of them was last changed."""

    def __init__(self, path: Path):
        """Raises OSError, ValueError, KeyError or BadZipFile for a file that is none of OSV or has nothing of PyPI."""
        self._by_name: dict[str, list[tuple[dict, dict]]] = {}
        self.newest = ""
        with zipfile.ZipFile(path) as archive:
            for file in archive.namelist():
                if file.endswith(".json"):
                    self._add(json.loads(archive.read(file)))
        if not self._by_name:
            raise ValueError("it has no vulnerability of a package of PyPI")

    def _add(self, one: dict) -> None:
        self.newest = max(self.newest, one["modified"])
        for affected in one.get("affected", []):
            package = affected.get("package", {})
            if package.get("ecosystem") == "PyPI" and not one.get("withdrawn"):
                self._by_name.setdefault(canonicalize_name(package["name"]), []).append((one, affected))

    def vulnerabilities(self, name: str, version: str) -> list[dict]:
        """What it knows of a version of a package, in the form that PyPI has."""
        found: dict[str, dict] = {}
        for one, affected in self._by_name.get(canonicalize_name(name), []):
            if is_affected(affected, version):
                known = found.setdefault(one["id"], {**one, "fixed_in": []})
                known["fixed_in"] += [event["fixed"] for span in _spans(affected) for event in span if "fixed" in event]
        return list(found.values())


def is_affected(affected: dict, version: str) -> bool:
    """Whether an entry of OSV is about a version: the entry lists it, or has a range that it lies in."""
    own = Version(version)
    listed = any(own == Version(text) for text in affected.get("versions", []) if _is_version(text))
    return listed or any(_lies_in(own, span) for span in _spans(affected))


def _spans(affected: dict) -> list[list[dict]]:
    """The events of each range of versions."""
    ranges = [span["events"] for span in affected.get("ranges", []) if span.get("type") == "ECOSYSTEM"]
    return [[event for event in span if all(map(_is_version, event.values()))] for span in ranges]


def _lies_in(own: Version, span: list[dict]) -> bool:
    inside = False
    for event in sorted(span, key=lambda event: Version(next(iter(event.values())))):
        kind, version = next((kind, Version(text)) for kind, text in event.items())
        if kind == "introduced" and own >= version:
            inside = True
        elif (kind == "fixed" and own >= version) or (kind == "last_affected" and own > version):
            inside = False
    return inside


def _is_version(text: str) -> bool:
    try:
        Version(text)
    except InvalidVersion:
        return False
    return True


def told(name: str, version: str, one: dict) -> str:
    """A vulnerability in a line."""
    names = ", ".join([one["id"], *one.get("aliases", [])])
    mended = " or ".join(one.get("fixed_in", [])) or "no version"
    about = (one.get("summary") or one.get("details") or "").strip().split("\n")[0][:160]
    return f"{name} {version}: {names}; mended in {mended}. {about}".rstrip()


def check_in(lock: str, only: set[str], path: Path) -> int:
    """Print what a file of OSV knows of the packages of a lock file (of those in `only`, if any); the exit code."""
    wanted = [(name, version) for name, version in pins(lock) if not only or name in only]
    try:
        dump = Dump(path)
        found = [told(name, version, one) for name, version in wanted for one in dump.vulnerabilities(name, version)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        print(
            f"error: {path}: the file cannot be read as vulnerabilities of OSV ({error})\n"
            "  Remedy: download https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip",
            file=sys.stderr,
        )
        return UNKNOWN
    print("\n".join([*found, f"{len(wanted)} packages checked, {len(found)} vulnerabilities known"]))
    print(f"{path.name} has what was published until {dump.newest[:10]}")
    return SOME if found else NONE


def check(lock: str, only: set[str], server: str = PYPI) -> int:
    """Print what is known of the packages of a lock file (of those in `only`, if there are any); the exit code."""
    wanted = [(name, version) for name, version in pins(lock) if not only or name in only]
    found = 0
    for number, (name, version) in enumerate(wanted):
        try:
            known = vulnerabilities(name, version, server)
        except (OSError, ValueError, KeyError) as error:
            reason = f"HTTP {error.code}" if isinstance(error, urllib.error.HTTPError) else str(error)
            print(
                f"error: {server} does not tell the vulnerabilities of {name} {version} ({reason}); "
                f"{number} of {len(wanted)} packages were checked\n"
                "  Remedy: run this where PyPI itself can be reached, not a mirror of it, or with a file of OSV",
                file=sys.stderr,
            )
            return UNKNOWN
        for one in known:
            print(told(name, version, one))
        found += len(known)
    print(f"{len(wanted)} packages checked, {found} vulnerabilities known")
    return SOME if found else NONE


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("packages", nargs="*", help="ask only for these")
    parser.add_argument("--osv", type=Path, metavar="FILE", help="look in this ZIP file of OSV, and ask nobody")
    chosen = parser.parse_args()
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    only = set(chosen.packages)
    return check(lock, only) if chosen.osv is None else check_in(lock, only, chosen.osv)


if __name__ == "__main__":
    sys.exit(main())

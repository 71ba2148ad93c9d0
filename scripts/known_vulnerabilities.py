"""Ask PyPI for the known vulnerabilities of every package in requirements.lock, and print them.

Exit code 0: none is known. 1: there are some. 2: PyPI could not be asked, so nothing is known.

    python -m scripts.known_vulnerabilities
    python -m scripts.known_vulnerabilities jinja2 tornado
"""

import argparse
import json
import sys
import urllib.error
import urllib.request
from pathlib import Path

from scripts.licences import pins

ROOT = Path(__file__).resolve().parent.parent
PYPI = "https://pypi.org"
NONE, SOME, UNKNOWN = 0, 1, 2


def vulnerabilities(name: str, version: str, server: str = PYPI) -> list[dict]:
    """What PyPI knows of a version of a package, without what was withdrawn. Raises OSError, ValueError."""
    with urllib.request.urlopen(f"{server}/pypi/{name}/{version}/json", timeout=30) as answer:
        known = json.load(answer)["vulnerabilities"]
    return [one for one in known if not one.get("withdrawn")]


def told(name: str, version: str, one: dict) -> str:
    """A vulnerability in a line."""
    names = ", ".join([one["id"], *one.get("aliases", [])])
    mended = " or ".join(one.get("fixed_in", [])) or "no version"
    about = (one.get("summary") or one.get("details") or "").strip().split("\n")[0][:160]
    return f"{name} {version}: {names}; mended in {mended}. {about}".rstrip()


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
                "  Remedy: run this where PyPI itself can be reached, not a mirror of it",
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
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return check(lock, set(parser.parse_args().packages))


if __name__ == "__main__":
    sys.exit(main())

"""Write environment.yml for conda users: the packages of requirements.lock, and Quarto from conda-forge."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A pin of the lock, with the marker that says where it holds: `name==version ; marker \`.
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*(?:\[[\w,-]+\])?==[^\s;\\]+)(?: ; ([^\\]+?))?\s*\\?$", re.MULTILINE)

HEADER = """\
# For conda users: the same packages as requirements.lock, and Quarto. Made by `make lock`; do not edit.
# The packages come from PyPI by pip, since the lock is the one source of versions; conda-forge gives Python and Quarto.
name: kommunebudsjett
channels:
  - conda-forge
dependencies:
  - python=3.11
  - pip
  - git
  - make
  - quarto>=1.9
  - pip:
"""


def environment(lock: str) -> str:
    """The text of environment.yml for the text of requirements.lock."""
    pins = [f"{pin} ; {marker}" if marker else pin for pin, marker in PIN.findall(lock)]
    lines = [f"      - '{pin.replace(chr(39), chr(34))}'\n" for pin in pins]
    return HEADER + "".join(lines) + "      - -e .\n"


def main() -> int:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    (ROOT / "environment.yml").write_text(environment(lock), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Write docs/licences.md, the licence of every package of requirements.lock, from what the packages say themselves.

Packages that this system does not install (they are for Windows or macOS) are fetched by uv, to be read only.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([^\s;\\]+)", re.MULTILINE)
NOT_STATED = "not stated"
_CLASSIFIER = "License :: "
# Packages name licences at length; these are their names in the list of SPDX.
_SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 3-Clause License": "BSD-3-Clause",
    "BSD License": "BSD",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "New BSD": "BSD-3-Clause",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "Zope Public License": "ZPL-2.1",
}
HEADER = """\
# Licences of the packages

The licence of every package of `requirements.lock`, as the package states it. Made by `make lock`; do not edit.

This project is under the MIT licence and passes none of these packages on: they are installed from PyPI. What a
published site holds of them: Pagefind's search (`search/`, MIT), and in the PDFs and figures letters of the font DejaVu
Sans (Bitstream Vera licence), which comes with Matplotlib.

| package | version | licence |
|---|---|---|
"""


def pins(lock: str) -> list[tuple[str, str]]:
    """The names and versions of a lock file, once each, in the order of the alphabet."""
    return sorted(set(PIN.findall(lock)))


def licence(stated: Iterable[tuple[str, str]]) -> str:
    """The licence in the metadata of a package, pairs of a name and a text; `not stated` where there is none.

    >>> licence([("License", "Long text"), ("Classifier", "License :: OSI Approved :: MIT License")])
    'MIT'
    >>> licence([("License-Expression", "BSD-3-Clause"), ("License", "x")])
    'BSD-3-Clause'
    """
    values: dict[str, list[str]] = {}
    for name, text in stated:
        values.setdefault(name, []).append(text)
    expressions = values.get("License-Expression", [])
    classified = [text.rsplit(" :: ", 1)[-1] for text in values.get("Classifier", []) if text.startswith(_CLASSIFIER)]
    classified = [_SPDX.get(name, name) for name in classified if name != "OSI Approved"]
    # A whole licence can stand in this field, or a name.
    named = [text.strip() for text in values.get("License", []) if 0 < len(text.strip()) <= 60]
    named = [_SPDX.get(name, name) for name in named]
    if expressions:
        return expressions[0]
    if classified == ["BSD"] and named:
        return named[0]
    return " or ".join(dict.fromkeys(classified or named)) or NOT_STATED


def installed(name: str) -> str | None:
    """The licence that an installed package states; None where it is not installed."""
    try:
        return _of(metadata.distribution(name))
    except metadata.PackageNotFoundError:
        return None


def of_another_system(name: str, version: str) -> str:
    """The licence of a package for Windows or macOS. Raises CalledProcessError where it cannot be fetched."""
    for system in ("windows", "macos"):
        with tempfile.TemporaryDirectory() as folder:
            words = ["uv", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:"]
            words += ["--python-platform", system, "--target", folder, f"{name}=={version}"]
            result = subprocess.run(words, capture_output=True, text=True)
            if result.returncode == 0:
                [found] = metadata.distributions(path=[folder])
                return _of(found)
    raise subprocess.CalledProcessError(result.returncode, words, result.stdout, result.stderr)


def _of(package: metadata.Distribution) -> str:
    stated = licence(package.metadata.items())
    if stated != NOT_STATED:
        return stated
    # The first line of its licence file is the name of the licence.
    for file in package.files or []:
        if file.name.upper().startswith("LICEN") and ".dist-info" in file.parts[0]:
            first = next(line.strip() for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
            return _SPDX.get(first, first)
    return NOT_STATED


def row(name: str, version: str, said: str) -> str:
    """A row of the table."""
    return f"| {name} | {version} | {' '.join(said.replace('|', '/').split())} |\n"


def main() -> int:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    rows = [row(name, version, installed(name) or of_another_system(name, version)) for name, version in pins(lock)]
    (ROOT / "docs" / "licences.md").write_text(HEADER + "".join(rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

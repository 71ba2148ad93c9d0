"""Check types with mypy, as pyproject.toml says: every module is clean, but those of modules_with_type_errors.txt.

That list only gets shorter: a module on it that is clean, or no longer there, has to leave it.

Exit code 0: as it should be. 1: it is not. 2: mypy could not check, and says why.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = Path("scripts") / "modules_with_type_errors.txt"


class NotCheckedError(Exception):
    """Mypy could not check the modules, and this is what it said."""


def type_errors(folder: Path) -> dict[str, list[str]]:
    """The errors of each module that has any, as lines to print, by its path in the folder. Raises NotCheckedError."""
    words = [sys.executable, "-m", "mypy", "--output", "json"]
    result = subprocess.run(words, cwd=folder, capture_output=True, text=True)
    if result.returncode > 1:
        # It stopped at the first file that is not Python: the others were not checked.
        raise NotCheckedError(f"mypy could not check the types:\n{result.stdout}{result.stderr}".rstrip())
    errors: dict[str, list[str]] = {}
    for one in map(json.loads, filter(str.strip, result.stdout.splitlines())):
        if one["severity"] == "error":
            path = Path(one["file"]).as_posix()
            errors.setdefault(path, []).append(f"{path}:{one['line']}: {one['message']} [{one['code']}]")
    return errors


def listed(text: str) -> list[str]:
    """The paths of the list, which has one in a line and comments after `#`."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line]


def complaints(errors: dict[str, list[str]], allowed: Iterable[str]) -> list[str]:
    """What is not as it should be: errors of modules that are not on the list, and modules that should leave it."""
    allowed = list(allowed)
    out = [line for path in sorted(errors.keys() - set(allowed)) for line in errors[path]]
    out += [f"{path} has no type errors: take it off {LIST.as_posix()}" for path in allowed if path not in errors]
    return out


def main() -> int:
    try:
        found = complaints(type_errors(ROOT), listed((ROOT / LIST).read_text(encoding="utf-8")))
    except NotCheckedError as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(found) or "Types are as they should be")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

"""Mend what a killed DVC or a full disk has left half written, so that `dvc repro` runs. `make reports` calls it first.

DVC writes two files in place. Its list of what is in use (.dvc/tmp/rwlock) is removed where it is no list, and
processes that have ended, or are no DVC, are taken off it. dvc.lock is removed where it is not whole: every stage then
runs, and what has not changed comes out the same. Nothing is done while another DVC is at work. It says so where DVC
cannot work at all.
"""

import contextlib
import json
import os
import sys
from pathlib import Path

import psutil
import yaml
from dvc.lock import LockError, make_lock
from dvc.rwlock import RWLOCK_FILE, RWLOCK_LOCK
from dvc.rwlock import SCHEMA as RWLOCK
from dvc.schema import COMPILED_LOCKFILE_SCHEMA as LOCKFILE
from voluptuous import Invalid

ROOT = Path(__file__).resolve().parent.parent


def mend(root: Path) -> list[str]:
    """Mend the files of DVC in a project; what was done, a sentence each."""
    state = root / ".dvc" / "tmp"
    if not state.is_dir():
        return []  # DVC has not run here
    try:
        with make_lock(str(state / "lock")), make_lock(str(state / RWLOCK_LOCK)):
            return [*_mend_list(state / RWLOCK_FILE), *_mend_lock_file(root / "dvc.lock")]
    except LockError:
        return []  # another DVC is at work


def _mend_list(path: Path) -> list[str]:
    if not path.is_file():
        return []
    try:
        before = RWLOCK(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, Invalid):
        path.unlink()
        return ["DVC's list of files in use was half written; it is begun anew"]
    after = {
        "write": {file: user for file, user in before["write"].items() if _is_dvc(user["pid"])},
        "read": {
            file: kept for file, users in before["read"].items() if (kept := [u for u in users if _is_dvc(u["pid"])])
        },
    }
    if after == before:
        return []
    _replace(path, json.dumps({kind: files for kind, files in after.items() if files}))
    return ["DVC's list of files in use named a process that has ended; it is taken off"]


def _mend_lock_file(path: Path) -> list[str]:
    if not path.is_file():
        return []
    try:
        LOCKFILE(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (ValueError, yaml.YAMLError, Invalid):
        path.unlink()
        return ["dvc.lock was half written; every stage runs anew"]
    return []


def _is_dvc(pid: int) -> bool:
    """Whether a process runs and is DVC: its number may be another's by now."""
    try:
        return any("dvc" in Path(word).name for word in psutil.Process(pid).cmdline()[:3])
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def _replace(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.tmp")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, path)


def main() -> int:
    if set("{}") & set(str(ROOT)):
        # It takes its path for a pattern, and ends with the name in the braces and no more.
        print(f"error: {ROOT}: DVC does not work in a folder with {{ or }} in its path", file=sys.stderr)
        print("  Remedy: move the project, or name its folder without them", file=sys.stderr)
        return 1
    # DVC refuses to run where a folder that a stage depends on is not there, as when somebody has emptied reports/.
    # What keeps it from being made, the stage tells.
    with contextlib.suppress(OSError):
        (ROOT / "reports" / "editions").mkdir(parents=True, exist_ok=True)
    for done in mend(ROOT):
        print(done)
    return 0


if __name__ == "__main__":
    sys.exit(main())

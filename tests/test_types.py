"""The check of types fails on each thing that it should fail on."""

import shutil
from pathlib import Path

import pytest
from scripts.check_types import LIST, NotCheckedError, complaints, listed, type_errors

from tests.conftest import ROOT, run

ERROR = "src/a.py:1: Missing type [no-untyped-def]"
LEAVES = f"src/a.py has no type errors: take it off {LIST.as_posix()}"


@pytest.mark.parametrize(
    ("errors", "allowed", "expected"),
    [
        pytest.param({}, [], [], id="all clean"),
        pytest.param({"src/a.py": [ERROR]}, ["src/a.py"], [], id="errors in a module on the list"),
        pytest.param({"src/a.py": [ERROR, ERROR]}, [], [ERROR, ERROR], id="errors in a module not on the list"),
        pytest.param({"src/a.py": [ERROR]}, ["src/b.py"], [ERROR, LEAVES.replace("a.py", "b.py")], id="both faults"),
        pytest.param({}, ["src/a.py"], [LEAVES], id="a clean module on the list"),
    ],
)
def test_the_list_allows_errors_where_there_are_some(errors, allowed, expected):
    assert complaints(errors, allowed) == expected


def test_the_list_has_comments_and_empty_lines():
    assert listed("# why\n\nsrc/a.py\n  src/b.py  # soon\n") == ["src/a.py", "src/b.py"]


def test_the_list_is_in_order_and_names_each_module_once():
    paths = listed((ROOT / LIST).read_text(encoding="utf-8"))
    assert paths == sorted(set(paths))
    assert all(path.endswith(".py") for path in paths)


MODULES = {
    "clean": "def f(x: int) -> int:\n    return x\n",
    "untyped": "def f(x):\n    return x\n",
    "in_part": "def f(x, y: int) -> int:\n    return y\n",
    "none_by_default": "def f(x: int = None) -> int:\n    return x\n",
    "any_returned": "import json\n\n\ndef f() -> str:\n    return json.loads('')\n",
    "ignored_without_need": "x: int = 1  # type: ignore\n",
    "a_plain_dict": "def f(x: dict) -> None:\n    x.clear()\n",
}


def small_project(folder: Path, modules: dict[str, str]) -> Path:
    """A project with these modules in src and nothing in scripts, checked as this one is."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in ("src", "scripts"):
        (folder / name).mkdir()
    for name, text in modules.items():
        (folder / "src" / f"{name}.py").write_text(text, encoding="utf-8")
    (folder / "scripts" / "nothing.py").touch()
    return folder


def test_mypy_is_as_strict_as_it_should_be(tmp_path):
    errors = type_errors(small_project(tmp_path, MODULES))
    codes = {Path(path).stem: {line.rsplit(" [", 1)[1].rstrip("]") for line in errors[path]} for path in errors}
    assert codes == {
        "untyped": {"no-untyped-def"},
        "in_part": {"no-untyped-def"},
        "none_by_default": {"assignment"},
        "any_returned": {"no-any-return"},
        "ignored_without_need": {"unused-ignore"},
    }
    assert errors["src/any_returned.py"][0].startswith("src/any_returned.py:5: Returning Any")


def test_a_file_that_is_not_python_is_not_taken_for_clean(tmp_path):
    with pytest.raises(NotCheckedError, match=r"broken\.py"):
        type_errors(small_project(tmp_path, {"broken": "x = (\n", "untyped": MODULES["untyped"]}))


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (MODULES["clean"], 0, "as they should be"),
        (MODULES["untyped"], 1, "src/one.py:1: "),
        ("x = (\n", 2, "mypy could not check"),
    ],
)
def test_the_command_says_so_and_fails(tmp_path, text, code, said):
    folder = small_project(tmp_path, {"one": text})
    shutil.copy(ROOT / "scripts" / "check_types.py", folder / "scripts")
    (folder / LIST).write_text("", encoding="utf-8")
    result = run(folder, "python", "scripts/check_types.py")
    assert result.returncode == code
    assert said in result.stdout + result.stderr

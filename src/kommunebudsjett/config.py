"""YAML files that a person edits, checked key by key: errors name the file and the line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from kommunebudsjett.errors import UserError

T = TypeVar("T")

_MEANING = {
    "extra_forbidden": "unknown key",
    "missing": "a required key is missing",
}


def load_yaml(path: Path, shape: type[T] | Any) -> T:
    """The contents of a YAML file as `shape` (a pydantic model or a type made of them).

    Raises
    ------
    UserError: the file is missing, not UTF-8, not YAML, or does not have the shape; with the line where there is one.
    """
    content = _parsed(path, yaml.safe_load)
    try:
        return TypeAdapter(shape).validate_python(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        what = _MEANING.get(first["type"], first["msg"])
        raise UserError(
            f"{where}: {what}",
            file=path,
            line=line_in(path, first["loc"]),
            remedy="correct the entry; the keys and their values are told in docs/parameters.md",
        ) from None


def _parsed(path: Path, parse: Callable[[str], T]) -> T:
    try:
        return parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError("the file is missing", file=path, remedy="restore it, for instance from git") from None
    except UnicodeDecodeError as error:
        raise UserError(f"the file is not UTF-8 text ({error.reason})", file=path, remedy="save it as UTF-8") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise UserError(
            f"the file is not YAML: {error.problem}",
            file=path,
            line=None if mark is None else mark.line + 1,
            remedy="correct the line",
        ) from None
    except (yaml.YAMLError, ValueError) as error:
        raise UserError(f"the file is not YAML: {error}", file=path, remedy="correct the file") from None


def line_in(path: Path, location: tuple[int | str, ...]) -> int | None:
    """The 1-based line of the deepest part of `location` (keys and indices) that stands in a YAML file.

    For the message of an error: the nodes that know their lines are made only then.
    """
    node = _parsed(path, lambda text: yaml.compose(text, Loader=yaml.SafeLoader))
    line = None
    for part in location:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(part)), None)
            if pair is None:
                break
            key, node = pair
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line

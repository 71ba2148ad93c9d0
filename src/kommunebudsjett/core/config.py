"""YAML files that a person edits, checked key by key: errors name the file and the line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.printable import is_hidden

# Many times as much as a person writes.
MOST_BYTES = 2**20

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
    content = _parsed(path, _load)
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


class _Loader(yaml.SafeLoader):
    """YAML as a person means it: every key once, no text that hides something, and errors that know their line."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except (ValueError, OverflowError) as error:
            # A date that there is not, or a number that is none.
            raise yaml.constructor.ConstructorError(None, None, str(error), node.start_mark) from None

    def construct_scalar(self, node: yaml.Node) -> Any:
        for character in node.value if isinstance(node, yaml.ScalarNode) else "":
            if is_hidden(character) and character not in "\n\t":
                problem = f"the text holds U+{ord(character):04X}, which cannot be seen"
                raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
        return super().construct_scalar(node)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
                if key.value in seen:
                    problem = f"the key {key.value} is given twice"
                    raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def _load(text: str) -> Any:
    return yaml.load(text, Loader=_Loader)


def _parsed(path: Path, parse: Callable[[str], T]) -> T:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError(
                f"the file is larger than {MOST_BYTES} bytes", file=path, remedy="restore it, for instance from git"
            )
        return parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError("the file is missing", file=path, remedy="restore it, for instance from git") from None
    except OSError as error:
        raise UserError(
            f"the file cannot be opened ({error.strerror})", file=path, remedy="restore it, for instance from git"
        ) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UserError(
            f"the file is not UTF-8 text ({error.reason})", file=path, line=line, remedy="save it as UTF-8"
        ) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise UserError(
            f"the file is not YAML that can be used: {error.problem}",
            file=path,
            line=None if mark is None else mark.line + 1,
            remedy="correct the line",
        ) from None
    except yaml.reader.ReaderError as error:
        text = path.read_text(encoding="utf-8")
        raise UserError(
            f"the file is not YAML that can be used: it holds U+{error.character:04X}",
            file=path,
            line=text.count("\n", 0, error.position) + 1,
            remedy="remove the character",
        ) from None
    except RecursionError:
        raise UserError(
            "the file is nested too deeply", file=path, remedy="restore it, for instance from git"
        ) from None


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

"""Edits of documents.yml and params.yaml that leave every other character of the files as it is."""

import re
from pathlib import Path

import yaml

from kommunebudsjett.core.config import line_in
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.registry import Document, default_role

_VALUE = re.compile(r"^(?P<key>\s*[\w-]+:[ \t]*)(?P<value>[^\s#][^#]*?)(?P<rest>[ \t]*(?:[ \t]#.*)?)$")


def entry_text(document: Document) -> str:
    """The entry of a document as it is written in documents.yml, without what is not known."""
    values = document.model_dump(exclude_defaults=True)
    if document.role == default_role(document.family):
        del values["role"]
    lines = [f"{name}: {_scalar(value)}" for name, value in values.items()]
    return "- " + "\n  ".join(lines) + "\n"


def _scalar(value: object) -> str:
    """A value as YAML writes it: plain where that means the same, else in double quotes."""
    text = str(value)
    if not isinstance(value, str):
        return text
    try:
        plain = yaml.safe_load(f"key: {text}") == {"key": text}
    except yaml.YAMLError:
        plain = False
    return text if plain else yaml.safe_dump(text, allow_unicode=True, default_style='"', width=float("inf")).rstrip()


def with_entry(path: Path, text: str, document: Document) -> str:
    """The text of documents.yml with the entry of a document at its end.

    Raises UserError where the file is written in a way that nothing can be put at its end.
    """
    separator = "" if not text.strip() else "\n" if text.endswith("\n") else "\n\n"
    new = text + separator + entry_text(document)
    try:
        before, after = yaml.safe_load(text) or [], yaml.safe_load(new)
    except yaml.YAMLError:
        before, after = [], None
    if after != [*before, yaml.safe_load(entry_text(document))[0]]:
        raise UserError(
            "an entry cannot be put at the end of this file",
            file=path,
            remedy="write the file as a list of entries that begin with `- id:` at the left margin",
        )
    return new


def with_role(path: Path, text: str, role: str, document: str) -> str:
    """The text of params.yaml in which a document plays a part; comments and all else as they were.

    Raises UserError where the part does not stand on a line of its own.
    """
    line = line_in(path, ("documents", role))
    lines = text.split("\n")
    match = _VALUE.match(lines[line - 1]) if line else None
    values = yaml.safe_load(text)
    if match:
        room = len(match["value"]) + len(match["rest"]) - len(match["rest"].lstrip())
        comment = match["rest"].lstrip()
        value = document.ljust(max(room, len(document) + 1)) if comment else document
        lines[line - 1] = match["key"] + value + comment
        new = "\n".join(lines)
        if yaml.safe_load(new) == values | {"documents": values["documents"] | {role: document}}:
            return new
    raise UserError(
        f"documents.{role} does not stand on a line of its own",
        file=path,
        line=line,
        remedy=f"write it yourself: {role}: {document} under documents",
    )

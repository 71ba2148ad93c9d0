"""What adding a document changes in the project, what forbids it, and how it is written: all files or none."""

import os
import tempfile
from pathlib import Path

from kommunebudsjett.adding.candidate import Candidate
from kommunebudsjett.adding.entries import with_entry, with_role
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import check_part
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import Document


def check_free(project: Project, documents: list[Document], candidate: Candidate) -> None:
    """Raise UserError where the id or the file name of a new document is taken by another."""
    document = candidate.document
    for other in documents:
        if other.id == document.id:
            raise UserError(
                f"the id {document.id} is that of another document, {other.file}",
                file=project.registry,
                remedy=f"give this one an id of its own with --id; if it is a newer version of the same document, put "
                f"it in the place of data/raw/{other.file} instead (git keeps the earlier one)",
            )
    target = project.raw / document.file
    if target.exists() and target.read_bytes() != candidate.content:
        raise UserError(
            "another file has the name that this document would get",
            file=target,
            remedy="move it away, or put the new one into data/raw under a name of its own and add it from there",
        )


def changes(project: Project, candidate: Candidate, role: str) -> dict[Path, bytes]:
    """The files that adding a document changes, with their new content: nothing where all is as it should be.

    Raises UserError where the document cannot play the part, or its line in params.yaml cannot be changed.
    """
    document = candidate.document
    if role:
        check_part(project, role, document)
    out: dict[Path, bytes] = {}
    if not candidate.registered:
        target = project.raw / document.file
        if not target.exists():
            out[target] = candidate.content
        registry = project.registry.read_bytes().decode() if project.registry.exists() else ""
        out[project.registry] = with_entry(project.registry, registry, document).encode()
    if role:
        params = project.params.read_bytes().decode()
        new = with_role(project.params, params, role, document.id)
        if new != params:
            out[project.params] = new.encode()
    return out


def replace_all(contents: dict[Path, bytes]) -> None:
    """Write several files, all or none: each is written beside, and then all take their places.

    Where that fails or is interrupted, those that have been replaced get back what they held.
    """
    fresh: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    try:
        for path, content in contents.items():
            handle, name = tempfile.mkstemp(prefix=f".{path.name}-", suffix=".tmp", dir=path.parent)
            fresh[path] = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            fresh[path].chmod(0o644)
        for path, written in fresh.items():
            before[path] = path.read_bytes() if path.exists() else None
            os.replace(written, path)
    except BaseException:
        for path, content in before.items():
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        raise
    finally:
        for written in fresh.values():
            written.unlink(missing_ok=True)

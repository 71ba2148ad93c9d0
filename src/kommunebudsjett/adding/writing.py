"""What adding a document changes in the project, and what forbids it."""

from pathlib import Path

from kommunebudsjett.adding.candidate import Candidate
from kommunebudsjett.adding.entries import with_entry, with_role
from kommunebudsjett.errors import UserError
from kommunebudsjett.project import Project
from kommunebudsjett.registry import Document


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
    """The files that adding a document changes, with their new content: nothing where all is as it should be."""
    document = candidate.document
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

"""The commands `check` and `add`."""

import shlex
from pathlib import Path

from filelock import FileLock, Timeout

from kommunebudsjett import forms
from kommunebudsjett.adding import terminal, writing
from kommunebudsjett.adding.candidate import REMEDY, Candidate, Options, propose, read_file, same_content, suffix
from kommunebudsjett.adding.examination import Examination, area_ids, examine, without_gloss, workshop, write_tables
from kommunebudsjett.core.config import load_yaml
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import likely_part, load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import Document, load_registry
from kommunebudsjett.core.runs import alone
from kommunebudsjett.readers.stage import FAMILIES, check_read
from kommunebudsjett.tables.area_words import area_words
from kommunebudsjett.tables.glosses import english


def check(project: Project, path: Path, options: Options, tables: Path | None, everything: bool) -> None:
    """Write what a file is and what can be read of it, and into the folder `tables` what was read. Nothing else is
    changed. Raises UserError as `add` does, but not where nothing was read.
    """
    documents = _registered(project)
    candidate = _candidate(project, documents, path, options)
    examination = examine(project, candidate)
    report = terminal.Report(terminal.console())
    _write(project, report, examination, everything)
    if tables is not None:
        write_tables(examination, tables)
        report.heading(f"What was read is in {tables}")
    report.heading("Nothing has been changed")
    if candidate.registered:
        report.say(f"The document is registered already, as {candidate.document.id}.")
    elif not examination.records.empty:
        report.say("To add it, with the same options:")
        part = likely_part(candidate.document)
        report.verbatim(f"kommunebudsjett add {shlex.quote(str(path))}" + (f" --as {part}" if part else ""))
        if part:
            report.say(
                "--as: the part that it plays in the reports (before, alternative or outcome), if it is to play one."
            )


def add(project: Project, path: Path, options: Options, role: str, everything: bool) -> None:
    """Put a document into data/raw and documents.yml, and into params.yaml where it is to play a part.

    Raises UserError for a file that cannot be read, a document that is not understood, and an id or a name that is
    taken; nothing is changed then.
    """
    folder = project.path("build")
    folder.mkdir(exist_ok=True)
    try:
        with FileLock(folder / "add.lock", timeout=0):
            _add(project, path, options, role, everything)
    except Timeout:
        raise UserError("another document is being added", remedy="wait until that is done") from None


def _add(project: Project, path: Path, options: Options, role: str, everything: bool) -> None:
    documents = _registered(project)
    candidate = _candidate(project, documents, path, options)
    if not candidate.registered:
        writing.check_free(project, documents, candidate)
    new = writing.changes(project, candidate, role)
    examination = examine(project, candidate)
    check_read(candidate.document, examination.records, path)
    report = terminal.Report(terminal.console())
    _write(project, report, examination, everything)
    with alone(project):
        writing.replace_all(new)
    _say_changes(project, report, candidate, new)
    _say_next(project, report, examination, documents, role)


def _registered(project: Project) -> list[Document]:
    """The documents of the registry; none where a new project has not begun one."""
    if not project.registry.exists() or not load_yaml(project.registry, list | None):
        return []
    return load_registry(project.registry, set(FAMILIES))


def _candidate(project: Project, documents: list[Document], path: Path, options: Options) -> Candidate:
    """The document that a file is: the registered one with the same content, else what the file says."""
    content = read_file(path)
    known = same_content(project, documents, content)
    if known:
        _agree(known, options, path)
        return Candidate(known, content, registered=True)
    with workshop(project) as apart:
        copy = apart.raw / f"{path.resolve().stem}{suffix(path)}"
        copy.write_bytes(content)
        try:
            lines = forms.read_file(copy, project.pdf_store).lines
        except UserError as error:
            # What the stage says of a registered file does not hold for one that is yet to be added.
            remedy = REMEDY if project.registry.name in error.remedy else error.remedy
            raise UserError(error.message, file=path, line=error.line, remedy=remedy) from None
    return propose(project, path, content, lines, options)


def _agree(known: Document, options: Options, path: Path) -> None:
    """Raise UserError where the person says something of a registered document that its entry does not."""
    said = {
        "id": options.id, "family": options.family, "municipality": options.municipality, "title": options.title,
        "publisher": options.publisher, "baseline": options.baseline, "budget_year": options.year or "",
    }  # fmt: skip
    for name, value in said.items():
        if value and value != getattr(known, name):
            raise UserError(
                f"this file is registered already, as {known.id}, and its {name} there is {getattr(known, name)}",
                file=path,
                remedy="leave the option out, or change the entry in data/raw/documents.yml",
            )


def _write(project: Project, report: terminal.Report, examination: Examination, everything: bool) -> None:
    terminal.nothing_read(report, examination)
    terminal.without_units(report, examination)
    terminal.entry(report, examination.candidate)
    terminal.how_read(report, examination)
    terminal.tables(report, examination)
    terminal.meanings(report, examination)
    terminal.beyond_limits(report, examination)
    terminal.contents(report, examination)
    terminal.unread(report, examination, everything)
    terminal.audit(report, examination.findings, everything)
    unglossed = without_gloss(examination, set(english(project.reference)))
    terminal.to_do(report, examination, area_ids(project), area_words(project.reference), unglossed, everything)


def _say_changes(project: Project, report: terminal.Report, candidate: Candidate, new: dict[Path, bytes]) -> None:
    if not new:
        report.heading("Nothing had to be changed")
        report.say(f"The document is registered already, as {candidate.document.id}.")
        return
    report.heading(f"Added as {candidate.document.id}" if not candidate.registered else "Changed")
    for path in new:
        report.say(f"written: {path.relative_to(project.root).as_posix()}")


def _say_next(
    project: Project, report: terminal.Report, examination: Examination, documents: list[Document], role: str
) -> None:
    """What remains to be done by the person."""
    document = examination.candidate.document
    parts = dict(load_params(project).documents)
    report.heading("Next")
    steps = []
    if examination.unmapped or examination.figures:
        steps.append("add the lines told above to data/reference, else the next run stops and asks for them")
    part = likely_part(document)
    if part and document.id not in parts.values():
        steps.append(
            f"to let it play a part in the reports: {part}: {document.id} under documents in params.yaml "
            f"(before, alternative or outcome), or run this again with --as {part}"
        )
    municipalities = {other.id: other.municipality for other in [*documents, document]}
    for other_role, other in parts.items():
        if role and municipalities.get(other, document.municipality) != document.municipality:
            steps.append(
                f"documents.{other_role} in params.yaml is {other}, which is about {municipalities[other]}: a report "
                f"compares documents of one municipality"
            )
    steps.append("make reports, then look at git diff data/clean metrics and at the reports")
    for number, step in enumerate(steps, start=1):
        report.say(f"{number}. {step}")

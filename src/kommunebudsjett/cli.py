"""The command line: one command a stage. What a user can cause ends in one message and exit code 1."""

import atexit
import gc
import importlib
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kommunebudsjett.core.errors import UserError, of_the_system
from kommunebudsjett.core.memory import allow_memory, noticed, told
from kommunebudsjett.core.outputs import check_outputs
from kommunebudsjett.core.printable import printable
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.runs import alone
from kommunebudsjett.core.watching import watched

# jsonschema would load it to check addresses of a kind that no notebook has, which takes most of a second.
sys.modules.setdefault("rfc3987_syntax", None)
# pandera would load it to make up data, which only tests do.
sys.modules.setdefault("hypothesis", None)
# NumPy would start threads for sums that nothing here has, and a process with threads cannot be copied.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Modules and tables stay to the end: to look through them for garbage as often as by default takes a twentieth.
gc.set_threshold(50_000, 20, 100)

# The module of each stage, imported when it runs, so that a stage does not wait for the packages of another.
STAGES = {
    "read": ("kommunebudsjett.readers.stage", "Read the documents in data/raw into data/interim."),
    "tables": ("kommunebudsjett.tables.stage", "Make the clean tables in data/clean."),
    "audit": ("kommunebudsjett.audit.stage", "Check the sources and write the findings."),
    "publish": ("kommunebudsjett.publish.stage", "Publish the site in reports/."),
}


@atexit.register
def _end_as_it_is() -> None:
    """Leave what is loaded to go with the process: to take it apart takes up to a third of a second."""
    # DuckDB reports a leak where its part is left.
    if "duckdb" not in sys.modules:
        gc.freeze()


@click.group()
@click.version_option(package_name="kommunebudsjett")
def cli() -> None:
    """Municipal budget documents, read as they were published and set side by side.

    Each command is a stage of the pipeline; `dvc repro` runs those whose inputs have changed.
    """


@contextmanager
def _working(project: Project, stage: str, made: tuple[Path, ...] = ()) -> Iterator[None]:
    """Held while a stage works: alone, on files that stay as they are, into folders that hold nothing of others."""
    allow_memory()
    with alone(project):
        check_outputs(project, stage)
        with watched(project, stage, made), noticed():
            yield


def _add_stage(name: str, module: str, summary: str) -> None:
    @cli.command(name, help=summary)
    def stage() -> None:
        project = Project.find()
        with _working(project, name):
            importlib.import_module(module).run(project)


for _name, (_module, _summary) in STAGES.items():
    _add_stage(_name, _module, _summary)


@cli.command()
@click.option("--force", multiple=True, metavar="NAME", help="Execute this report though nothing has changed.")
@click.option("--quiet", is_flag=True, help="Write one line for the run, not one for each notebook.")
def execute(force: tuple[str, ...], quiet: bool) -> None:
    """Execute the notebooks whose code, parameters or data have changed."""
    project = Project.find()
    with _working(project, "execute"):
        importlib.import_module("kommunebudsjett.execution.stage").run(project, force, quiet)


def _of_a_document(command):
    """The argument and the options of the commands that take a document."""
    for option in reversed(
        (
            click.argument("file", type=click.Path(path_type=Path)),
            click.option(
                "--family",
                default="",
                metavar="FAMILY",
                help="How it is printed: annual_report, municipal_budget or party_budget.",
            ),
            click.option("--year", type=click.IntRange(1900, 2200), help="The (first) year that its amounts are for."),
            click.option("--period", default="", metavar="YEAR-YEAR", help="The years of its plan, as 2027-2030."),
            click.option("--municipality", default="", metavar="NAME"),
            click.option("--publisher", default="", metavar="NAME"),
            click.option("--title", default=""),
            click.option("--baseline", default="", metavar="WORDS", help="Whose proposal its amounts are changes to."),
            click.option("--id", default="", help="Its name in the project, as bodo-2026."),
            click.option("--url", default="", help="Where it was published."),
            click.option("--published", default="", metavar="DATE", help="When it was published, as 2026-11-05."),
            click.option("--licence", default=""),
            click.option(
                "--unit",
                default="",
                type=click.Choice(["", "mnok", "tnok", "nok"]),
                help="The unit of its amounts where it does not say it: mnok, tnok (1000 kroner) or nok.",
            ),
            click.option(
                "--signs",
                default="",
                type=click.Choice(["", "spending-positive", "savings-positive"]),
                help="What a plus means where a party budget does not say whether an amount is spent or saved.",
            ),
            click.option("--all", "everything", is_flag=True, help="Show all unread numbers and findings."),
        )
    ):
        command = option(command)
    return command


def _adding(name: str, file: Path, everything: bool, said: dict, *more: object) -> None:
    commands = importlib.import_module("kommunebudsjett.adding.commands")
    options = importlib.import_module("kommunebudsjett.adding.candidate").Options(**said)
    getattr(commands, name)(Project.find(), file, options, *more, everything)


@cli.command("text")
@click.argument("file", type=click.Path(path_type=Path))
def text(file: Path) -> None:
    """Print the text of a document in any form as readers take it, a row of a table a line with tabs.

    It needs no project. What the text leaves out, as what nobody can see, is listed on standard error.
    """
    importlib.import_module("kommunebudsjett.readers.canonical").show(file)


@cli.command("check")
@_of_a_document
@click.option("--tables", default=None, type=click.Path(path_type=Path), metavar="FOLDER",
              help="Write what was read into this new folder, as CSV with the columns of data/clean.")  # fmt: skip
def check(file: Path, everything: bool, tables: Path | None, **said) -> None:
    """Show what the pipeline makes of a document in any form (docs/forms.md), and change nothing.

    What is not given is found in the text; what is found is shown. Amounts whose unit nothing says are shown too.
    """
    _adding("check", file, everything, said, tables)


@cli.command("add")
@_of_a_document
@click.option("--as", "role", default="", type=click.Choice(["", "before", "alternative", "outcome"]),
              help="The part it plays in the reports (params.yaml): before, alternative or outcome.")  # fmt: skip
def add(file: Path, everything: bool, role: str, **said) -> None:
    """Add a document in any form (docs/forms.md) to the project, after checking it.

    Its file goes into data/raw, its entry into documents.yml; both or none.
    """
    _adding("add", file, everything, said, role)


@cli.group("reference")
def reference() -> None:
    """Take figures of Statistics Norway (SSB) into data/reference."""


_SOURCE = click.option("--source", default="", metavar="WORDS", help="Where the file is from, if it does not say it.")


def _figures(name: str, file: Path, source: str) -> None:
    project = Project.find()
    figures = importlib.import_module("kommunebudsjett.adding.figures")
    with alone(project):
        count = getattr(figures, name)(project, file, source)
    click.echo(f"{count} rows are in data/reference: look at them with git diff data/reference")


@reference.command("population")
@click.argument("file", type=click.Path(path_type=Path))
@_SOURCE
def reference_population(file: Path, source: str) -> None:
    """Take inhabitants by municipality and year from a file of StatBank's table 07459 (CSV or JSON-stat 2)."""
    _figures("population", file, source)


@reference.command("prices")
@click.argument("file", type=click.Path(path_type=Path))
@_SOURCE
def reference_prices(file: Path, source: str) -> None:
    """Take the consumer price index (StatBank's table 08981) or the municipal deflator by year (CSV or JSON-stat 2)."""
    _figures("prices", file, source)


@cli.command("propose-topics")
@click.option("--most", default=40, show_default=True, help="How many to show.")
def propose_topics(most: int) -> None:
    """Names and terms that recur in the documents and are no topic yet (data/reference/topics.csv), best first."""
    stage = importlib.import_module("kommunebudsjett.tables.stage")
    proposals = stage.proposed_topics(Project.find()).head(most)
    shown = printable(proposals.to_string(index=False, max_colwidth=60))
    click.echo(shown if len(proposals) else "Nothing recurs that is new.")


@cli.command("keep-edition")
def keep_edition() -> None:
    """Keep this edition at an address of its own, reports/editions/EDITION, which later builds leave as it is.

    EDITION is publish.edition in params.yaml; the next one must have another name.
    """
    project = Project.find()
    with _working(project, "publish", made=(project.reports / "editions",)):
        importlib.import_module("kommunebudsjett.publish.stage").run(project, keep=True)
    name = importlib.import_module("kommunebudsjett.core.params").load_params(project).publish.edition
    click.echo(f"Edition {name} is kept in reports/editions/{name}: add the folder to git.")
    click.echo("Give the next edition another name and date in params.yaml (publish).")


@cli.command("new-report")
@click.argument("name")
@click.option("--title-nb", metavar="TITLE", help="Its title in bokmål, with one in English.")
@click.option("--title-en", metavar="TITLE", help="Its title in English.")
def new_report(name: str, title_nb: str | None, title_en: str | None) -> None:
    """Make a report from a template: notebooks/NAME.ipynb, named in params.yaml. It builds as it is."""
    if (title_nb is None) != (title_en is None):
        raise UserError("a title is given in one language only", remedy="give --title-nb and --title-en, or neither")
    titles = None if title_nb is None else (title_nb, title_en)
    project = Project.find()
    with alone(project):
        notebook = importlib.import_module("kommunebudsjett.new_report").new_report(project, name, titles)
    click.echo(f"{notebook.relative_to(project.root)} is made, and named in params.yaml.")
    click.echo("Edit it with `make lab`, and build it with `dvc repro`.")


@cli.command("serve")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any that is free.")
def serve(port: int) -> None:
    """Show the published site on this machine, with its search."""
    server = importlib.import_module("kommunebudsjett.publish.server")
    project = Project.find()
    address = importlib.import_module("kommunebudsjett.core.params").load_params(project).publish.address
    with server.server(project.reports, port, address) as running:
        click.echo(f"The reports are at http://127.0.0.1:{running.server_port}/ (Ctrl+C ends)")
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            click.echo()


def main() -> None:
    """The entry point: errors that a user can mend are printed once, without a traceback."""
    # As Ctrl-C: what is half written is removed before the end.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets its number.
        stream.reconfigure(errors="backslashreplace")
    try:
        cli()
    except Exception as error:
        known = told(error)
        if known is None and isinstance(error, UserError):
            known = error
        if known is None and isinstance(error, OSError):
            known = of_the_system(error)
        if known is None:
            raise
        _fail(known)


def _fail(error: UserError) -> None:
    click.echo(f"error: {error}", err=True)
    sys.exit(1)

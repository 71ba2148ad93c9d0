"""The command line: one command a stage. What a user can cause ends in one message and exit code 1."""

import importlib
import signal
import sys

import click

from kommunebudsjett.errors import UserError, of_the_system
from kommunebudsjett.project import Project
from kommunebudsjett.runs import alone

# jsonschema would load it to check addresses of a kind that no notebook has, which takes most of a second.
sys.modules.setdefault("rfc3987_syntax", None)

# The module of each stage, imported when it runs, so that a stage does not wait for the packages of another.
STAGES = {
    "read": ("kommunebudsjett.readers.stage", "Read the documents in data/raw into data/interim."),
    "tables": ("kommunebudsjett.tables.stage", "Make the clean tables in data/clean."),
    "audit": ("kommunebudsjett.audit.stage", "Check the sources and write the findings."),
    "publish": ("kommunebudsjett.publish.stage", "Publish the site in reports/."),
}


@click.group()
@click.version_option(package_name="kommunebudsjett")
def cli() -> None:
    """Municipal budget documents, read as they were published and set side by side.

    Each command is a stage of the pipeline; `dvc repro` runs those whose inputs have changed.
    """


def _add_stage(name: str, module: str, summary: str) -> None:
    @cli.command(name, help=summary)
    def stage() -> None:
        project = Project.find()
        with alone(project):
            importlib.import_module(module).run(project)


for _name, (_module, _summary) in STAGES.items():
    _add_stage(_name, _module, _summary)


@cli.command()
@click.option("--force", multiple=True, metavar="NAME", help="Execute this report though nothing has changed.")
@click.option("--quiet", is_flag=True, help="Write one line for the run, not one for each notebook.")
def execute(force: tuple[str, ...], quiet: bool) -> None:
    """Execute the notebooks whose code, parameters or data have changed."""
    project = Project.find()
    with alone(project):
        importlib.import_module("kommunebudsjett.execution.stage").run(project, force, quiet)


@cli.command("propose-topics")
@click.option("--most", default=40, show_default=True, help="How many to show.")
def propose_topics(most: int) -> None:
    """Names and terms that recur in the documents and are no topic yet (data/reference/topics.csv), best first."""
    stage = importlib.import_module("kommunebudsjett.tables.stage")
    proposals = stage.proposed_topics(Project.find()).head(most)
    click.echo(proposals.to_string(index=False, max_colwidth=60) if len(proposals) else "Nothing recurs that is new.")


@cli.command("serve")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any that is free.")
def serve(port: int) -> None:
    """Show the published site on this machine, with its search."""
    server = importlib.import_module("kommunebudsjett.publish.server")
    project = Project.find()
    address = importlib.import_module("kommunebudsjett.params").load_params(project).publish.address
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
    except UserError as error:
        _fail(error)
    except OSError as error:
        told = of_the_system(error)
        if told is None:
            raise
        _fail(told)


def _fail(error: UserError) -> None:
    click.echo(f"error: {error}", err=True)
    sys.exit(1)

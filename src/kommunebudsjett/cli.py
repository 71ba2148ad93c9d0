"""The command line: one command a stage. What a user can cause ends in one message and exit code 1."""

import importlib
import sys

import click

from kommunebudsjett.errors import UserError
from kommunebudsjett.project import Project

# The module of each stage, imported when it runs, so that a stage does not wait for the packages of another.
STAGES = {
    "read": ("kommunebudsjett.readers.stage", "Read the documents in data/raw into data/interim."),
    "tables": ("kommunebudsjett.tables.stage", "Make the clean tables in data/clean."),
    "audit": ("kommunebudsjett.audit.stage", "Check the sources and write the findings."),
    "execute": ("kommunebudsjett.execution.stage", "Execute the notebooks."),
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
        importlib.import_module(module).run(Project.find())


for _name, (_module, _summary) in STAGES.items():
    _add_stage(_name, _module, _summary)


def main() -> None:
    """The entry point: errors that a user can mend are printed once, without a traceback."""
    try:
        cli()
    except UserError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(1)

"""Write docs/commands.md from the command line and the Makefile."""

import inspect
import re
import sys
from pathlib import Path

import click

from kommunebudsjett.cli import cli

ROOT = Path(__file__).resolve().parent.parent

HEADER = """\
# Commands

Made from `src/kommunebudsjett/cli.py` and the `Makefile` by `make docs`; do not edit. `make` sets up the environment
first; `kommunebudsjett` and `dvc` need it activated: `. .venv/bin/activate`. What a user can cause ends in one message
with its remedy and exit code 1, wrong options in exit code 2.
"""


def command_text(name: str, command: click.Command) -> str:
    """A command with its usage, what it does and its options."""
    context = click.Context(command, info_name=f"kommunebudsjett {name}")
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    text = f"\n### {name}\n\n```\n{usage}\n```\n\n{inspect.cleandoc(command.help or '')}\n"
    options = [option.get_help_record(context) for option in command.params if isinstance(option, click.Option)]
    if options:
        text += "\n| option | |\n|---|---|\n"
        text += "".join(f"| `{cell(option)}` | {cell(about)} |\n" for option, about in filter(None, options))
    return text


def cell(words: str) -> str:
    """Words in a cell of a Markdown table."""
    return words.replace("|", "\\|")


def targets(makefile: str) -> list[tuple[str, str]]:
    """The targets of the Makefile that say what they do."""
    return re.findall(r"^([a-z-]+):.*?## (.*)$", makefile, re.MULTILINE)


def docs() -> str:
    """The text of docs/commands.md."""
    rows = targets((ROOT / "Makefile").read_text(encoding="utf-8"))
    return "".join(
        [
            f"{HEADER}\n## make\n\n| command | what it does |\n|---|---|\n",
            *(f"| `make {name}` | {cell(about)} |\n" for name, about in rows),
            "\n## kommunebudsjett\n",
            *(command_text(name, command) for name, command in cli.commands.items()),
        ]
    )


def main() -> int:
    (ROOT / "docs" / "commands.md").write_text(docs(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

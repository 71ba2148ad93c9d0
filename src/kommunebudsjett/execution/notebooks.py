"""One notebook: its parameters checked, papermill's execution, and what is left in the result."""

import logging
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from kommunebudsjett.errors import UserError

Parameters = dict[str, str | int | float | bool]

# What the kernel's start and papermill's progress say would drown the message that matters.
logging.getLogger("papermill").setLevel(logging.ERROR)


def check_parameters(notebook: Path, parameters: Parameters) -> None:
    """Raise UserError where a notebook cannot be read, or does not have a parameter that is to be injected."""
    try:
        known = papermill.inspect_notebook(str(notebook))
    except Exception as error:
        raise UserError(
            f"the notebook cannot be read ({type(error).__name__})",
            file=notebook,
            remedy="restore or mend it",
        ) from None
    unknown = sorted(set(parameters) - set(known))
    if unknown:
        has = f"it has {', '.join(sorted(known))}" if known else "no cell of it is tagged `parameters`"
        raise UserError(
            f"the notebook has no parameter {unknown[0]}; {has}",
            file=notebook,
            remedy=f"remove it from params.yaml (reports), or add `{unknown[0]} = ...` to the notebook's parameters",
        )


def execute(notebook: Path, parameters: Parameters, name: str) -> NotebookNode:
    """The notebook, executed with the parameters and stripped of what differs from run to run.

    `name` and the parameters are kept in its metadata, for the publisher. Raises UserError, once, with the cell and
    the error that it raised.
    """
    try:
        executed = papermill.execute_notebook(
            str(notebook),
            None,
            parameters=parameters,
            cwd=str(notebook.parent),
            progress_bar=False,
            log_output=False,
            record_timing=False,
            # The kernel's own log goes to the terminal; what a cell raises is told below, once.
            extra_arguments=["--log-level=CRITICAL"],
        )
    except PapermillExecutionError as error:
        # Counted in the notebook as it is edited, where papermill's cell with the parameters does not stand.
        raise UserError(
            f"cell {error.cell_index} raised {error.ename}: {error.evalue.strip()}",
            file=notebook,
            remedy=f"open the notebook, set {_assignments(parameters)}, and run it to that cell",
        ) from None
    return stripped(executed, {"name": name, "notebook": notebook.stem, "parameters": parameters})


def _assignments(parameters: Parameters) -> str:
    return ", ".join(f"{name} = {value!r}" for name, value in parameters.items())


def stripped(executed: NotebookNode, metadata: dict) -> NotebookNode:
    """The notebook without papermill's times and paths and the interpreter's version, with fixed cell ids."""
    out = nbformat.from_dict(executed)
    out.metadata = nbformat.from_dict(
        {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    out.metadata["kommunebudsjett"] = metadata
    for index, cell in enumerate(out.cells):
        cell.id = f"cell-{index}"
        cell.metadata = nbformat.from_dict({"tags": list(cell.metadata.get("tags", []))})
    return out

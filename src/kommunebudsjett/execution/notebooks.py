"""One notebook: its parameters checked, executed by papermill with our engine, and what is left in the result."""

import json
import logging
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.execution.cache import NotebookCache
from kommunebudsjett.execution.running import KernelError, Run
from kommunebudsjett.execution.texts import called

Parameters = dict[str, str | int | float | bool]
ENGINE = "kommunebudsjett"
# An error can quote all the data that it is about.
LONGEST_QUOTE = 2_000

# What the kernel's start and papermill's progress say would drown the message that matters.
logging.getLogger("papermill").setLevel(logging.ERROR)
# Ids of cells, which a result does not keep.
warnings.filterwarnings("ignore", category=nbformat.warnings.DuplicateCellId)
warnings.filterwarnings("ignore", category=nbformat.warnings.MissingIDFieldWarning)


@dataclass(frozen=True)
class Executed:
    """How long a notebook took, and whether its outputs are from the cache."""

    seconds: float
    from_cache: bool


def declared_parameters(notebook: Path) -> dict[str, bool]:
    """The parameters that a notebook declares: name to whether it must be given, its own value being None.

    Raises UserError, with the line where there is one, where the file is no notebook.
    """
    _check_format(notebook)
    try:
        known = papermill.inspect_notebook(_papermill_path(notebook))
    except Exception as error:
        raise UserError(
            f"the notebook cannot be read ({type(error).__name__})",
            file=notebook,
            remedy="restore or mend it",
        ) from None
    return {name: about["default"] in ("None", "") for name, about in known.items()}


def _check_format(notebook: Path) -> None:
    """Raise UserError where a file is not JSON, or not a notebook as its version of the format has it.

    papermill and nbformat go on with much that is not, to where it cannot be told any more what is wrong.
    """
    remedy = "restore it from git, or mend it in JupyterLab"
    try:
        found = json.loads(notebook.read_text(encoding="utf-8"))
        version = found["nbformat"]
        if version == nbformat.current_nbformat:
            nbformat.validate(nbformat.validator.normalize(nbformat.from_dict(found))[1])
    except OSError as error:
        raise UserError(f"the notebook cannot be opened ({error.strerror})", file=notebook, remedy=remedy) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UserError("the notebook is not UTF-8 text", file=notebook, line=line, remedy=remedy) from None
    except json.JSONDecodeError as error:
        raise UserError(
            f"the notebook is not JSON: {error.msg}", file=notebook, line=error.lineno, remedy=remedy
        ) from None
    except nbformat.ValidationError as error:
        place = f", {error.json_path.removeprefix('$.')}" if hasattr(error, "json_path") else ""
        message = f"the notebook is not of its format{place}: {error.message.splitlines()[0][:200]}"
        raise UserError(message, file=notebook, remedy=remedy) from None
    except Exception as error:
        # What nbformat raises for JSON that is nothing like a notebook.
        message = f"the file is no notebook ({type(error).__name__})"
        raise UserError(message, file=notebook, remedy=remedy) from None
    if version != nbformat.current_nbformat:
        raise UserError(
            f"the notebook is of version {version!r} of the format, not {nbformat.current_nbformat}",
            file=notebook,
            remedy="open it in JupyterLab and save it",
        )


def check_parameters(notebook: Path, declared: dict[str, bool], parameters: Parameters) -> None:
    """Raise UserError where a parameter is given that the notebook does not have, or one is missing that it needs."""
    has = f"it has {', '.join(sorted(declared))}" if declared else "no cell of it is tagged `parameters`"
    unknown = sorted(set(parameters) - set(declared))
    if unknown:
        raise UserError(
            f"the notebook has no parameter {unknown[0]}; {has}",
            file=notebook,
            remedy=f"remove it from params.yaml (reports), or add `{unknown[0]} = ...` to the notebook's parameters",
        )
    missing = sorted(name for name, needed in declared.items() if needed and name not in parameters)
    if missing:
        raise UserError(
            f"the notebook needs the parameter {missing[0]}; {has}",
            file=notebook,
            remedy=f"give {missing[0]} in params.yaml (reports.{notebook.stem})",
        )


def execute(
    notebook: Path,
    parameters: Parameters,
    name: str,
    cache: NotebookCache,
    run: Callable[[NotebookNode], Run],
    target: Path,
    force: bool = False,
) -> Executed:
    """Execute the notebook with the parameters as the report `name`, and have papermill write it to `target`.

    `run` runs it where the cache has no right result, or is not asked (`force`). Raises UserError, once, with the cell
    and the error that it raised.
    """
    started = time.perf_counter()
    ran: list[Run] = []

    def run_here(given: NotebookNode) -> Run:
        ran.append(run(given))
        return ran[0]

    try:
        papermill.execute_notebook(
            _papermill_path(notebook),
            _papermill_path(target),
            parameters=parameters,
            engine_name=ENGINE,
            request_save_on_cell_execute=False,
            progress_bar=False,
            name=name,
            cache=cache,
            run=run_here,
            force=force,
        )
    except PapermillExecutionError as error:
        said = error.evalue.strip()
        quoted = said if len(said) <= LONGEST_QUOTE else f"{said[:LONGEST_QUOTE]} ..."
        raise UserError(
            f"{called(ran[0].notebook, error.cell_index)} raised {error.ename}: {quoted}",
            file=notebook,
            remedy=f"open the notebook, set {_assignments(parameters)}, and run it to that cell",
        ) from None
    except KernelError as error:
        raise UserError(
            f"the kernel of the notebook ended: {error}",
            file=notebook,
            remedy="run it in JupyterLab to see what ends it; with too little memory, set fewer execution.workers",
        ) from None
    return Executed(time.perf_counter() - started, from_cache=not ran)


def _papermill_path(notebook: Path) -> str:
    # papermill formats a path with the parameters; braces in a folder's name are none of that.
    return str(notebook).replace("{", "{{").replace("}", "}}")


def _assignments(parameters: Parameters) -> str:
    return ", ".join(f"{name} = {value!r}" for name, value in parameters.items())

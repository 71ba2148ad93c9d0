"""One notebook in a kernel: cells in, outputs and what the notebook read out."""

import ast
import asyncio
import atexit
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode

from kommunebudsjett.execution.kernels import Kernels
from kommunebudsjett.execution.texts import KEPT, facts_output, failed, has_texts

_REPORT = f"__import__('sys').modules['{__package__}.recorder'].report()"


@dataclass(frozen=True)
class Run:
    """A notebook as it was run: with its outputs, and what it read.

    `reads` are pairs of a question and the digest of its answer (kommunebudsjett.core.inputs). They are None where the
    notebook failed, or did what cannot be compared: then its result must not be used again.
    """

    notebook: NotebookNode
    reads: list[tuple[tuple[str, ...], str]] | None


class KernelError(RuntimeError):
    """A kernel ended while a cell ran."""


class KernelStartError(KernelError):
    """A kernel ended before the first cell, twice."""


def run_notebook(notebook: NotebookNode, root: Path, kernels: Kernels) -> Run:
    """Run all code cells in a kernel of its own, to the first that raises.

    Raises KernelError where the kernel ends.
    """
    try:
        return asyncio.run(_run(notebook, root, kernels))
    except KernelStartError:
        # Ports can be taken between being chosen and being used; not so twice.
        return asyncio.run(_run(notebook, root, kernels))


async def _run(notebook: NotebookNode, root: Path, kernels: Kernels) -> Run:
    notebook = nbformat.from_dict(notebook)
    client = NotebookClient(
        notebook,
        km=kernels.manager(),
        record_timing=False,
        # Nothing of a kernel is kept, so that it need not be asked to end.
        shutdown_kernel="immediate",
        resources={"metadata": {"path": str(root / "notebooks")}},
        timeout=None,
    )
    started = False
    try:
        async with client.async_setup_kernel(cleanup_kc=True):
            started = True
            with kernels.turn:
                names: dict[str, Any] = {}
                keeps = has_texts(notebook)
                for index, cell in enumerate(notebook.cells):
                    await client.async_execute_cell(cell, index)
                    if keeps and cell.cell_type == "code":
                        before, names = names, json.loads(await _asked(client, KEPT))
                        cell.outputs.extend(filter(None, [facts_output(before, names)]))
                return Run(notebook, None if failed(notebook) else await _reads(client))
    except CellExecutionError:
        return Run(notebook, None)
    except DeadKernelError as error:
        raise KernelError(str(error)) from error
    except (RuntimeError, OSError) as error:
        if started:
            raise
        # nbclient would clean up once more at the end of the process, and stumble over what is no longer there.
        atexit.unregister(client._cleanup_kernel)
        raise KernelStartError(str(error)) from error


async def _reads(client: NotebookClient) -> list[tuple[tuple[str, ...], str]] | None:
    report = json.loads(await _asked(client, _REPORT))
    if report["untraceable"]:
        return None
    return [(tuple(question), digest) for question, digest in report["reads"]]


async def _asked(client: NotebookClient, expression: str) -> str:
    """The text that an expression has in the kernel."""
    message = client.kc.execute("", silent=True, store_history=False, user_expressions={"asked": expression})
    reply = await client.async_wait_for_reply(message)
    answer = reply["content"]["user_expressions"]["asked"]
    if answer["status"] != "ok":
        raise RuntimeError(f"the kernel could not say what was asked: {answer['ename']}: {answer['evalue']}")
    return str(ast.literal_eval(answer["data"]["text/plain"]))

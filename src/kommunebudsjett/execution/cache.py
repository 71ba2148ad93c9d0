"""The results of notebooks, kept in a jupyter-cache, and found again while all that a notebook read is as it was.

jupyter-cache finds a result by the source of the notebook's code cells. The cell with the injected parameters, which
is one of them, holds a digest of what the notebook read (each question with the digest of its answer, see
`kommunebudsjett.core.inputs`) and of the environment, so that a result is found only where all of it is the same.

What a notebook reads is known when it has run. The questions are kept with its result, and a notebook that is looked
up is given the digest of the answers that they have now. That is right by construction: a notebook with the same
code, which is given the same answer to each question, asks the same questions and comes to the same result.
"""

import json
import shutil
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, CachingError
from nbformat import NotebookNode
from papermill.parameterize import parameterize_notebook
from papermill.utils import find_first_tagged_cell_index
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from kommunebudsjett.core import inputs
from kommunebudsjett.core.fingerprints import environment
from kommunebudsjett.core.inputs import Question
from kommunebudsjett.execution.texts import has_texts

# The name of the parameter that the engine adds.
DIGEST = "inputs_sha256"
INJECTED = "injected-parameters"
BROKEN = (RuntimeError, SQLAlchemyError, OSError)
# jupyter-cache keeps so many results for each notebook, language and area, and then forgets the oldest.
KEPT_EACH = 20


class NotebookCache:
    """The results in `folder` of notebooks of the project at `root`. Threads may share it, processes may not.

    A broken cache, or a result that is not whole, is as one that is not there.
    """

    def __init__(self, folder: Path, root: Path, notebooks: int = 0):
        self.root = root
        self._lock = threading.Lock()
        self._answers: dict[Question, str] = {}
        self._cache = get_cache(folder)
        try:
            self._leave_to_the_system()
            self._records = self._cache.list_cache_records()
            self._cache.change_cache_limit(max(1000, notebooks * KEPT_EACH))
        except BROKEN:
            # A run that was killed while it made the cache.
            self._start_anew()

    def find(self, notebook: NotebookNode) -> NotebookNode | None:
        """The notebook, which has its parameters injected, with the outputs of a result that is still right, or None.

        Its Markdown stays as it is.
        """
        with self._lock:
            tried = set()
            asked = _asked(notebook)
            for record in reversed(self._records):
                data = record.data or {}
                questions = tuple(tuple(question) for question in data.get("questions", []))
                if data.get("asked") != asked or questions in tried:
                    continue
                tried.add(questions)
                digest = combined((question, self._answer(question)) for question in questions)
                found = self._result(with_digest(notebook, digest))
                if found is not None:
                    return found
            return None

    def store(self, notebook: NotebookNode, reads: list[tuple[Question, str]]) -> None:
        """Keep a result. A file that has changed since the notebook read it makes the result useless, and no harm."""
        executed = with_digest(notebook, combined(reads))
        data = {
            "asked": _asked(notebook),
            "questions": [list(question) for question, _ in reads],
            "outputs": _outputs_digest(executed),
        }
        bundle = CacheBundleIn(executed, uri=_about(notebook)[:255], data=data)
        with self._lock:
            try:
                self._put(bundle)
            except BROKEN:
                self._start_anew()
                self._put(bundle)

    def _put(self, bundle: CacheBundleIn) -> None:
        try:
            self._cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
        except (FileExistsError, CachingError):
            # A run that was killed between making the folder of this result and filling it.
            shutil.rmtree(self._cache.path / "executed" / self._key(bundle.nb))
            self._cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)

    def _result(self, notebook: NotebookNode) -> NotebookNode | None:
        try:
            key, merged = self._cache.merge_match_into_notebook(notebook, nb_meta=(), cell_meta=())
            record = self._cache.get_cache_record(key)
        except (KeyError, ValueError, *BROKEN):
            return None  # none, or one that a killed run left without its file or with half of it
        return merged if _outputs_digest(merged) == record.data["outputs"] else None

    def _key(self, notebook: NotebookNode) -> str:
        """jupyter-cache's key: the code cells, the injected parameters among them, and the kernel."""
        return self._cache.create_hashed_notebook(_without_outputs(notebook))[1]

    def _answer(self, question: Question) -> str:
        if question not in self._answers:
            self._answers[question] = inputs.current(self.root, question)
        return self._answers[question]

    def _leave_to_the_system(self) -> None:
        # When the database reaches the disk is for the system to choose. Each look into it is noted in it, and to have
        # that safe takes longer than to look; a database that is broken is made anew.
        event.listen(self._cache.db, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
        # Connections that were made before.
        self._cache.db.dispose()

    def _start_anew(self) -> None:
        self._cache.clear_cache()
        self._leave_to_the_system()
        self._records = self._cache.list_cache_records()


def combined(reads: Iterable[tuple[Question, str]]) -> str:
    """The digest that stands in the injected parameters."""
    return inputs.digest(json.dumps([environment(), sorted((list(q), answer) for q, answer in reads)]).encode())


def with_digest(notebook: NotebookNode, digest: str) -> NotebookNode:
    """The notebook with the digest among its injected parameters."""
    return _with_parameters(notebook, {**parameters(notebook), DIGEST: digest})


def without_digest(notebook: NotebookNode) -> NotebookNode:
    """The notebook with the parameters that it was asked for only."""
    return _with_parameters(notebook, parameters(notebook))


def _with_parameters(notebook: NotebookNode, values: dict[str, Any]) -> NotebookNode:
    out = parameterize_notebook(_without_outputs(notebook), values)
    before, after = (find_first_tagged_cell_index(nb, INJECTED) for nb in (notebook, out))
    cells = list(notebook.cells)
    if before < 0:
        cells.insert(after, out.cells[after])
    else:
        # The same cell, executed or not, with other words.
        cells[before] = nbformat.from_dict({**cells[before], "source": out.cells[after].source})
    out.cells = cells
    return out


def with_outputs(notebook: NotebookNode, wanted: Callable[[NotebookNode], bool]) -> NotebookNode:
    """A copy of a notebook with some of its outputs: to copy all takes longer than all that is done with the rest."""
    cells = [
        {**cell, "outputs": list(filter(wanted, cell.outputs))} if cell.cell_type == "code" else cell
        for cell in notebook.cells
    ]
    return nbformat.from_dict({**notebook, "cells": cells})


def _without_outputs(notebook: NotebookNode) -> NotebookNode:
    return with_outputs(notebook, lambda _: False)


def parameters(notebook: NotebookNode) -> dict[str, Any]:
    """The parameters that papermill injected, without the digest."""
    injected = notebook.metadata.papermill.get("parameters", {})
    return {name: value for name, value in injected.items() if name != DIGEST}


def _about(notebook: NotebookNode) -> str:
    # For whoever looks into the cache: jcache cache list.
    name = Path(notebook.metadata.papermill.get("input_path") or "notebook").stem
    return f"{name} {json.dumps(parameters(notebook), sort_keys=True)}"


def _asked(notebook: NotebookNode) -> str:
    """A digest of the code of a notebook and its parameters, whatever the digest of its inputs."""
    code = [
        cell.source
        for cell in notebook.cells
        if cell.cell_type == "code" and INJECTED not in cell.metadata.get("tags", [])
    ]
    # Facts are kept for texts only.
    return inputs.digest(json.dumps([code, parameters(notebook), has_texts(notebook)], sort_keys=True).encode())


def _outputs_digest(notebook: NotebookNode) -> str:
    cells = [(cell.source, cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]
    return inputs.digest(json.dumps(cells, sort_keys=True).encode())

"""The papermill engine `kommunebudsjett`: a result from the cache where it is still right, a kernel where not.

papermill --engine kommunebudsjett notebooks/overview.ipynb out.ipynb -p lang en
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager

# papermill imports the engines while it is being imported itself, so what needs papermill is imported later.
if TYPE_CHECKING:
    from kommunebudsjett.execution.cache import NotebookCache
    from kommunebudsjett.execution.running import Run


class CachingEngine(Engine):
    """Executes notebooks of a project, in kernels that know nothing of each other or of the machine."""

    @classmethod
    def execute_notebook(
        cls, nb: NotebookNode, kernel_name: str, *arguments: Any, name: str = "", **options: Any
    ) -> NotebookNode:
        """The notebook, executed, whole, and ready to be published: its metadata say what it was run with.

        The stage gives the `name` of the report. The notebook is then without papermill's times and paths, so that the
        same input gives the same bytes.
        """
        executed = super().execute_notebook(nb, kernel_name, *arguments, **options)
        notebook = Path(executed.metadata.papermill.input_path).stem
        return _described(executed, name or notebook, notebook, lasting=bool(name))

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        cache: "NotebookCache | None" = None,
        run: "Callable[[NotebookNode], Run] | None" = None,
        force: bool = False,
        **_: Any,
    ) -> None:
        """Fill in the outputs of `nb_man.nb`; its metadata say whether they are `from_cache`.

        The stage gives the cache and how to run a notebook. Without them, as from papermill's command line, they are
        those of the project that the notebook lies in. `force` executes the notebook though its result is there.
        """
        if run is None or cache is None:
            from kommunebudsjett.core.project import Project
            from kommunebudsjett.execution.cache import NotebookCache
            from kommunebudsjett.execution.kernels import Kernels
            from kommunebudsjett.execution.lock import only_one
            from kommunebudsjett.execution.running import run_notebook

            project = Project.find(Path(nb_man.nb.metadata.papermill.input_path).resolve().parent)
            with only_one(project), Kernels(project.root) as kernels:
                cache = NotebookCache(project.notebook_cache, project.root)
                nb_man.nb = _executed(
                    nb_man.nb, cache, lambda notebook: run_notebook(notebook, project.root, kernels), force
                )
        else:
            nb_man.nb = _executed(nb_man.nb, cache, run, force)


def _executed(
    notebook: NotebookNode, cache: "NotebookCache", run: "Callable[[NotebookNode], Run]", force: bool
) -> NotebookNode:
    """The notebook with its outputs, those of its texts too, which are never from the cache."""
    from kommunebudsjett.execution.cache import without_digest
    from kommunebudsjett.execution.texts import failed, with_texts, without_texts

    file = Path(notebook.metadata.papermill.input_path)
    notebook = without_texts(notebook)
    found = None if force else cache.find(notebook)
    if found is None:
        result = run(notebook)
        if result.reads is not None:
            cache.store(result.notebook, result.reads)
    executed = without_digest(result.notebook if found is None else found)
    executed.metadata.papermill["from_cache"] = found is not None
    # Of a notebook that failed, papermill says where.
    return executed if failed(executed) else with_texts(executed, file)


def _described(executed: NotebookNode, name: str, notebook: str, lasting: bool) -> NotebookNode:
    """The notebook with what a page says of it, and with fixed cell ids. One that is `lasting` is without papermill's
    times and paths and the interpreter's version.
    """
    from kommunebudsjett.execution.cache import parameters

    about = {"name": name, "notebook": notebook, "parameters": parameters(executed)}
    if lasting:
        executed.metadata = NotebookNode(
            kernelspec={"name": "python3", "display_name": "Python 3", "language": "python"}
        )
    executed.metadata["kommunebudsjett"] = about
    for index, cell in enumerate(executed.cells if lasting else []):
        cell.id = f"cell-{index}"
        cell.metadata = NotebookNode(tags=list(cell.metadata.get("tags", [])))
    return executed

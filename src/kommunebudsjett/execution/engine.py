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
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        cache: "NotebookCache | None" = None,
        run: "Callable[[NotebookNode], Run] | None" = None,
        force: bool = False,
        take: "Callable[[NotebookNode], None] | None" = None,
        **_: Any,
    ) -> None:
        """Fill in the outputs of `nb_man.nb`; its metadata say whether they are `from_cache`.

        The stage gives the cache, how to run a notebook, and who takes it when it is executed: papermill then gets no
        outputs but errors, which it looks for, as it would write the others as text for nobody. Without them, as from
        papermill's command line, they are those of the project that the notebook lies in. `force` executes the notebook
        though its result is there.
        """
        if run is None:
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
            executed = _executed(nb_man.nb, cache, run, force)
            take(executed)
            nb_man.nb = _with_errors_only(executed)


def _executed(
    notebook: "NotebookNode", cache: "NotebookCache", run: "Callable[[NotebookNode], Run]", force: bool
) -> "NotebookNode":
    from kommunebudsjett.execution.cache import without_digest

    found = None if force else cache.find(notebook)
    if found is None:
        result = run(notebook)
        if result.reads is not None:
            cache.store(result.notebook, result.reads)
    executed = without_digest(result.notebook if found is None else found)
    executed.metadata.papermill["from_cache"] = found is not None
    return executed


def _with_errors_only(notebook: "NotebookNode") -> "NotebookNode":
    from kommunebudsjett.execution.cache import with_outputs

    return with_outputs(notebook, lambda output: output.output_type == "error")

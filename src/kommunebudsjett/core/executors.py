"""Where documents are read and notebooks are run: in this process, or on a Dask cluster."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import Execution

CONNECT_SECONDS = 30


@contextmanager
def cluster(execution: Execution) -> Iterator[Executor | None]:
    """The executor of the Dask cluster at `execution.address`; None where the backend is local.

    Raises UserError where the cluster does not answer.
    """
    if execution.backend == "local":
        yield None
        return
    # Imported where it is used: it takes as long as reading the documents.
    from distributed import Client

    try:
        client = Client(execution.address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UserError(
            f"no Dask scheduler answers at {execution.address} ({type(error).__name__})",
            file="params.yaml",
            remedy="start one (docs/engine.md), correct execution.address, or set execution.backend: local",
        ) from None
    try:
        executor = client.get_executor(pure=False)
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)
    finally:
        client.close()

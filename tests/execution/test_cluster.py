"""A Dask cluster of a real scheduler and two workers over TCP: the same bytes as here, also when a worker is lost."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project
from kommunebudsjett.execution import remote, stage
from kommunebudsjett.readers import stage as reading
from tests.conftest import BIN, copy_of_repository, run
from tests.execution.conftest import set_reports, write_notebook
from tests.execution.test_kernels import running, wait_until
from tests.execution.test_stage import executed, outputs

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="processes are killed by signals"),
]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler with two workers."""
    file = tmp_path / "scheduler.json"
    words = ["--scheduler-file", str(file), "--no-dashboard"]
    commands = [["scheduler", "--host", "127.0.0.1", "--port", "0", *words]]
    commands += [["worker", "--host", "127.0.0.1", "--nworkers", "1", "--nthreads", "1", *words]] * 2
    processes = [
        subprocess.Popen([BIN / "dask", *command], cwd=tmp_path, stderr=subprocess.DEVNULL, start_new_session=True)
        for command in commands
    ]
    try:
        wait_until(lambda: file.is_file() and file.read_text().endswith("}"), 120)
        address = json.loads(file.read_text())["address"]
        from distributed import Client

        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=120)
        yield address
    finally:
        for process in processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def use(project: Project, address: str, *reports: str) -> None:
    set_reports(project, *reports, extra=f"backend: dask\n  address: {address}")


def digests(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.csv"))}


def test_a_cluster_gives_the_bytes_that_this_process_gives_and_survives_the_loss_of_a_worker(
    small, cluster, tmp_path, monkeypatch
):
    told = tmp_path / "told"
    wait = f"""import os, time
if not os.path.exists({str(told)!r}):
    with open({str(told)!r}, "w") as file:
        file.write(f"{{os.getpid()}}")
    time.sleep(600)
print("done")"""
    write_notebook(small, "slow", wait)
    # Here the notebook finds that it has been started before.
    told.touch()
    set_reports(small, "slow", "goals", "plain")
    executed(small)
    reading.run(small)
    here = outputs(small), digests(small.interim)
    shutil.rmtree(small.root / "build")
    shutil.rmtree(small.interim)
    told.unlink()

    use(small, cluster, "slow", "goals", "plain")
    reading.run(small)
    done: list[int | BaseException] = []

    def work() -> None:
        try:
            done.append(executed(small))
        except BaseException as error:
            done.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    wait_until(lambda: told.is_file() and told.read_text() != "", 120)
    kernel = int(told.read_text())
    # The kernel's parent is the fork server, or the worker itself where kernels are fresh ones.
    os.kill(worker_of(kernel), signal.SIGKILL)
    wait_until(lambda: not running(kernel))
    thread.join(180)
    assert done == [3]
    assert (outputs(small), digests(small.interim)) == here
    # What the cluster did is in the cache here.
    assert executed(small) == 0

    # Workers with other code are not used.
    monkeypatch.setattr(remote, "CODE", "changed")
    with pytest.raises(UserError, match="other code"):
        stage.run(small, ["plain"], quiet=True)


@pytest.mark.soak
def test_the_whole_site_has_the_same_bytes_one_by_one_side_by_side_and_on_a_cluster(cluster, tmp_path):
    made = {}
    for name, execution in {
        "side by side": "workers: 2",
        "one by one": "workers: 1",
        "cluster": f"workers: 2\n  backend: dask\n  address: {cluster}",
    }.items():
        folder = copy_of_repository(tmp_path / name)
        text = (folder / "params.yaml").read_text(encoding="utf-8")
        start, end = text.index("\nexecution:"), text.index("\npublish:")
        (folder / "params.yaml").write_text(
            f"{text[:start]}\nexecution:\n  {execution}\n{text[end:]}", encoding="utf-8"
        )
        result = run(folder, "dvc", "repro")
        assert result.returncode == 0, result.stdout + result.stderr
        assert ", 0 from the cache" in result.stdout
        made[name] = {
            str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for part in ("data/clean", "reports")
            for path in sorted((folder / part).rglob("*"))
            if path.is_file()
        }
    assert len(made["side by side"]) > 1000
    assert made["one by one"] == made["side by side"]
    assert made["cluster"] == made["side by side"]


def worker_of(kernel: int) -> int:
    """The process of the Dask worker that a kernel belongs to."""
    import psutil

    for parent in psutil.Process(kernel).parents():
        if "fork_server" not in " ".join(parent.cmdline()):
            return parent.pid
    raise AssertionError("the kernel has no worker")


def test_a_scheduler_that_does_not_answer_is_an_error(small, monkeypatch):
    monkeypatch.setattr("kommunebudsjett.core.executors.CONNECT_SECONDS", 1)
    use(small, "tcp://127.0.0.1:9", "goals")
    with pytest.raises(UserError, match=r"no Dask scheduler answers at tcp://127.0.0.1:9"):
        executed(small)
    use(small, "''", "goals")
    with pytest.raises(UserError, match=r"execution\.address is missing"):
        executed(small)

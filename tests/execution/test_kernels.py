"""Kernels: forked ones show what fresh ones show, share nothing, and end with the process that asked for them."""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty

import pytest
from jupyter_client.kernelspec import KernelSpec
from nbclient import NotebookClient

from kommunebudsjett.execution import managers
from kommunebudsjett.execution.kernels import ForkedProcess, ForkServer, Kernels, can_fork
from kommunebudsjett.execution.managers import KernelClient, KernelManager
from kommunebudsjett.execution.running import KernelError, KernelStartError, run_notebook
from tests.execution.conftest import notebook_of, printed

pytestmark = pytest.mark.slow
forks = pytest.mark.skipif(not can_fork(), reason="kernels cannot be forked here")

# All that a notebook could notice of the kernel it runs in.
PROBE = [
    """import json, locale, os, sys, warnings
import matplotlib, numpy, pandas
from matplotlib import pyplot as plt
hidden = ("JPY_", "KOMMUNEBUDSJETT", "IPYTHONDIR", "MATPLOTLIBRC")
print(json.dumps({
    "cwd": os.getcwd(), "path": sys.path, "argv0": os.path.basename(sys.argv[0]), "main": __name__,
    "environment": {k: v for k, v in sorted(os.environ.items()) if not k.startswith(hidden)},
    "rc": {k: str(v) for k, v in matplotlib.rcParams.items()},
    "display": pandas.get_option("display.max_rows"), "errors": numpy.geterr(),
    "locale": locale.setlocale(locale.LC_ALL), "hash": hash("æ"), "filters": len(warnings.filters) > 0,
    "threads": os.environ["OPENBLAS_NUM_THREADS"],
}))""",
    "plt.plot([1, 3, 2])\nplt.title('Drift')\nplt.show()",
    "pandas.DataFrame({'område': ['Oppvekst', 'Helse'], 'mill. kr': [1.5, -2]})",
    "import sys\nprint('to stderr', file=sys.stderr)\nos.system('echo from a program')",
]


@forks
def test_a_forked_kernel_shows_what_a_fresh_one_shows_figures_included(folder, warm):
    forked = run_notebook(notebook_of(*PROBE), folder, warm)
    with Kernels(folder, warm=False) as kernels:
        assert kernels.server() is None
        fresh = run_notebook(notebook_of(*PROBE), folder, kernels)
    assert forked.notebook == fresh.notebook
    figures = [
        output.data["image/png"]
        for cell in forked.notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert len(figures) == 1
    assert len(figures[0]) > 1000


@forks
def test_a_forked_kernel_has_loaded_what_reports_import(cells):
    first = "import sys; print([m in sys.modules for m in ('pandas', 'matplotlib.pyplot', 'kommunebudsjett.report')])"
    assert printed(cells(first)) == "[True, True, True]\n"


def test_nothing_of_one_notebook_reaches_another(cells):
    changes = """import os, sys, builtins, matplotlib, pandas, kommunebudsjett.report.wording as wording
pandas.set_option("display.max_rows", 3)
matplotlib.rcParams["font.size"] = 40
os.chdir("/")
os.environ["LEFT"] = "behind"
wording.MINUS = "minus"
builtins.left = sys.left = True
x = 1"""
    looks = """import os, sys, builtins, matplotlib, pandas, kommunebudsjett.report.wording as wording
print(pandas.get_option("display.max_rows"), matplotlib.rcParams["font.size"], os.path.basename(os.getcwd()),
      "LEFT" in os.environ, wording.MINUS, hasattr(builtins, "left"), hasattr(sys, "left"), "x" in globals())"""
    assert printed(cells(changes, looks)) == "3 40.0  True minus True True True\n"
    assert printed(cells(looks)) == "60 10.0 notebooks False − False False False\n"


def test_two_notebooks_draw_different_random_numbers(cells):
    draw = "import random, numpy; print(random.random(), numpy.random.random())"
    assert set(printed(cells(draw)).split()).isdisjoint(printed(cells(draw)).split())


def test_a_kernel_that_ends_is_an_error(cells):
    with pytest.raises(KernelError):
        cells("import os; os._exit(3)")


def test_settings_of_the_user_reach_no_notebook(folder, tmp_path, monkeypatch):
    (tmp_path / "matplotlibrc").write_text("font.size: 33\n", encoding="utf-8")
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "own.py").write_text("x = 33\n", encoding="utf-8")
    for name, value in {
        "MATPLOTLIBRC": str(tmp_path),
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "MPLBACKEND": "pdf",
        "TZ": "Asia/Tokyo",
    }.items():
        monkeypatch.setenv(name, value)
    look = """import os, matplotlib, time
print(matplotlib.rcParams["font.size"], "x" in globals(), os.environ["MPLBACKEND"], time.tzname[0])"""
    with Kernels(folder) as kernels:
        found = printed(run_notebook(notebook_of(look), folder, kernels))
    assert found == "10.0 False module://matplotlib_inline.backend_inline UTC\n"


def test_fresh_kernels_are_used_where_the_server_cannot_run(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(ForkServer, "ready", lambda server: server.close() or False)
    with Kernels(folder, warm=can_fork()) as kernels:
        assert printed(run_notebook(notebook_of("print('here')"), folder, kernels)) == "here\n"
        assert not kernels.warm
    assert list(tmp_path.iterdir()) == []


@forks
def test_a_server_that_fails_says_why(folder, capfd):
    with Kernels(folder) as kernels:
        server = kernels.server()
        # What is no order; as where the system refuses to fork, it ends.
        server._lines.write("{\n")
        with pytest.raises(OSError, match="ended"):
            server.fork(["x"], "", {})
        assert server.process.wait(60) == 1
    assert "JSONDecodeError" in capfd.readouterr().err


def test_a_kernel_that_makes_no_sockets_is_given_up(folder, monkeypatch):
    monkeypatch.setattr(managers, "SOCKET_SECONDS", 0.2)
    monkeypatch.setattr(managers, "ANSWER_SECONDS", 0.1)
    spec = KernelSpec(argv=[sys.executable, "-c", "import time; time.sleep(600)"], language="python")
    monkeypatch.setattr(KernelManager, "kernel_spec", spec)
    monkeypatch.setattr(NotebookClient, "startup_timeout", 1)
    with Kernels(folder, warm=False) as kernels, pytest.raises(KernelStartError, match="not ready within 1 seconds"):
        run_notebook(notebook_of("print(1)"), folder, kernels)


@forks
def test_several_threads_may_wait_for_the_end_of_a_kernel():
    for _ in range(20):
        pid = os.posix_spawn("/bin/sleep", ["sleep", "0.02"], dict(os.environ))
        process = ForkedProcess(pid)
        with ThreadPoolExecutor(8) as pool:
            ended = [pool.submit(process.wait) for _ in range(4)]
            while process.poll() is None:
                pass
        os.waitpid(pid, 0)
        assert [future.result() for future in ended] == [0] * 4


@forks
@pytest.mark.parametrize("content", [b"", b"a,b\n\xff,1\n", b"a\n" + b"x" * 200_000], ids=["empty", "no text", "long"])
def test_a_table_that_cannot_be_read_does_not_keep_kernels_from_being_forked(tmp_path, capfd, content):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "data" / "clean").mkdir(parents=True)
    (tmp_path / "data" / "clean" / "goals.csv").write_bytes(content)
    with Kernels(tmp_path) as kernels:
        assert printed(run_notebook(notebook_of("print('here')"), tmp_path, kernels)) == "here\n"
        assert kernels.warm
    assert "Traceback" not in capfd.readouterr().err


@forks
def test_kernels_end_with_a_process_that_is_killed(folder, tmp_path):
    told = tmp_path / "pids"
    script = f"""from pathlib import Path
from kommunebudsjett.execution.kernels import Kernels
from kommunebudsjett.execution.running import run_notebook
from tests.execution.conftest import notebook_of
root = Path({str(folder)!r})
cell = "import os, time; open({str(told)!r}, 'w').write(str(os.getpid()) + ' ' + str(os.getppid())); time.sleep(600)"
with Kernels(root) as kernels:
    run_notebook(notebook_of(cell), root, kernels)"""
    process = subprocess.Popen([sys.executable, "-c", script], cwd=Path(__file__).parents[2])
    try:
        wait_until(lambda: told.is_file() and len(told.read_text().split()) == 2)
        kernel, server = map(int, told.read_text().split())
        assert running(kernel)
        assert running(server)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    wait_until(lambda: not running(kernel) and not running(server))


class Scripted(KernelClient):
    """A client of no kernel: the n-th question is answered by the n-th entry of `answers`, a pair of what comes on the
    shell and what is published; it has ended when there are no more."""

    def kernel_info(self):
        self.asked = getattr(self, "asked", -1) + 1
        self.shell, self.published = map(list, self.answers[self.asked])
        return f"q{self.asked}"

    async def is_alive(self):
        return self.asked < len(self.answers) - 1

    async def get_shell_msg(self, timeout):
        return taken(self.shell)

    async def get_iopub_msg(self, timeout):
        return taken(self.published)


def taken(messages: list[tuple[str, str]]) -> dict:
    if not messages:
        raise Empty
    question, state = messages.pop(0)
    return {"parent_header": {"msg_id": question} if question else {}, "content": {"execution_state": state}}


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        # Each: what comes on the shell, and what is published. It also tells of its start, which is no answer.
        ([([("q0", "")], [("", "starting"), ("q0", "busy"), ("q0", "idle")])], 1),
        # What it published before this side listened is lost.
        ([([("q0", "")], [("q0", "busy")]), ([("q1", "")], [("q1", "busy"), ("q1", "idle")])], 2),
        # It had not begun to listen; then both answers come.
        ([([], []), ([("q0", ""), ("q1", "")], [("q0", "idle"), ("q1", "idle")])], 2),
    ],
)
def test_a_kernel_is_ready_when_it_is_idle_again_after_a_question(answers, asked):
    client = Scripted()
    client.answers = answers
    asyncio.run(client.wait_for_ready(timeout=60))
    assert client.asked == asked - 1
    assert client.published == []


@pytest.mark.parametrize(
    ("answers", "timeout", "said"), [([([], [])], None, "ended"), ([([], [])] * 9, -1, "not ready within")]
)
def test_a_kernel_that_does_not_get_ready_is_an_error(answers, timeout, said):
    client = Scripted()
    client.answers = answers
    with pytest.raises(RuntimeError, match=said):
        asyncio.run(client.wait_for_ready(timeout=timeout))


def wait_until(true, seconds: float = 60) -> None:
    """Wait until something is true; fail where it does not become true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not become true"
        time.sleep(0.05)


def running(pid: int) -> bool:
    """Whether a process runs; a zombie that nobody has waited for does not."""
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"

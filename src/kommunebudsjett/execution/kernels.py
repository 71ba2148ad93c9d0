"""Kernels that start fast: forked from a warm process on Linux, fresh ones elsewhere; the same outputs from both.

A kernel manager of ours makes every kernel, so that nothing of the machine reaches a notebook: not the kernels
installed in the user's home, nor IPython's profile there, Matplotlib's settings, the time zone or the language.

The server that forks takes longer to load than the process that asks for kernels, so this module is quickly imported:
what needs jupyter_client stands in `kommunebudsjett.execution.managers`.
"""

import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import uuid
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

from kommunebudsjett.core.inputs import digest

if TYPE_CHECKING:
    from kommunebudsjett.execution.managers import KernelManager

# The longest path of a Unix socket is 108 bytes on Linux and 104 on macOS; `-5` comes behind it.
LONGEST_SOCKET = 95
# One thread, and the same on every machine: how many threads add numbers up decides their last bits.
FIXED = {
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    # No warning that a debugger may miss breakpoints; and what the debugger sets for the process that loads it.
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYDEVD_USE_FRAME_EVAL": "NO",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
}
REMOVED = (
    *("PYTHONSTARTUP", "PYTHONPATH", "PYTHONHOME", "LANGUAGE"),
    # Of a JupyterLab that the command is run in.
    *("JPY_PARENT_PID", "JUPYTERHUB_SERVICE_PREFIX", "KOMMUNEBUDSJETT_SITE"),
)


class Kernels:
    """Makes kernels for the notebooks of the project at `root`. Close it when they have ended.

    `warm` says whether kernels are forked; by default where the machine can do that safely. One of them runs cells at a
    time, or as many as `run_at_once` says; the others wait for their `turn` when they are ready.
    """

    def __init__(self, root: Path, warm: bool | None = None):
        self.root = root
        self.warm = can_fork() if warm is None else warm
        self.run_at_once(1)
        self._scratches = [_new_scratch(root)]
        self._server: ForkServer | None = None
        self._lock = threading.Lock()
        self._closed = False
        self._alive: set[KernelManager] = set()

    def run_at_once(self, number: int) -> None:
        """Let so many kernels run cells at the same time. To be said before the first one starts."""
        self.turn = threading.BoundedSemaphore(number)

    @property
    def scratch(self) -> Path:
        """The folder for what kernels need while they run."""
        return self._scratches[-1]

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every kernel."""
        kept = {name: value for name, value in os.environ.items() if name not in REMOVED}
        return {
            **kept,
            **FIXED,
            "IPYTHONDIR": str(self.scratch / "ipython"),
            "KOMMUNEBUDSJETT_PROJECT": str(self.root),
            "MATPLOTLIBRC": str(self.scratch / "matplotlibrc"),
        }

    def prepare(self) -> None:
        """Start the server that forks, where there is to be one, without waiting for it."""
        with self._lock:
            if self._closed:
                raise OSError("the run was stopped")
            if self.warm and self._server is None:
                self._server = ForkServer(self)

    def server(self) -> "ForkServer | None":
        """The server that forks, when it is ready; None where kernels are fresh ones."""
        self.prepare()
        with self._lock:
            if self._server is not None and not self._server.ready():
                # Fresh kernels give the same outputs. The server has said on the terminal why it ended.
                self.warm, self._server = False, None
                # The first kernel is already told to use the other, which the server may have removed, or not.
                self._scratches.append(_new_scratch(self.root))
            return self._server

    def manager(self) -> "KernelManager":
        """A manager for one kernel."""
        from kommunebudsjett.execution.managers import KernelManager

        name = uuid.uuid4().hex[:12]
        address = str(self.scratch / name)
        # Sockets in a folder, where there are any: kernels that start at the same moment cannot take the same port.
        local = os.name == "posix" and len(os.fsencode(address)) < LONGEST_SOCKET
        manager = KernelManager(
            connection_file=f"{address}.json",
            **({"transport": "ipc", "ip": address} if local else {}),
        )
        manager.kernels = self
        self._alive.add(manager)
        return manager

    def forget(self, manager: "KernelManager") -> None:
        """The kernel of this manager has ended."""
        self._alive.discard(manager)

    def close(self) -> None:
        """End the kernels that still run, and the server. No kernel starts after that."""
        self._closed = True
        for manager in list(self._alive):
            process = getattr(manager.provisioner, "process", None)
            if process is not None and process.poll() is None:
                process.kill()
        with self._lock:
            if self._server is not None:
                self._server.close()
                self._server = None
        for scratch in self._scratches:
            shutil.rmtree(scratch, ignore_errors=True)

    def __enter__(self) -> "Kernels":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _new_scratch(root: Path) -> Path:
    """A folder for what kernels need while they run; the server that forks removes it when it ends."""
    scratch = Path(tempfile.mkdtemp(prefix=_scratch_prefix(root)))
    # Empty: Matplotlib's own settings, not those of the user.
    (scratch / "matplotlibrc").touch()
    return scratch


def _scratch_prefix(root: Path) -> str:
    return f"kommunebudsjett-{digest(os.fsencode(root))[:8]}-"


def remove_scratch(root: Path) -> None:
    """Remove what runs of this project have left that were killed together with their server. None may be running."""
    for scratch in Path(tempfile.gettempdir()).glob(f"{_scratch_prefix(root)}*"):
        shutil.rmtree(scratch, ignore_errors=True)


def can_fork() -> bool:
    """Whether kernels can be forked here. macOS's frameworks do not survive it, and Windows has no fork."""
    if sys.platform != "linux":
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return True


class ForkServer:
    """The running fork server, seen from the process that started it."""

    def __init__(self, kernels: Kernels):
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "kommunebudsjett.execution.fork_server",
                    str(theirs.fileno()),
                    str(kernels.root),
                    str(kernels.scratch),
                ],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                cwd=kernels.root / "notebooks",
                env=kernels.environment,
                # Ctrl-C in the terminal is for the process that started this one, which then closes the socket.
                start_new_session=True,
            )
        self._socket = ours
        self._lines = ours.makefile("rw", encoding="utf-8", newline="\n")
        self._lock = threading.Lock()
        self._ready = False

    def fork(self, arguments: list[str], cwd: str, environment: dict[str, str]) -> "ForkedProcess":
        """A new kernel. Raises OSError where the server has ended."""
        with self._lock:
            order = {"arguments": arguments, "cwd": str(cwd), "environment": environment}
            self._lines.write(json.dumps(order) + "\n")
            self._lines.flush()
            return ForkedProcess(int(self._answer()))

    def ready(self) -> bool:
        """Whether the server forks, once it has loaded; False where it has ended."""
        if not self._ready:
            try:
                self._ready = self._answer() == "ready\n"
            except OSError:
                self.close()
        return self._ready

    def _answer(self) -> str:
        line = self._lines.readline()
        if not line:
            raise OSError("the fork server has ended")
        return line

    def close(self) -> None:
        """End the server and its kernels. One that still loads has none, and would not notice before it has loaded."""
        if not self._ready:
            self.process.kill()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
            self._lines.close()
        self._socket.close()
        self.process.wait()


class ForkedProcess:
    """A process that another one forked, with what jupyter_client asks of a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int):
        self.pid = pid
        self.returncode: int | None = None
        try:
            self._fd = os.pidfd_open(pid)
        except ProcessLookupError:
            self._fd, self.returncode = -1, 1
        else:
            # Not when the process ends: one thread may wait for that while another looks whether it has come.
            weakref.finalize(self, os.close, self._fd)

    def poll(self) -> int | None:
        """None while the process runs; then 0, its exit code being unknown."""
        if self.returncode is None and select.select([self._fd], [], [], 0)[0]:
            self.returncode = 0
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end of the process."""
        if self.returncode is None:
            if not select.select([self._fd], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("kernel", timeout)
            self.returncode = 0
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, if the process still runs."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._fd, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

"""jupyter_client's part of the kernels of `kommunebudsjett.execution.kernels`: one manager a kernel."""

import asyncio
import contextlib
import os
import subprocess
import sys
import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Any as AnyTrait
from traitlets import Type

PROVISIONER = "kommunebudsjett-fork"
# How long a kernel is waited for before it is asked once more: its answer, and what it publishes beside it. The latter
# is lost where the kernel publishes before this side listens.
ANSWER_SECONDS, PUBLISHED_SECONDS = 1.0, 0.2
# How often, and for how long, a kernel is looked at that has not made its sockets.
LOOK_SECONDS, SOCKET_SECONDS = 0.005, 10.0
# How long the end of a kernel is waited for at a time.
WAIT_SECONDS = 1.0


class KernelClient(AsyncKernelClient):
    """A client for which a kernel is ready when it has said that it is idle again after the first question.

    jupyter_client's own waits for a fifth of a second in which nothing is said, which is as long as a kernel takes to
    start.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return when the kernel answers, and what it publishes is received.

        Raises RuntimeError where it has ended, or does not answer within `timeout` seconds.
        """
        end = float("inf") if timeout is None else time.monotonic() + timeout
        while not await self._answers(self.kernel_info()):
            if not await self.is_alive():
                raise RuntimeError("the kernel ended before it was ready")
            if time.monotonic() > end:
                raise RuntimeError(f"the kernel was not ready within {timeout} seconds")

    async def _answers(self, question: str) -> bool:
        try:
            while not _is_about(await self.get_shell_msg(timeout=ANSWER_SECONDS), question):
                pass
            while True:
                said = await self.get_iopub_msg(timeout=PUBLISHED_SECONDS)
                if _is_about(said, question) and said["content"].get("execution_state") == "idle":
                    return True
        except Empty:
            return False


def _is_about(message: dict[str, Any], question: str) -> bool:
    return message["parent_header"].get("msg_id") == question


class KernelManager(AsyncKernelManager):
    """A manager whose kernel runs this Python, in the environment of its `kernels`."""

    kernels = AnyTrait()
    client_factory = Type(KernelClient)

    @property
    def kernel_spec(self) -> KernelSpec:
        metadata = {"kernel_provisioner": {"provisioner_name": PROVISIONER}} if self.kernels.server() else {}
        return KernelSpec(
            argv=[
                sys.executable,
                "-m",
                "ipykernel_launcher",
                "-f",
                "{connection_file}",
                "--log-level=CRITICAL",
                "--HistoryManager.enabled=False",
                "--IPKernelApp.extra_extensions=kommunebudsjett.execution.recorder",
            ],
            display_name="Python 3",
            language="python",
            metadata=metadata,
        )

    async def _async_start_kernel(self, **kwargs: Any) -> None:
        await super()._async_start_kernel(**kwargs, env=self.kernels.environment)
        # Who connects before there is a socket tries again after a tenth of a second. A kernel that makes none for long
        # is for the client to give up, which knows how long it may take to start.
        end = time.monotonic() + SOCKET_SECONDS
        while self.transport == "ipc" and not self._has_sockets() and time.monotonic() < end and await self.is_alive():
            await asyncio.sleep(LOOK_SECONDS)

    start_kernel = _async_start_kernel

    def _has_sockets(self) -> bool:
        return all(os.path.exists(f"{self.ip}-{port}") for port in self.ports)

    async def _async_wait(self, pollinterval: float = 0.1) -> None:
        # jupyter_client looks every `pollinterval` seconds whether the process has ended. A thread that waits for it
        # comes back from time to time: nobody could end it.
        while await self.is_alive():
            with contextlib.suppress(subprocess.TimeoutExpired):
                await asyncio.to_thread(self.provisioner.process.wait, WAIT_SECONDS)

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart)
        self.kernels.forget(self)

    cleanup_resources = _async_cleanup_resources


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel by having the server fork; what follows is as with any local kernel."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        self.process = self.parent.kernels.server().fork(cmd[2:], kwargs["cwd"], kwargs["env"])
        self.pid = self.pgid = self.process.pid
        self.cwd = kwargs["cwd"]
        return self.connection_info

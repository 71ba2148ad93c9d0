"""A process that has loaded what notebooks import, and makes each kernel by forking itself.

Run as `python -m kommunebudsjett.execution.fork_server FD ROOT SCRATCH`. It is started by exec, loads the modules,
stays single-threaded (a fork copies one thread only) and answers each line on the socket FD, a JSON object with the
kernel's `arguments`, `cwd` and `environment`, with the kernel's process id. A kernel is forked before anything of a
notebook runs, so that nothing of one notebook can reach another. When the other end of the socket closes, however that
process ended, the server and its kernels end too.
"""

import contextlib
import csv
import gc
import importlib.util
import json
import os
import select
import shutil
import signal
import socket
import string
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path

MODULES = (
    "kommunebudsjett.execution.recorder",
    # pyplot, but no backend: a backend that is loaded before the fork finds no kernel and shows no figures.
    "matplotlib.pyplot",
    "matplotlib.backends.backend_svg",
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "IPython.core.completer",
    "IPython.core.magics",
    "IPython.core.pylabtools",
)
# What some of them load where it is installed, and do without where it is not: ipykernel a debugger, pandera what makes
# up data for tests. It takes a fifth of the time to load.
UNUSED = ("debugpy", "hypothesis")


def main() -> None:
    """Load, say that the server is ready, and fork kernels until the other end is gone."""
    fd, root, scratch = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    # What is loaded stays: to look through it for garbage, again and again, takes a sixth of the time to load it.
    gc.disable()
    # As ipykernel_launcher: the folder that Python was started in is none to import from.
    if sys.path[0] in ("", os.getcwd()):
        del sys.path[0]
    from kommunebudsjett.execution import recorder

    recorder.start(root)
    from kommunebudsjett import report

    with _without(UNUSED):
        for module in MODULES:
            importlib.import_module(module)
        for name in report.__all__:
            getattr(report, name)
        _rehearse(root)
    # The code that is loaded, as it is now and not when a notebook has ended.
    recorder.notice_modules()
    if threads() != 1:
        sys.exit(f"a module that notebooks import starts threads ({threads()} run); kernels cannot be forked")
    # What is loaded is not looked at by the garbage collectors of the kernels, so its memory stays shared.
    gc.freeze()
    # Kernels that have ended leave no zombies.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    connection = socket.socket(fileno=fd)
    status = 1
    try:
        with connection.makefile("rw", encoding="utf-8", newline="\n") as lines:
            lines.write("ready\n")
            lines.flush()
            for line in lines:
                order = json.loads(line)
                pid = os.fork()
                if pid == 0:
                    become_kernel(connection, order)
                lines.write(f"{pid}\n")
                lines.flush()
        status = 0
    except (BrokenPipeError, ConnectionResetError):
        status = 0
    except Exception:
        # Whoever asked for a kernel hears only that there is none.
        traceback.print_exc()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        # Whoever closed the connection waits for the end; to take apart what is loaded would take a while.
        os._exit(status)


@contextlib.contextmanager
def _without(modules: tuple[str, ...]) -> Iterator[None]:
    """Have these modules look as if they were not installed. A notebook can import them all the same, but what has been
    loaded without them stays without.
    """
    for module in modules:
        sys.modules[module] = None
    try:
        yield
    finally:
        for module in modules:
            del sys.modules[module]


def _rehearse(root: Path) -> None:
    """Load what the first number, text, table and chart of every kernel would load: locales, templates, the rules of
    contracts, fonts and the widths of letters.

    None of it depends on what a notebook does. The clean tables are taken apart here too, and the curated ones checked;
    they are remembered by their content, so that a kernel that finds another content reads that one.
    """
    import pandas as pd
    from babel.localedata import load

    from kommunebudsjett.core.errors import UserError
    from kommunebudsjett.core.inputs import answering, parsed
    from kommunebudsjett.core.project import Project
    from kommunebudsjett.report import charts
    from kommunebudsjett.report.blocks import Block, Cell, Column, table_data
    from kommunebudsjett.report.charts.letters import size_of
    from kommunebudsjett.report.pictures import svg
    from kommunebudsjett.report.theme import WIDE
    from kommunebudsjett.report.worded import Text, rendered
    from kommunebudsjett.tables.contracts import TABLES
    from kommunebudsjett.tables.reference import LOADERS
    from kommunebudsjett.tables.storage import remembered_table
    from kommunebudsjett.tables.validation import broken

    for name in ("nb_NO", "en_GB"):
        load(name)
    with answering():  # no notebook has asked for these files
        for file in Project(root).clean.glob("*.csv"):
            # A notebook that asks for a table that cannot be read says what is wrong with it.
            with contextlib.suppress(OSError, ValueError, csv.Error):
                parsed(file.read_bytes())
        for name in TABLES:
            with contextlib.suppress(UserError):
                remembered_table(Project(root).clean, name)
        for load in LOADERS:
            with contextlib.suppress(UserError):
                load(Project(root).reference)
    areas = TABLES["areas"]
    broken(areas, pd.DataFrame({name: [] for name in areas.names}).astype(areas.dtypes))
    text = rendered(Text("nb", "text", "", "# Tittel\n\n- **{{ value }}** [se](#her)"), {"value": "1,5"})
    table = {"kind": "table", "name": "t", "note": "", **table_data("Tabell", [Column("År")], [[Cell("2026")]])}
    for content in (*text, table):
        Block(content)._repr_mimebundle_()
    # No figure of pyplot, which would choose a backend for it.
    svg(charts.lines([charts.LinePanel("Helse\nog omsorg", [(2021, 1.5), (2025, -2.0)])], "#555555", str), WIDE, "")
    for weight in ("normal", "bold"):
        size_of(string.ascii_letters + string.digits + string.punctuation + "æøåÆØÅ\u2212\u2013\u00a0 ", weight)


def threads() -> int:
    """How many threads this process has, those of libraries included."""
    return len(os.listdir("/proc/self/task"))


def become_kernel(connection: socket.socket, order: dict) -> None:
    """Turn the forked process into the kernel that a fresh one would be. Does not return."""
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        os.chdir(order["cwd"])
        os.environ.clear()
        os.environ.update(order["environment"])
        threading.Thread(target=end_with, args=(connection,), daemon=True).start()
        _reseed()
        # A kernel lives for seconds: to look for garbage as often as by default takes a tenth of them.
        gc.set_threshold(50_000, 20, 100)
        gc.enable()
        # As Matplotlib takes it from the environment when a fresh kernel imports it.
        sys.modules["matplotlib"].rcParams["backend"] = os.environ["MPLBACKEND"]
        sys.argv = [importlib.util.find_spec(order["arguments"][0]).origin, *order["arguments"][1:]]
        from ipykernel.kernelapp import launch_new_instance

        launch_new_instance(argv=order["arguments"][1:])
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    finally:
        os._exit(status)


def end_with(connection: socket.socket) -> None:
    """End this process when the other end of the connection is closed. What is sent on it is not read."""
    poll = select.poll()
    poll.register(connection, 0)
    poll.poll()
    os._exit(1)


def _reseed() -> None:
    # A fresh kernel has random numbers of its own.
    import random

    import numpy

    random.seed()
    numpy.random.seed()


if __name__ == "__main__":
    main()

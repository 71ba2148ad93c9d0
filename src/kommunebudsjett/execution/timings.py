"""What the last run took: a progress bar while it runs, and a DVC metric and plot of it afterwards."""

import json
import time
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader
from tqdm import tqdm

from kommunebudsjett.core.files import write_text
from kommunebudsjett.core.project import Project

_templates = Environment(loader=PackageLoader("kommunebudsjett.execution"), autoescape=True, trim_blocks=True)


@dataclass(frozen=True)
class Timing:
    """How long one notebook took, and whether its outputs are from the cache."""

    name: str
    seconds: float
    from_cache: bool


class Progress:
    """One bar for the run where there is a terminal, and a line for each notebook; `quiet` leaves the last one."""

    def __init__(self, notebooks: int, quiet: bool):
        self.quiet = quiet
        self.timings: list[Timing] = []
        self._started = time.perf_counter()
        # disable=None: no bar where the output is no terminal.
        self._bar = tqdm(total=notebooks, unit="notebook", leave=False, disable=True if quiet else None)

    def add(self, timing: Timing) -> None:
        """A notebook is done."""
        self.timings.append(timing)
        if not self.quiet:
            how = "from the cache" if timing.from_cache else "executed"
            self._bar.write(f"{timing.name}: {timing.seconds:.1f} s, {how}")
        self._bar.update()

    def close(self) -> None:
        """Remove the bar."""
        self._bar.close()

    def summary(self) -> dict[str, int | float]:
        """The run in numbers, as the DVC metric has them."""
        executed = [timing for timing in self.timings if not timing.from_cache]
        return {
            "notebooks": len(self.timings),
            "executed": len(executed),
            "from_cache": len(self.timings) - len(executed),
            "seconds": round(time.perf_counter() - self._started, 2),
            "slowest_seconds": round(max((timing.seconds for timing in executed), default=0.0), 2),
        }


def write_timings(project: Project, progress: Progress) -> None:
    """Write the metric and the plot. They are in build/, no stage's output, so that dvc.lock does not know them."""
    summary = progress.summary()
    write_text(project.timings / "execute.json", json.dumps(summary, indent=2) + "\n")
    slowest = sorted(progress.timings, key=lambda timing: -timing.seconds)
    longest = max((timing.seconds for timing in slowest), default=1.0) or 1.0
    svg = _templates.get_template("timings.svg.j2").render(timings=slowest, longest=longest, summary=summary)
    write_text(project.timings / "notebooks.svg", svg)
    print("{notebooks} notebooks: {executed} executed, {from_cache} from the cache, {seconds:.1f} s".format(**summary))

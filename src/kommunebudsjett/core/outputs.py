"""The folders that a stage replaces as a whole: what lies in them and is none of its files is refused, not deleted.

A folder of results can be a link to another one, and people put files into folders that look like theirs.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.files import leftovers
from kommunebudsjett.core.project import Project

# What programs leave in every folder that somebody looks into.
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints", "__pycache__"}
_PAGES = r"[^/]+\.(html|pdf)|figures/[^/]+\.(svg|png|csv)"


class Output(NamedTuple):
    """A folder, what the paths of its files look like, and a file that is in it (`*`: in each folder) if any are."""

    folder: str
    files: str
    mark: str = ""


OUTPUTS = {
    "read": [
        Output(
            "data/interim",
            r"[a-z0-9][a-z0-9-]*/([a-z_]+\.csv|text\.txt|ledger\.json|document\.pdf)",
            "*/ledger.json",
        )
    ],
    "execute": [
        Output("build/executed", r"(nb|en)/[^/]+\.ipynb"),
        # Cleared where its database is broken.
        Output("build/notebook-cache", r"global\.db.*|__version__\.txt|executed/.+"),
    ],
    "publish": [
        Output("reports/assets", r"[a-z]+\.(css|js|svg)"),
        Output("reports/data", r"[a-z_]+\.(csv|xlsx)|datapackage\.json|parquet/[a-z_]+\.parquet"),
        Output("reports/en", _PAGES),
        Output("reports/nb", _PAGES),
        Output("reports/notebooks", r"[^/]+\.ipynb"),
        Output("reports/search", r"(documents/)?((fragment|index)/)?[^/]+\.(js|json|pagefind|pf_\w+)"),
        Output("reports/sources", r"[a-z0-9][a-z0-9-]*\.(html|pdf)"),
        Output("build/quarto", ".+", "_quarto.yml"),
    ],
}


def check_outputs(project: Project, stage: str) -> None:
    """Raise UserError where a folder that `stage` replaces holds what the stage has not made. Nothing is changed."""
    for output in OUTPUTS.get(stage, []):
        folder = project.path(*output.folder.split("/"))
        foreign = sorted(_foreign(folder, output))
        if foreign:
            more = f" (and {len(foreign) - 1} more)" if len(foreign) > 1 else ""
            leads = f", which leads to {folder.resolve()}," if folder.is_symlink() else ""
            raise UserError(
                f"{output.folder}{leads} holds what the stage {stage} has not made, and would delete: "
                f"{foreign[0]}{more}",
                file=folder,
                remedy="move that elsewhere; the folder is replaced as a whole in each run",
            )


def _foreign(folder: Path, output: Output) -> Iterator[str]:
    """The paths in a folder of what the stage has not made."""
    ours = re.compile(output.files)
    left = set(leftovers(folder))
    marked: dict[str, bool] = {}
    for place, folders, names in os.walk(folder):
        here = Path(place)
        # A link to a folder is none that we made.
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = [name for name in folders if name not in {*_LITTER, *links} and here / name not in left]
        for name in [*links, *(name for name in names if name not in _LITTER)]:
            path = here / name
            shown = path.relative_to(folder).as_posix()
            mark = output.mark.replace("*", shown.partition("/")[0])
            if mark not in marked:
                marked[mark] = (folder / mark).exists()
            if path not in left and (path.is_symlink() or not marked[mark] or not ours.fullmatch(shown)):
                yield shown

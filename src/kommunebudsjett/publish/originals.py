"""The files of documents as the site offers them beside their text."""

import shutil
import zipfile
from pathlib import Path

# A browser would run what is in such a file, as if it were a page of the site: it is offered packed.
_RUN = (".htm", ".html", ".mht", ".mhtml", ".xhtml", ".fodt", ".xml", ".svg")
# The first date that a ZIP can have: the same file gives the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)


def offered(file: Path, document: str) -> str:
    """The name under which the file of a document is offered."""
    return f"{document}.zip" if file.suffix in _RUN else f"{document}{file.suffix}"


def offer(file: Path, name: str, target: Path) -> None:
    """Put the file of a document, which its publisher calls `name`, into the site as `target`."""
    if file.suffix not in _RUN:
        shutil.copyfile(file, target)
        return
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo(name, _DATE), file.read_bytes(), zipfile.ZIP_DEFLATED)

"""A folder of web pages as one file, which a registry can name and a repository can keep."""

import io
import zipfile
from pathlib import Path

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.forms.html import is_page
from kommunebudsjett.forms.limits import MOST_BYTES, MOST_MEMBERS

# The first date that a ZIP can have: the same pages give the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)


def pack(folder: Path) -> bytes:
    """The web pages of a folder and of those in it, as a ZIP.

    Raises UserError where there is none, and where they are more than any publication has.
    """
    remedy = "name the folder of the pages (.html) of one publication"
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and is_page(str(file.relative_to(folder)))]
    if not files:
        raise UserError("the folder holds no web page", file=folder, remedy=remedy)
    if len(files) > MOST_MEMBERS or sum(file.stat().st_size for file in files) > MOST_BYTES:
        raise UserError("the folder holds more pages than any publication", file=folder, remedy=remedy)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for file in files:
            about = zipfile.ZipInfo(file.relative_to(folder).as_posix(), _DATE)
            package.writestr(about, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()

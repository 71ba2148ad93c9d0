"""Which form a file has: its bytes and its name in, the form and who extracts it out.

The content decides. The suffix is checked against it, so that a file under a wrong name is refused and not guessed at;
it alone tells CSV from other text, which look alike.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from kommunebudsjett.core.encodings import UTF_16, zeros_of
from kommunebudsjett.core.texts import Text
from kommunebudsjett.forms.content import Content
from kommunebudsjett.forms.limits import MOST_MEMBERS
from kommunebudsjett.forms.problem import ProblemError

# Text that needs no marks is written as it is: its lines are those of the file.
Extractor = Callable[[Path], Content | Text]


class Kind(NamedTuple):
    """A form of documents: what people call it, its suffixes, and the module whose `extract` makes content of a file.

    `in_child` is false where the file is plain text, that no library unpacks.
    """

    called: str
    suffixes: tuple[str, ...]
    module: str
    in_child: bool = True


KINDS = {
    "pdf": Kind("PDF", (".pdf",), "kommunebudsjett.pdf.extraction"),
    "html": Kind("web page", (".html", ".htm", ".xhtml", ".mhtml", ".mht"), "kommunebudsjett.forms.html"),
    "pages": Kind("ZIP of web pages", (".zip",), "kommunebudsjett.forms.html"),
    "docx": Kind("Word document", (".docx", ".docm", ".dotx"), "kommunebudsjett.forms.word"),
    "odt": Kind("ODT document", (".odt", ".fodt", ".ott"), "kommunebudsjett.forms.odt"),
    "xlsx": Kind("Excel workbook", (".xlsx", ".xlsm"), "kommunebudsjett.forms.sheets"),
    "ods": Kind("ODS workbook", (".ods", ".fods"), "kommunebudsjett.forms.sheets"),
    "csv": Kind("CSV file", (".csv", ".tsv"), "kommunebudsjett.forms.csv_file", in_child=False),
    "text": Kind("text", (".txt", ".md"), "kommunebudsjett.forms.plain", in_child=False),
}
NAMES = "a web page, PDF, Word, ODT, Excel, ODS, CSV or text file"

_AGAIN = "download it again, or open it in the program that made it and save it again"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_MHTML = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*Content-Type:\s*multipart/related", re.I)
# Programs that the file must be opened in, by what old or other forms begin with.
_OTHERS = {
    b"{\\rtf": ("an RTF file", "open it in Word or LibreOffice and save it as .docx or PDF"),
    b"\x89PNG": ("a picture", "use the document itself; text cannot be read from a picture"),
    b"\xff\xd8\xff": ("a picture", "use the document itself; text cannot be read from a picture"),
    b"7z\xbc\xaf": ("a 7z archive", "unpack it, and pack the pages as ZIP"),
    b"Rar!": ("a RAR archive", "unpack it, and pack the pages as ZIP"),
    b"\x1f\x8b": ("a gzip archive", "unpack it, and use the file in it"),
}
_OLD_OFFICE = {
    ".doc": ("an old Word file", "open it in Word and save it as .docx or PDF"),
    ".dot": ("an old Word file", "open it in Word and save it as .docx or PDF"),
    ".xls": ("an old Excel file", "open it in Excel and save it as .xlsx"),
    ".ppt": ("an old PowerPoint file", "open it in PowerPoint and save it as PDF"),
}
_PROTECTED = ("protected with a password", "open it with the password, remove the protection, and save it again")
_ODF = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.text-template": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}


def kind_of(name: str, content: bytes) -> str:
    """The key in KINDS of a file, by its bytes and its name.

    Raises ProblemError where it has a form that is not read, where the suffix says another form than the content, and
    where nothing tells.
    """
    suffix = Path(name).suffix.casefold()
    found = _by_content(suffix, content)
    said = next((kind for kind, about in KINDS.items() if suffix in about.suffixes), "")
    if not said:
        raise ProblemError(
            f"no document has the suffix {suffix or 'that is missing'}: it holds {_a(found)}",
            f"name it {Path(name).stem}{KINDS[found].suffixes[0]}",
        )
    if found == "text" and said not in ("text", "csv"):
        raise ProblemError(
            f"the file is named {suffix} and is no {KINDS[said].called}",
            f"use the {KINDS[said].called} that was meant; where it is text, name it {Path(name).stem}.txt",
        )
    if said != found and not (said == "csv" and found == "text"):
        raise ProblemError(
            f"the file is named {suffix} and is {_a(found)}",
            f"name it {Path(name).stem}{KINDS[found].suffixes[0]}, or use the {KINDS[said].called} that was meant",
        )
    return said


def _a(kind: str) -> str:
    called = KINDS[kind].called
    return called if kind == "text" else f"an {called}" if called[0] in "OE" else f"a {called}"


def _by_content(suffix: str, content: bytes) -> str:
    """What the bytes are; text where nothing else fits. Raises ProblemError for a form that is not read."""
    for begins, (called, remedy) in _OTHERS.items():
        if content.startswith(begins):
            raise ProblemError(f"the file is {called}, which is not read", remedy)
    if content.startswith(_OLE):
        return _of_ole(suffix, content)
    # Some programs write something before the header; readers of PDF look for it in the first kilobyte.
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _of_zip(suffix, content)
    return _of_text(suffix, content)


def _of_ole(suffix: str, content: bytes) -> str:
    """Raise ProblemError: the container of old Office files, and of protected new ones."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise ProblemError(f"the file is {_PROTECTED[0]}", _PROTECTED[1])
    called, remedy = _OLD_OFFICE.get(suffix, ("an old Office file", "open it in Office and save it as .docx or .xlsx"))
    raise ProblemError(f"the file is {called}, which is not read", remedy)


def _of_zip(suffix: str, content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = set(package.namelist())
            mimetype = package.open("mimetype").read(200).decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        raise ProblemError("the file is damaged or cut off", _AGAIN) from None
    if len(names) > MOST_MEMBERS:
        raise ProblemError(f"the package holds {len(names)} files; {MOST_MEMBERS} are allowed", "pack the pages alone")
    if mimetype.strip() in _ODF:
        return _ODF[mimetype.strip()]
    for part, kind in (("word/", "docx"), ("xl/", "xlsx")):
        if any(name.startswith(part) for name in names) and "[Content_Types].xml" in names:
            return kind
    if any(name.startswith("ppt/") for name in names):
        raise ProblemError("the file is a presentation, which is not read", "open it in PowerPoint and save it as PDF")
    if any(name.startswith("Index/") or name.endswith(".iwa") for name in names) or suffix in (".pages", ".numbers"):
        raise ProblemError(
            "the file is of Apple Pages or Numbers, which is not read", "open it there and export it as Word or Excel"
        )
    if any(name.casefold().endswith((".html", ".htm", ".xhtml")) for name in names):
        return "pages"
    raise ProblemError("the ZIP holds no web page", "pack the pages of one publication (.html), or name one document")


def _of_text(suffix: str, content: bytes) -> str:
    beginning = content[:4096].removeprefix(b"\xef\xbb\xbf")
    utf_16 = UTF_16.get(content[:2]) or zeros_of(beginning)
    if utf_16:
        beginning = content[:8192].decode(utf_16, "replace").removeprefix("\ufeff").encode()
    if _MHTML.match(beginning.replace(b"\r\n", b"\n")) or _HTML.match(beginning):
        return "html"
    if b"office:mimetype" in beginning or b"opendocument" in beginning:
        return "ods" if b"opendocument.spreadsheet" in beginning else "odt"
    # A part of a page, without what a page begins with.
    if suffix in KINDS["html"].suffixes and re.search(rb"<(?:p|div|table|h[1-6]|title|meta)\b", content[:65536], re.I):
        return "html"
    return "text"


def extractor(kind: str) -> Extractor:
    """The function that makes content of a file of this kind."""
    extract: Extractor = import_module(KINDS[kind].module).extract
    return extract

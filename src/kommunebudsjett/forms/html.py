"""A web page as a browser saves it, or several pages in a ZIP, in; their content out."""

import codecs
import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin

from selectolax.lexbor import LexborHTMLParser

from kommunebudsjett.core.encodings import UTF_16, nearly_utf_8, zeros_of
from kommunebudsjett.forms.content import Block, Content
from kommunebudsjett.forms.packages import opened
from kommunebudsjett.forms.page import Page
from kommunebudsjett.forms.problem import ProblemError

_SUFFIXES = (".html", ".htm", ".xhtml")
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_XML_ENCODING = re.compile(rb"\s*<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)", re.I)
_LATIN_1 = ("iso-8859-1", "latin1", "us-ascii")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_MOST_PAGES = 1_000
# The folder that a browser puts beside a page, for its pictures and frames.
_BESIDE = re.compile(r"_(?:files|filer)$|^__MACOSX$|\.resources$")


class _File(NamedTuple):
    name: str
    html: str
    remark: str


def extract(path: Path) -> Content:
    """The content of a page, or of the pages in a ZIP. Raises ProblemError where it cannot be read."""
    if path.suffix.casefold() == ".zip":
        return _of_pages(path)
    content = path.read_bytes()
    if path.suffix.casefold() in (".mhtml", ".mht"):
        html, sheets, remarks = _from_mhtml(content)
    else:
        html, remark = decoded(content)
        sheets, remarks = [], [remark] if remark else []
    page = Page(html, sheets)
    return Content(*page.finished(), tuple([*remarks, *page.remarks]))


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a page, and what was assumed of its encoding: what its bytes show goes before what it states."""
    utf_16 = UTF_16.get(content[:2]) or zeros_of(content)
    if utf_16:
        return content.decode(utf_16, "replace").removeprefix("\ufeff"), ""
    content = content.removeprefix(codecs.BOM_UTF8)
    stated = _CHARSET.search(content[:16384]) or _XML_ENCODING.match(content)
    encoding = stated[1].decode("ascii").casefold() if stated else ""
    try:
        text = content.decode("utf-8")
        true = text.isascii() or encoding in ("", "utf-8", "utf8")
        return text, "" if true else f"read as UTF-8: it is not {encoding}, as it says"
    except UnicodeDecodeError:
        return nearly_utf_8(content) or _as_stated(content, encoding)


def _as_stated(content: bytes, encoding: str) -> tuple[str, str]:
    """The text of a page that is not UTF-8, in the encoding that it states; else as Windows-1252, and why."""
    try:
        if encoding and not encoding.startswith("utf-16"):
            # As browsers do: what is called Latin 1 on the web is Windows-1252; a page that can be asked is not UTF-16.
            return content.decode("cp1252" if encoding in _LATIN_1 else encoding), ""
    except (LookupError, UnicodeDecodeError):
        pass
    said = f"it is not {encoding}, as it says" if encoding else "it states no encoding, and is not UTF-8"
    return content.decode("cp1252", "replace"), f"read as Windows-1252: {said}"


def _from_mhtml(content: bytes) -> tuple[str, list[str], list[str]]:
    """The page of an MHTML file and its style sheets: a message whose first part of HTML is the page."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    pages: list[tuple[str, str]] = []
    sheets: list[str] = []
    for part in message.walk():
        if not isinstance(part, EmailMessage) or part.is_multipart():
            continue
        kind = part.get_content_type()
        if kind in ("text/html", "application/xhtml+xml") and not pages:
            payload = part.get_payload(decode=True)
            pages.append(decoded(payload if isinstance(payload, bytes) else b""))
        elif kind == "text/css":
            payload = part.get_payload(decode=True)
            sheets.append((payload if isinstance(payload, bytes) else b"").decode("utf-8", "replace"))
    if not pages or not pages[0][0].strip():
        raise ProblemError("the MHTML file holds no page", "save the page as HTML, or print it to PDF")
    html, remark = pages[0]
    return html, sheets, [remark] if remark else []


# Several pages


def _of_pages(path: Path) -> Content:
    files = list(_packed(path))
    if not files:
        raise ProblemError("it holds no web page", "put the pages (.html) of one publication into it")
    files, remark = _in_order(files)
    blocks: list[Block] = []
    left_out: list[tuple[int, str, str]] = []
    remarks = [remark]
    for file in files:
        page = Page(file.html)
        found, left = page.finished(file.name)
        left_out += [(len(blocks) + index, raw, f"{reason} ({file.name})") for index, raw, reason in left]
        blocks += found
        remarks += [f"{file.name}: {said}" for said in (file.remark, *page.remarks) if said]
    return Content(blocks, left_out, tuple(remarks))


def is_page(name: str) -> bool:
    """Whether a file in a package or a folder is a page of the publication, by its name and that of its folder."""
    *folders, file = PurePosixPath(name).parts or ("",)
    return file.casefold().endswith(_SUFFIXES) and not file.startswith(".") and not any(map(_BESIDE.search, folders))


def _packed(path: Path) -> Iterator[_File]:
    with opened(path) as package:
        names = [name for name in package.names if is_page(name)]
        if len(names) > _MOST_PAGES:
            raise ProblemError(f"the ZIP holds {len(names)} pages; {_MOST_PAGES} are allowed", "pack one publication")
        top = _common_folder(names)
        for name in names:
            yield _File(name.removeprefix(top), *decoded(package.read(name)))


def _common_folder(names: list[str]) -> str:
    """The folder that all pages lie in, with a slash; "" where there is none."""
    first = {name.partition("/")[0] for name in names}
    return f"{first.pop()}/" if len(first) == 1 and all("/" in name for name in names) else ""


def _in_order(files: list[_File]) -> tuple[list[_File], str]:
    """The pages in reading order, and which that is: that of the links of a page that links to most of the others."""
    natural = sorted(files, key=lambda file: [_natural(part) for part in PurePosixPath(file.name).parts])
    if len(natural) < 2:
        return natural, "one page is in it"
    known = _addresses(natural)
    links = {file.name: _links(file, known) for file in natural}
    index = max(natural, key=lambda file: (len(links[file.name]), _is_index(file.name)))
    if 2 * len(links[index.name]) < len(natural) - 1:
        return natural, f"the pages are in the order of their names: {_named(natural)}"
    after = [index.name, *links[index.name]]
    by_name = {file.name: file for file in natural}
    ordered = [by_name[name] for name in after] + [file for file in natural if file.name not in after]
    return ordered, f"the pages are in the order of the links in {index.name}: {_named(ordered)}"


def _natural(name: str) -> list[tuple[int, int, str]]:
    """What to sort a name by, so that `side10` comes after `side2`."""
    parts = re.split(r"(\d+)", name.casefold())
    return [(0, int(part[:18]), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


def _is_index(name: str) -> bool:
    return PurePosixPath(name).stem.casefold() in ("index", "default", "forside", "innhold", "start")


def _named(files: list[_File]) -> str:
    return ", ".join(file.name for file in files)


def _addresses(files: list[_File]) -> dict[str, str]:
    """The names of the pages by the addresses that links to them have: in the package, and where they were saved."""
    known = {}
    for file in files:
        known[file.name] = file.name
        head = file.html[:200_000]
        saved = _SAVED_FROM.search(head)
        if saved:
            known[_plain(saved[1])] = file.name
        for node in LexborHTMLParser(head).css("link[rel=canonical], meta[property='og:url']"):
            address = node.attributes.get("href") or node.attributes.get("content")
            if address:
                known.setdefault(_plain(address), file.name)
    return known


def _plain(address: str) -> str:
    return unquote(urldefrag(address)[0]).rstrip("/")


def _links(file: _File, known: dict[str, str]) -> list[str]:
    """The other pages that a page links to, in the order of its links."""
    own = next((address for address, name in known.items() if name == file.name and "://" in address), "")
    found: dict[str, None] = {}
    for node in LexborHTMLParser(file.html).css("a[href]"):
        address = node.attributes.get("href") or ""
        try:
            targets = [_plain(urljoin(file.name, address)), _plain(urljoin(own, address))]
        except ValueError:
            continue
        name = next((known[target] for target in targets if target in known), "")
        if name and name != file.name:
            found.setdefault(name)
    return list(found)

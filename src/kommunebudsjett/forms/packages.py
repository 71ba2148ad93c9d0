"""Packages (ZIP) of XML or web pages, unpacked within bounds; and XML, parsed without entities and within bounds.

Nothing is written to disk, and no name in a package is used as a path.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree as ET

from kommunebudsjett.forms.limits import (
    MOST_DEPTH,
    MOST_MEMBERS,
    MOST_RATIO,
    MOST_UNPACKED,
    MOST_UNPACKED_FILE,
    RATIO_MATTERS_ABOVE,
)
from kommunebudsjett.forms.problem import ProblemError

SAVE_AGAIN = "download it again, or open it in the program that made it and save it again"
_NO_BUDGET = "no budget document is so; open it in the program that made it, and save it as PDF"


class Package:
    """The files of a ZIP, each read whole and within bounds."""

    def __init__(self, package: zipfile.ZipFile):
        self._package = package
        self._members = {member.filename: member for member in package.infolist() if not member.is_dir()}

    @property
    def names(self) -> list[str]:
        """The names of the files, in the order of the package."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a file. Raises ProblemError where it is missing, damaged or protected."""
        try:
            with self._package.open(self._members[name]) as file:
                # What the directory of the package says of the size may be a lie.
                content = file.read(MOST_UNPACKED_FILE + 1)
        except KeyError:
            raise ProblemError(f"the file is damaged: it lacks {name}", SAVE_AGAIN) from None
        except NotImplementedError:
            raise ProblemError("the file is packed in a way that is not read", SAVE_AGAIN) from None
        except RuntimeError:
            raise ProblemError("the file is protected with a password", "remove the protection and save it") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
            raise ProblemError("the file is damaged or cut off", SAVE_AGAIN) from None
        if len(content) > MOST_UNPACKED_FILE:
            raise ProblemError(f"{name} in the file unpacks to more than {MOST_UNPACKED_FILE >> 20} MB", _NO_BUDGET)
        return content

    def xml(self, name: str) -> ET.Element:
        """The root of an XML file. Raises ProblemError as `read` and `parse_xml` do."""
        return parse_xml(self.read(name), name)


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """The package at a path. Raises ProblemError where it is damaged, or unpacks to more than any document does."""
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError):
        raise ProblemError("the file is damaged or cut off", SAVE_AGAIN) from None
    with package:
        _check(package)
        yield Package(package)


def check_package(path: Path) -> None:
    """Raise ProblemError as `opened` does: for a library that unpacks by itself."""
    with opened(path):
        pass


def _check(package: zipfile.ZipFile) -> None:
    members = package.infolist()
    if len(members) > MOST_MEMBERS:
        raise ProblemError(f"the file packs {len(members)} files; {MOST_MEMBERS} are allowed", _NO_BUDGET)
    if any(member.flag_bits & 1 for member in members):
        raise ProblemError(
            "the file is protected with a password", "open it with the password, remove the protection, and save it"
        )
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED:
        raise ProblemError(f"the file unpacks to more than {MOST_UNPACKED >> 20} MB", _NO_BUDGET)
    for member in members:
        swells = member.file_size > MOST_RATIO * max(1, member.compress_size)
        if swells and member.file_size > RATIO_MATTERS_ABOVE:
            raise ProblemError(
                f"{member.filename} in the file unpacks to more than {MOST_RATIO} times its size", _NO_BUDGET
            )


def parse_xml(content: bytes, name: str) -> ET.Element:
    """The root of an XML document.

    Raises ProblemError where it is not well formed, declares a document type (and with it entities, which could be
    bombs or ask for other files), or is nested deeper than any document.
    """
    builder = _Bounded(name)
    parser = ET.XMLParser(target=builder)
    try:
        parser.feed(content)
        return parser.close()
    except ET.ParseError as error:
        line = error.position[0]
        raise ProblemError(f"{name} in the file is damaged (line {line})", SAVE_AGAIN) from None
    except (LookupError, ValueError):
        raise ProblemError(f"{name} in the file has an encoding that is not known", SAVE_AGAIN) from None


class _Bounded(ET.TreeBuilder):
    def __init__(self, name: str):
        super().__init__()
        self._name = name
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise ProblemError(f"{self._name} has more than {MOST_DEPTH} elements in each other", _NO_BUDGET)
        return super().start(tag, attrs)

    def end(self, tag: str) -> ET.Element:
        self._depth -= 1
        return super().end(tag)

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Called where a document type is declared, before any entity of it is used."""
        raise ProblemError(f"{self._name} declares a document type, which no office program writes", SAVE_AGAIN)

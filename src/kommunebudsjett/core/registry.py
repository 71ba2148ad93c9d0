"""documents.yml in, `Document`s out: which documents there are, what is known of each, and their text."""

import datetime
import re
import stat
import unicodedata
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictStr,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)

from kommunebudsjett.core.config import line_in, load_yaml
from kommunebudsjett.core.encodings import decode
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.files import is_reserved

_WEB = re.compile(r"https?://\w(?:[\w.-]*\w)?(?::\d+)?(?:[/?#][^\s\x00-\x1f\x7f\"<>\\^`{|}]*)?", re.IGNORECASE)
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
# Many times as much as any document known: beyond these a file is something else, and reading it would take hours.
MOST_BYTES = 4 * 2**20
MOST_LINES = 100_000
LONGEST_LINE = 20_000

# The families of what a municipality itself publishes: their amounts are levels.
MUNICIPAL = ("annual_report", "municipal_budget")
# What a document says of a municipality's money: a proposal changes somebody's budget, a budget is the municipality's
# own, proposed or adopted, and a report has the accounts.
Role = Literal["proposal", "budget", "report"]
# The role of a family, by how the name of the family begins; a family with another name says it with `role`.
DEFAULT_ROLES: dict[str, Role] = {"party_": "proposal", "municipal_budget": "budget", "annual_report": "report"}
# Units of money that a person may state where a document does not.
MoneyUnit = Literal["mnok", "tnok", "nok"]
Year = Annotated[int, Field(ge=1900, le=2200)]


def default_role(family: str) -> Role | Literal[""]:
    """The role that the documents of a family have where their entries say nothing else; empty where there is none."""
    return next((role for beginning, role in DEFAULT_ROLES.items() if family.startswith(beginning)), "")


class Document(BaseModel):
    """A registered document. What is not known of it is empty."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[
        Identifier, Field(description="short name that all tables use: lower case letters, digits and hyphens")
    ]
    file: Annotated[str, Field(pattern=r"^[^/\\]+$", description="its file in `data/raw`, as published")]
    title: Annotated[Text, Field(description="its title, as published")]
    publisher: Annotated[Text, Field(description="who published it, as a sentence names them")]
    family: Annotated[
        Text, Field(description="how it is printed, which decides the reader ([families](howto.md#read-a-new-family))")
    ]
    role: Annotated[
        Role | Literal[""],
        Field(
            description="what it says: `proposal` (changes to somebody's budget), `budget` (the municipality's own, "
            "proposed or adopted) or `report` (accounts); left out, it is that of its family",
            validate_default=True,
        ),
    ] = ""
    municipality: Annotated[Text, Field(description="the municipality that it is about")]
    budget_year: Annotated[Year, Field(description="the (first) year that its amounts are for")]
    period_from: Annotated[Year, Field(description="the first year of its plan")]
    period_to: Annotated[Year, Field(description="the last year of its plan")]
    baseline: Annotated[
        str, Field(description="whose proposal its amounts are changes against; without one they are levels")
    ] = ""
    unit: Annotated[
        MoneyUnit | Literal[""],
        Field(
            description="the unit of its amounts where its own words do not give one: `mnok`, `tnok` (1000 kroner) or "
            "`nok`; a person states it, and pages say so"
        ),
    ] = ""
    units: Annotated[
        dict[StrictStr, MoneyUnit],
        Field(description='the same for single tables, by the number or name that `check` shows: `{"1.1.3": mnok}`'),
    ] = {}
    signs: Annotated[
        Literal["spending-positive", "savings-positive", ""],
        Field(
            description="what a plus means where nothing in a party budget says whether an amount is spent or saved: "
            "`spending-positive` or `savings-positive`; a person states it"
        ),
    ] = ""
    url: Annotated[str, Field(description="where it was published, an address of http or https")] = ""
    published: Annotated[datetime.date | None, Field(description="when it was published, as `2025-11-05`")] = None
    licence: Annotated[str, Field(description="what its publisher lets others do with it")] = ""

    @field_validator("url")
    @classmethod
    def _is_of_the_web(cls, url: str) -> str:
        # Pages link to it: `javascript:` would run in the browser of whoever reads them.
        if url and not _WEB.fullmatch(url):
            raise ValueError(
                "an address begins with http:// or https:// and a host, and has neither spaces nor quotation marks"
            )
        return url

    @field_validator("id", "file")
    @classmethod
    def _is_a_name_everywhere(cls, name: str) -> str:
        if is_reserved(name):
            raise ValueError("Windows can have no file of that name; use another one")
        return name

    @field_validator("role")
    @classmethod
    def _that_of_its_family(cls, role: Role | Literal[""], entry: ValidationInfo) -> Role | Literal[""]:
        return role or default_role(entry.data.get("family", ""))

    @model_validator(mode="after")
    def _period_runs_forward(self) -> "Document":
        if not self.period_from <= self.budget_year <= self.period_to:
            raise ValueError("budget_year must lie in the period that period_from and period_to give")
        return self

    @property
    def stated_units(self) -> str:
        """The units that a person states, in words: `tnok; 1.1.3: mnok`."""
        return "; ".join([*filter(None, [self.unit]), *(f"{table}: {unit}" for table, unit in self.units.items())])

    @property
    def years(self) -> range:
        """The years of the plan, first to last."""
        return range(self.period_from, self.period_to + 1)


def load_registry(path: Path, families: set[str]) -> list[Document]:
    """The documents of documents.yml, in its order.

    `families` are those that there is a reader for. Raises UserError for an entry with a wrong or unknown key, a
    duplicate id or file, a family that nobody knows, or a document without a role, naming the line.
    """
    documents = load_yaml(path, list[Document])
    if not documents:
        raise UserError("no document is registered", file=path, remedy="add an entry for each document")
    for field in ("id", "file"):
        seen: set[str] = set()
        for index, document in enumerate(documents):
            value = getattr(document, field)
            if value in seen:
                raise UserError(
                    f"the {field} {value} is used twice",
                    file=path,
                    line=line_in(path, (index, field)),
                    remedy=f"give each document {'an' if field == 'id' else 'a'} {field} of its own",
                )
            seen.add(value)
    for index, document in enumerate(documents):
        if document.family not in families:
            raise UserError(
                f"no reader knows the family {document.family} (document {document.id})",
                file=path,
                line=line_in(path, (index, "family")),
                remedy=f"use one of {', '.join(sorted(families))}, or write a reader for the new family",
            )
        if not document.role:
            raise UserError(
                f"nothing says what {document.id} is: the family {document.family} has no role of its own",
                file=path,
                line=line_in(path, (index, "role" if "role" in document.model_fields_set else "family")),
                remedy="add role: proposal, budget or report",
            )
    return documents


def read_lines(path: Path) -> list[str]:
    """The lines of a document, as `read_text` finds them."""
    return read_text(path)[0]


def read_text(path: Path) -> tuple[list[str], str]:
    """The lines of a document, without line ends, the first being line 1; and what was assumed of its encoding.

    Letters with marks come composed (NFC), however the file writes them, and a carriage return within a line as a
    space; where no line ends otherwise, it ends lines. Raises UserError where the file is missing, empty, binary, in no
    encoding that is known, or larger than any document is.
    """
    remedy = "put the document, as UTF-8 text, in data/raw under the name that documents.yml gives"
    content = read_content(path)
    if not content.strip():
        raise UserError("the document is empty", file=path, remedy=remedy)
    text, assumed = decode(content, path)
    # Only \n and \r\n end a line, as in an editor: str.splitlines would also break at form feeds.
    # A text without any of them is one of an old Mac, whose lines returns end.
    text = text if "\n" in text else text.replace("\r", "\n")
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", " ")
    lines = text.removesuffix("\n").split("\n")
    if len(lines) > MOST_LINES:
        raise UserError(
            f"the document has {len(lines)} lines, and at most {MOST_LINES} are read", file=path, remedy=remedy
        )
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise UserError(
                f"the line has {len(line)} characters, and at most {LONGEST_LINE} are read",
                file=path,
                line=number,
                remedy="break the text into lines as the document prints them",
            )
    return lines, assumed


def read_content(path: Path) -> bytes:
    """The bytes of a document. Raises UserError where the file is missing, no file, or larger than any document is."""
    remedy = "put the document, as UTF-8 text, in data/raw under the name that documents.yml gives"
    try:
        # Looked at before it is opened: a pipe would wait for ever, a device would never end.
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise UserError("the registered document is no file", file=path, remedy=remedy)
        if about.st_size > MOST_BYTES:
            raise UserError(
                f"the document has {about.st_size} bytes, and at most {MOST_BYTES} are read", file=path, remedy=remedy
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError("the registered document is missing", file=path, remedy=remedy) from None
    except OSError as error:
        raise UserError(f"the document cannot be opened ({error.strerror})", file=path, remedy=remedy) from None

"""An executed notebook in, the pieces of a report out: title, headings and blocks in one language."""

import html
import re
from dataclasses import dataclass
from functools import partial

from nbformat import NotebookNode

from kommunebudsjett.errors import UserError
from kommunebudsjett.params import Language
from kommunebudsjett.report.blocks import MIME, inline, unlinked

_TITLE = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)
_HEADING = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
LANGUAGES = ("nb", "en")


@dataclass(frozen=True)
class Content:
    """A report: its name, language and title, the (id, text) of its headings, and its blocks in order."""

    name: str
    lang: Language
    title: str
    headings: list[tuple[str, str]]
    blocks: list[dict]


def content(notebook: NotebookNode) -> Content:
    """What a notebook executed by this project shows.

    Markdown cells tagged with another language are left out. Raises UserError where a cell shows something that is
    not a block of `kommunebudsjett.report` (it would have no caption, no alternative text and no data), or where the
    title is missing.
    """
    about = notebook.metadata["kommunebudsjett"]
    lang, file = about["parameters"]["lang"], f"notebooks/{about['notebook']}.ipynb"
    blocks = []
    for index, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "markdown":
            languages = [tag for tag in cell.metadata.get("tags", []) if tag in LANGUAGES]
            if not languages or lang in languages:
                blocks.append({"kind": "text", **inline(cell.source, {})})
        elif cell.cell_type == "code":
            for output in cell.outputs:
                if output.output_type == "stream":
                    continue
                if MIME not in output.get("data", {}):
                    raise UserError(
                        f"cell {index} shows something that is not a figure, table or text of kommunebudsjett.report",
                        file=file,
                        remedy="show it with figure(), table() or say(), which ask for what readers need",
                    )
                blocks.append(dict(output.data[MIME]))
    return _with_headings(about["name"], lang, blocks, file)


def _with_headings(name: str, lang: Language, blocks: list[dict], file: str) -> Content:
    title = ""
    headings: list[tuple[str, str]] = []

    def take_title(block: dict, match: re.Match) -> str:
        nonlocal title
        if title:
            raise UserError("the notebook has two titles", file=file, remedy="use # once, ## below")
        title = plain(unlinked(block, match[1]))
        return ""

    def take_heading(block: dict, match: re.Match) -> str:
        address = f"{len(headings) + 1}-{slug(plain(unlinked(block, match[1])))}"
        headings.append((address, plain(unlinked(block, match[1]))))
        return f'<h2 id="{address}">{match[1]}</h2>'

    for block in blocks:
        if block["kind"] == "text":
            block["html"] = _TITLE.sub(partial(take_title, block), block["html"])
            block["html"] = _HEADING.sub(partial(take_heading, block), block["html"])
    if not title:
        raise UserError(
            f"the notebook has no title in {lang}",
            file=file,
            remedy="begin it with # Title",
        )
    return Content(name, lang, title, headings, blocks)


def plain(fragment: str) -> str:
    """The text of a piece of HTML."""
    return html.unescape(_TAG.sub("", fragment)).strip()


def slug(text: str) -> str:
    """A heading as an address: lower case letters, digits and hyphens."""
    folded = text.lower().translate(str.maketrans({"æ": "ae", "ø": "o", "å": "a"}))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")

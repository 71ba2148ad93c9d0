"""An executed notebook in, the pieces of a report out: title, headings and blocks in one language."""

import html
import json
import re
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import Language
from kommunebudsjett.execution.texts import called, check_markdown
from kommunebudsjett.report.blocks import MIME, unlinked

_TAG = re.compile(r"<[^>]+>")
# An apostrophe within a word, as text or as it stands in HTML. Those behind a plural are too like a closing mark, which
# pictures have around the names of fonts.
_APOSTROPHE = re.compile(r"(?<=\w)(?:'|&#39;)(?=\w)")
LANGUAGES = ("nb", "en")
# What the page itself has.
RESERVED = ("main", "contents", "notes")


@dataclass(frozen=True)
class Content:
    """A report: its name, language and title, the (id, text) of its headings, and its blocks in order.

    `notebook` is the one that it was made by, `parameters` what that was run with, and `run` the name under which it
    was executed: a notebook can have several pages.
    """

    name: str
    lang: Language
    title: str
    headings: list[tuple[str, str]]
    blocks: list[dict]
    notebook: str
    parameters: dict
    run: str


def executed(file: Path) -> NotebookNode:
    """A notebook that this project has executed, as `content` takes it.

    It is not checked against the format, which takes longer than to lay out a short report: our engine has written it.
    """
    return nbformat.v4.reads(file.read_text(encoding="utf-8"))


def content(notebook: NotebookNode) -> Content:
    """What a notebook executed by this project shows on its first page; see `pages`."""
    return pages(notebook)[0]


def pages(notebook: NotebookNode) -> list[Content]:
    """What a notebook executed by this project shows, a page each: another begins with a text of the kind `page`.

    Raises UserError for a Markdown cell, which would be missing, where a cell shows something that is not a block of
    `kommunebudsjett.report` (it would have no caption, no alternative text and no data) or prints, where two blocks of
    a page have one name, or where its title is missing.
    """
    about = notebook["metadata"]["kommunebudsjett"]
    lang, file = about["parameters"]["lang"], f"notebooks/{about['notebook']}.ipynb"
    check_markdown(notebook, file)
    blocks = []
    for index, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            blocks += _shown(notebook, index, file)
    if lang == "en":
        blocks = _curled(blocks)
    parts: list[tuple[str, list[dict]]] = [(about["name"], [])]
    for block in blocks:
        if block.get("page"):
            parts.append((block["page"], []))
        parts[-1][1].append(block)
    found = []
    for name, part in parts:
        title, headings = _address(part, lang, file)
        run, parameters = about["name"], dict(about["parameters"])
        found.append(Content(name, lang, title, headings, part, about["notebook"], parameters, run))
    return found


def _shown(notebook: NotebookNode, index: int, file: str) -> list[dict]:
    """What a code cell shows. Raises UserError where a page cannot show it."""
    blocks = []
    for output in notebook["cells"][index]["outputs"]:
        if output["output_type"] == "stream":
            # Warnings are for whoever runs the notebook.
            if output["name"] == "stdout":
                raise UserError(
                    f"{called(notebook, index)} prints what no page shows: {output['text'].strip()[:80]!r}",
                    file=file,
                    remedy="show it with figure(), table() or a text (%%nb and %%en), or remove the print",
                )
        elif MIME in output.get("data", {}):
            blocks.append(json.loads(output["data"][MIME]))
        else:
            raise UserError(
                f"{called(notebook, index)} shows what is no figure, table or text of kommunebudsjett.report",
                file=file,
                remedy="show it with figure(), table() or a text (%%nb and %%en): they ask for what readers need",
            )
    return blocks


def sections(reports: list[Content]) -> dict[str, str]:
    """The addresses of the sections of reports, by their headings; the first report's where several have one."""
    return {
        heading: f"{report.lang}/{report.name}.html#{anchor}"
        for report in reversed(reports)
        for anchor, heading in report.headings
    }


def _curled(value: Any) -> Any:
    """What a report says in English, with the apostrophes of print; words that are marked as Norwegian stay."""
    if isinstance(value, str):
        if "'" not in value and "&#39;" not in value:
            return value
        return _APOSTROPHE.sub("’", value)
    if isinstance(value, list):
        return [_curled(part) for part in value]
    if isinstance(value, dict) and value.get("lang") in (None, "", "en"):
        return {key: _curled(part) for key, part in value.items()}
    return value


def _address(blocks: list[dict], lang: Language, file: str) -> tuple[str, list[tuple[str, str]]]:
    """Take the title out of the blocks and give their headings addresses; the title and the (id, text) of headings.

    A heading is addressed by its Norwegian words, so that a page and its translation have the same addresses.
    """
    names = [block["name"] for block in blocks if "name" in block]
    taken = set(RESERVED)
    for name in names:
        if name in taken:
            raise UserError(
                f"two figures or tables have the name {name}, or the page itself has it",
                file=file,
                remedy="give each a name of its own",
            )
        taken.add(name)
    titles = [block for block in blocks if block.get("level") == 1]
    if len(titles) > 1:
        raise UserError("the notebook has two titles", file=file, remedy="use # once, ## below")
    if not titles:
        raise UserError(
            f"the notebook has no title in {lang}",
            file=file,
            remedy="begin its first %%nb and its first %%en with # and the title",
        )
    blocks.remove(titles[0])
    headings = []
    for block in blocks:
        if block["kind"] == "heading":
            block["id"] = unused(slug(block["address"]) or "avsnitt", taken)
            taken.add(block["id"])
            if block["level"] == 2:
                headings.append((block["id"], words_of(block)))
    return words_of(titles[0]), headings


def words_of(block: dict) -> str:
    """The words of a text or a heading, without markup."""
    return plain(unlinked(block, block["html"]))


def unused(address: str, taken: set[str]) -> str:
    """The address, with a number where it is taken: `skole`, `skole-2`."""
    return next(name for n in count(1) if (name := address if n == 1 else f"{address}-{n}") not in taken)


def plain(fragment: str) -> str:
    """The text of a piece of HTML."""
    return html.unescape(_TAG.sub("", fragment)).strip()


def slug(text: str) -> str:
    """A heading as an address: lower case letters, digits and hyphens."""
    folded = text.lower().translate(str.maketrans({"æ": "ae", "ø": "o", "å": "a"}))
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")

"""The texts of a notebook (`%%nb` and `%%en`): kept out of its execution, and filled in when it has been executed.

A notebook in, the same notebook with its texts as Markdown out, which no kernel runs and no cache looks at; then, with
the facts that its kernel kept, the notebook whole again with what each text shows as its output. So a text that is
edited executes nothing.
"""

import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.report.blocks import Block
from kommunebudsjett.report.namespace import MIME
from kommunebudsjett.report.worded import Text, TextError, rendered, text_of

# Evaluated in the kernel after each cell: the names of the notebook as JSON.
KEPT = (
    "__import__('json').dumps(__import__('importlib').import_module('kommunebudsjett.report.namespace')"
    ".kept(get_ipython().user_ns, get_ipython().user_ns_hidden))"
)


def is_text(cell: NotebookNode) -> bool:
    """Whether a cell is a text, as it is edited (also where it was made Markdown) or as it is kept out of execution."""
    return cell.cell_type != "raw" and str(cell.source).startswith(("%%nb", "%%en"))


def has_texts(notebook: NotebookNode) -> bool:
    """Whether a notebook has texts, so that its facts must be kept."""
    return any(is_text(cell) for cell in notebook.cells)


def failed(notebook: NotebookNode) -> bool:
    """Whether a cell raised, also one that may, by its tags: it stops no other, but the notebook has failed."""
    return any(output.output_type == "error" for cell in notebook.cells for output in cell.get("outputs", []))


def without_texts(notebook: NotebookNode) -> NotebookNode:
    """The notebook with its texts as Markdown."""
    cells = [_markdown(cell) if cell.cell_type == "code" and is_text(cell) else cell for cell in notebook.cells]
    return _with_cells(notebook, cells)


def _with_cells(notebook: NotebookNode, cells: list[dict[str, Any]]) -> NotebookNode:
    made: NotebookNode = nbformat.from_dict({**notebook, "cells": cells})
    return made


def _markdown(cell: NotebookNode) -> dict[str, Any]:
    return {name: cell[name] for name in ("id", "metadata", "source") if name in cell} | {"cell_type": "markdown"}


def facts_output(before: dict[str, Any], after: dict[str, Any]) -> NotebookNode | None:
    """What a cell changed in the facts, as an output of it; None where it changed nothing."""
    changed = {name: value for name, value in after.items() if name not in before or before[name] != value}
    if not changed:
        return None
    made: NotebookNode = new_output("display_data", {MIME: json.dumps(changed, ensure_ascii=False)})
    return made


def with_texts(notebook: NotebookNode, file: Path) -> NotebookNode:
    """An executed notebook with its texts in it again, those in its language with what they show as their outputs.

    Raises UserError, with the cell and the place, where a text cannot be shown.
    """
    names: dict[str, Any] = {}
    cells: list[dict[str, Any]] = []
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            for output in cell.outputs:
                names.update(json.loads(output.get("data", {}).get(MIME, "{}")))
            cells.append({**cell, "outputs": [output for output in cell.outputs if MIME not in output.get("data", {})]})
        elif is_text(cell):
            cells.append(_shown(notebook, index, names, file))
        else:
            cells.append(cell)
    return _with_cells(notebook, cells)


def _shown(notebook: NotebookNode, index: int, names: dict[str, Any], file: Path) -> dict[str, Any]:
    cell = notebook.cells[index]
    try:
        text = _text(cell)
        blocks = rendered(text, names, _norwegian(notebook, index)) if text.lang == names.get("lang") else []
    except TextError as error:
        raise UserError(
            f"{called(notebook, index)}: {error}", file=file, remedy="correct the text; no other cell needs to be run"
        ) from None
    outputs = [new_output("display_data", Block(block)._repr_mimebundle_()) for block in blocks]
    return {**cell, "cell_type": "code", "execution_count": None, "outputs": outputs}


def _text(cell: NotebookNode) -> Text:
    text = text_of(cell.source)
    if text is None:
        raise TextError(f"a text begins with %%nb or %%en alone, not {cell.source.split()[0]}", 1)
    return text


def _norwegian(notebook: NotebookNode, index: int) -> Text | None:
    """The Norwegian text before an English one."""
    if index == 0 or not is_text(notebook.cells[index]) or not is_text(notebook.cells[index - 1]):
        return None
    before, own = _text(notebook.cells[index - 1]), _text(notebook.cells[index])
    return before if (before.lang, own.lang) == ("nb", "en") else None


def called(notebook: NotebookNode, index: int) -> str:
    """A cell as the person sees it: by the number beside it when all cells are run from the top (`cell [7]`); a
    Markdown cell, which has none, by its first line and the cell above it.
    """
    cell = notebook.cells[index]
    numbered = [
        other
        for other in notebook.cells[: index + 1]
        if (other.cell_type == "code" or is_text(other))
        and str(other.source).strip()
        and "injected-parameters" not in other.metadata.get("tags", [])
    ]
    number = f"cell [{len(numbered)}]"
    if cell.cell_type == "code" or is_text(cell):
        return number
    first_line = cell.source.strip().split("\n")[0]
    return f"the Markdown cell “{first_line}” {f'below {number}' if numbered else 'at the top'}"


def check_texts(notebook: NotebookNode, file: Path, both: bool) -> None:
    """Raise UserError for words that would be missing from a page: a Markdown cell, or a text without its twin in the
    other language (where `both` are published).
    """
    check_markdown(notebook, file)
    if not both:
        return
    waiting = False
    for index, cell in enumerate(notebook.cells):
        lang = str(cell.source[2:4]) if is_text(cell) else None
        if waiting and lang != "en":
            raise _alone(notebook, index - 1, "en", file)
        if lang == "en" and not waiting:
            raise _alone(notebook, index, "nb", file)
        if lang == "en":
            _check_heads(notebook, index, file)
        waiting = lang == "nb"
    if waiting:
        raise _alone(notebook, len(notebook.cells) - 1, "en", file)


def check_markdown(notebook: NotebookNode, file: Path | str) -> None:
    """Raise UserError for a Markdown cell with words, whatever its tags: it has no facts, and no page shows it."""
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown" and not is_text(cell) and cell.source.strip():
            raise UserError(
                f"{called(notebook, index)} is not published",
                file=file,
                remedy="make it a code cell that begins with %%nb, and write its English in one with %%en after it",
            )


def _check_heads(notebook: NotebookNode, index: int, file: Path) -> None:
    """Raise UserError where a text and the one before it are of two kinds, or begin two pages."""
    heads = []
    for place in (index - 1, index):
        try:
            text = _text(notebook.cells[place])
        except TextError as error:
            raise UserError(f"{called(notebook, place)}: {error}", file=file, remedy="correct its first line") from None
        heads.append((text.kind, text.about if text.kind == "page" else ""))
    if heads[0] != heads[1]:
        raise UserError(
            f"{called(notebook, index)} is of another kind than its twin, {' '.join(filter(None, heads[0]))}",
            file=file,
            remedy="write the same behind %%nb and %%en",
        )


def _alone(notebook: NotebookNode, index: int, missing: str, file: Path) -> UserError:
    place = "after" if missing == "en" else "before"
    return UserError(
        f"{called(notebook, index)} has no twin: the same in the other language",
        file=file,
        remedy=f"write it in a cell that begins with %%{missing}, right {place} it",
    )

"""The cells `%%nb` and `%%en` in JupyterLab: they show their text as it will be published.

The pipeline renders them without a kernel (`kommunebudsjett.execution.texts`).
"""

from html import escape
from typing import Any

from IPython.core.error import UsageError
from IPython.display import HTML, display

from kommunebudsjett.report.blocks import Block, show
from kommunebudsjett.report.namespace import kept
from kommunebudsjett.report.worded import TextError, rendered, text_of

_OTHER = "The numbers and names are as in a report in {lang}, because lang is {lang!r}."


def offer(shell: Any) -> None:
    """Have a kernel know the cells."""
    for lang in ("nb", "en"):
        shell.register_magic_function(_shower(shell, lang), "cell", lang)


def _shower(shell: Any, lang: str) -> Any:
    def text(line: str, cell: str) -> None:
        names = kept(shell.user_ns, shell.user_ns_hidden)
        try:
            parsed = text_of(f"%%{lang} {line}\n{cell}")
            blocks = rendered(parsed, names) if parsed else []
        except TextError as error:
            raise UsageError(str(error)) from None
        if names.get("lang") == lang:
            for block in blocks:
                show(block)
        else:
            # Nothing that could be published: its numbers are written in the other language.
            note = f"<p><small>{escape(_OTHER.format(lang=names.get('lang')))}</small></p>"
            shown = "".join(Block(block)._repr_mimebundle_()["text/html"] for block in blocks)
            display(HTML(note + shown))

    text.__doc__ = f"Show a text in {lang}: Markdown with the facts of the notebook in {{{{ places }}}}."
    return text

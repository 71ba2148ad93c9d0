"""A new report: the template as notebooks/NAME.ipynb, and its name in params.yaml, both or none."""

import json
import re
from importlib import resources
from pathlib import Path

import nbformat
import yaml

from kommunebudsjett.core.config import line_in
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.files import is_reserved, write_text
from kommunebudsjett.core.params import AREA_PAGE, OTHER_PAGES, load_params
from kommunebudsjett.core.project import Project

# The name becomes an address and a file, on machines that tell capitals apart and on those that do not.
_NAME = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")
# What stands in the template for the name of the report, and the tag of the cells with its title.
_REPORT, _TITLE = "REPORT", "title"
# Words that neither Markdown nor Jinja takes for more.
_WORDS = re.compile(r"[^\W_]([^\W_]|[ ,.:;?–-])*")


def new_report(project: Project, name: str, titles: tuple[str, str] | None = None) -> Path:
    """Make notebooks/NAME.ipynb of the template and name it last among the reports of params.yaml.

    `titles` are the title in bokmål and in English; without them the report has the title of the template, which says
    what it shows. Raises UserError for a name that cannot be an address or is taken, for a title that is none, or where
    the files cannot be written; nothing is then changed.
    """
    load_params(project)
    notebook = project.notebooks / f"{name}.ipynb"
    _check_name(project, name, notebook)
    for title in titles or ():
        if not title.strip() or not title.isprintable():
            raise UserError(f"{title!r} is no title", remedy="give it as words on one line")
    text = project.params.read_bytes().decode("utf-8")
    named = with_report(text, name, project.params)
    try:
        write_text(notebook, notebook_text(name, titles))
        try:
            write_text(project.params, named)
        except BaseException:
            notebook.unlink()
            raise
    except OSError as error:
        raise UserError(
            f"the report cannot be written ({error.strerror})", file=error.filename, remedy="make room for it there"
        ) from None
    return notebook


def _check_name(project: Project, name: str, notebook: Path) -> None:
    if not _NAME.fullmatch(name):
        raise UserError(
            f"a report cannot be named {name!r}",
            remedy="use lower case letters a-z and digits, with - or _ between words: skole_og_barnehage",
        )
    if is_reserved(name):
        raise UserError(
            f"a report cannot be named {name}: Windows can have no file of that name", remedy="use another name"
        )
    if name in OTHER_PAGES or name.startswith(AREA_PAGE):
        raise UserError(
            f"a report cannot be named {name}: another page of the site has that address",
            remedy="use another name",
        )
    if notebook.exists():
        raise UserError("there is a notebook of that name", file=notebook, remedy="use another name, or edit that one")


def notebook_text(name: str, titles: tuple[str, str] | None) -> str:
    """The template as the notebook of a report."""
    template = (resources.files("kommunebudsjett") / "templates" / "report.ipynb").read_text(encoding="utf-8")
    notebook = nbformat.reads(template, as_version=4)
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = cell.source.replace(f'"{_REPORT}"', json.dumps(name))
    given = dict(zip(("%%nb", "%%en"), titles or (), strict=False))
    for cell in notebook.cells:
        if _TITLE in cell.metadata.get("tags", []):
            del cell.metadata["tags"]
            head = cell.source.splitlines()[0]
            cell.source = f"{head}\n# {_heading(given[head])}" if head in given else cell.source
    return nbformat.writes(notebook) + "\n"


def _heading(title: str) -> str:
    """A title as a text has it: its words, or where they could be taken for markup, a place with them as a value."""
    return title if _WORDS.fullmatch(title) else f"{{{{ {json.dumps(title, ensure_ascii=False)} }}}}"


def with_report(text: str, name: str, path: Path) -> str:
    """The text of params.yaml with one more report, and every other character as it was.

    Raises UserError where the reports are not written a line each.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        first, last = next((node.value[0][0], node) for key, node in root.value if key.value == "reports")
        place = text.find("\n", _end(last)) + 1 or len(text)
        line_end = "\r\n" if "\r\n" in text else "\n"
        before = text[:place] if text[:place].endswith("\n") else text[:place] + line_end
        changed = f"{before}{' ' * first.start_mark.column}{name}: {{}}{line_end}{text[place:]}"
        wanted = yaml.safe_load(text)
        wanted["reports"] = {**wanted["reports"], name: {}}
        if yaml.safe_load(changed) == wanted:
            return changed
    except yaml.YAMLError:
        pass
    raise UserError(
        "the reports are not written a line each",
        file=path,
        line=line_in(path, ("reports",)),
        remedy=f"write them so, or add {name}: {{}} to them and copy another notebook",
    )


def _end(node: yaml.Node) -> int:
    """Where the text of a node ends. The mark of a block stands behind the comments that follow it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style:
        node = node.value[-1] if isinstance(node, yaml.SequenceNode) else node.value[-1][1]
    return node.end_mark.index

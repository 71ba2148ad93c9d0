"""Write docs/parameters.md from the models of params.yaml and documents.yml."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kommunebudsjett.core.params import Params
from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.stage import OURS

ROOT = Path(__file__).resolve().parent.parent

HEADER = """\
# Parameters and the registry

Both files are checked key by key. A wrong entry stops the pipeline with the file, the line and what to do. Made from
the models in `src/kommunebudsjett/core/params.py` and `registry.py` by `make docs`; do not edit.
"""
COLUMNS = "| key | may be left out | what it says |\n|---|---|---|\n"
REPORTS = """
Every notebook gets `lang` and `price_year`. A parameter that a notebook does not have stops the run, and so does one
that it declares as `None` and is not given. The engine adds `inputs_sha256` ([what for](engine.md)); no notebook
declares it. A report can be given another value, or more parameters that its notebook has in the cell tagged
`parameters`:

```yaml
reports:
  overview:
    price_year: 2025
```

A report with an `area_id` is run once for each area that it names, `all` or a list, and published as `area-AREA_ID`.
The first report stands alone at the top of the front page; those on areas come last.
"""


def keys(model: type[BaseModel], before: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Each key of a YAML file with this shape, keys of sections as `section.key`."""
    for name, field in model.model_fields.items():
        section = _section(field.annotation)
        if section:
            yield from keys(section, f"{before}{name}.")
        else:
            yield before + name, field


def _section(annotation: object) -> type[BaseModel] | None:
    """The model of a section, whether or not it may be left out; None for a value."""
    kinds = [kind for kind in (annotation, *get_args(annotation)) if isinstance(kind, type)]
    return next((kind for kind in kinds if issubclass(kind, BaseModel)), None)


def values(annotation: object) -> list[str]:
    """The values that a key can have, where they are few and known."""
    if get_origin(annotation) is list:
        return values(get_args(annotation)[0])
    return list(get_args(annotation)) if get_origin(annotation) is Literal else []


def row(key: str, field: FieldInfo) -> str:
    """A key as a row of a Markdown table."""
    allowed = ", ".join(f"`{value}`" for value in values(field.annotation))
    meaning = (field.description or "") + (f": {allowed}" if allowed else "")
    default = f"yes (`{field.default}`)" if field.default else "yes"
    return f"| `{key}` | {'' if field.is_required() else default} | {meaning} |\n"


def docs() -> str:
    """The text of docs/parameters.md."""
    families = ", ".join(f"`{family}`" for family in OURS)
    return "".join(
        [
            f"{HEADER}\n## params.yaml\n\n{COLUMNS}",
            *(row(key, field) for key, field in keys(Params)),
            f"{REPORTS}\n## data/raw/documents.yml\n\nA list with an entry for each document. The families are "
            f"{families}, and those of other packages.\n\n{COLUMNS}",
            *(row(key, field) for key, field in keys(Document)),
        ]
    )


def main() -> int:
    (ROOT / "docs" / "parameters.md").write_text(docs(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

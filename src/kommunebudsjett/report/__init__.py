"""What notebooks call: the data of an edition, wording in two languages, charts, tables and computed sentences.

Each name is loaded when it is first asked for: the publisher needs none of the charts.
"""

from importlib import import_module
from typing import Any

# The module of each name that is not a module itself.
_NAMES = {
    **dict.fromkeys(("Cell", "Column", "Lines", "Link", "Quotation"), "blocks"),
    **dict.fromkeys(("details", "lead", "quotations", "say", "table"), "blocks"),
    **dict.fromkeys(("Edition", "open_edition", "source", "sources"), "edition"),
    "figure": "pictures",
    "from_params": "parameters",
}
__all__ = [
    "Cell",
    "Column",
    "Edition",
    "Lines",
    "Link",
    "Quotation",
    "accounts",
    "areas",
    "attainment",
    "budgets",
    "caveats",
    "charts",
    "details",
    "directives",
    "economy",
    "figure",
    "from_params",
    "goals",
    "investments",
    "key_figures",
    "lead",
    "measures",
    "open_edition",
    "overview",
    "prose",
    "quality",
    "quotations",
    "rules",
    "say",
    "service_area",
    "source",
    "sources",
    "table",
    "topics",
    "workforce",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_NAMES.get(name, name)}")
    return getattr(module, name) if name in _NAMES else module

"""What notebooks call: the data of an edition, wording in two languages, charts, tables and computed sentences.

Each name is loaded when it is first asked for: the publisher needs none of the charts.
"""

import sys
from importlib import import_module
from typing import Any

# The module of each name that is not a module itself.
_NAMES = {
    **dict.fromkeys(("Cell", "Column", "Lines", "Link", "Quotation"), "blocks"),
    **dict.fromkeys(("quotations", "quotations_block", "table", "table_block"), "blocks"),
    **dict.fromkeys(("Edition", "open_edition", "source", "sources"), "edition"),
    **dict.fromkeys(("figure", "figure_block"), "pictures"),
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
    "directives",
    "economy",
    "figure",
    "figure_block",
    "from_params",
    "goals",
    "investments",
    "key_figures",
    "measures",
    "open_edition",
    "overview",
    "prose",
    "quality",
    "quotations",
    "quotations_block",
    "rules",
    "service_area",
    "source",
    "sources",
    "table",
    "table_block",
    "topics",
    "workforce",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f"{__name__}.{_NAMES.get(name, name)}")
    return getattr(module, name) if name in _NAMES else module


def _offer_cells() -> None:
    """Have the kernel that imports this know the cells `%%nb` and `%%en`."""
    ipython = sys.modules.get("IPython")
    shell = ipython and ipython.get_ipython()
    if shell:
        import_module(f"{__name__}.magics").offer(shell)


_offer_cells()

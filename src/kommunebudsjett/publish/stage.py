"""The stage `publish`: executed notebooks and clean tables in, the site in reports/ out.

What the site is made with (pandas, Typst, templates) is loaded here and in the processes that help at the same time.
"""

import importlib

from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.publish.workers import side_by_side

SITE = "kommunebudsjett.publish.site"


def run(project: Project, keep: bool = False) -> None:
    """Build the site beside, then replace what was published; or `keep` this edition, as a site of its own.

    Raises UserError where a notebook shows what cannot be published, or where the edition has the name of another that
    is kept; what was published before is then left as it was.
    """
    params = load_params(project)
    with side_by_side(params.execution.workers, SITE) as pool:
        importlib.import_module(SITE).publish(project, params, keep, pool)

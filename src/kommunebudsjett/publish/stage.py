"""The stage `publish`: executed notebooks and clean tables in, the site in reports/ out."""

from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.publish.site import publish
from kommunebudsjett.publish.workers import side_by_side


def run(project: Project, keep: bool = False) -> None:
    """Build the site beside, then replace what was published; or `keep` this edition, as a site of its own.

    Raises UserError where a notebook shows what cannot be published, or where the edition has the name of another that
    is kept; what was published before is then left as it was.
    """
    params = load_params(project)
    with side_by_side(params.execution.workers) as pool:
        publish(project, params, keep, pool)

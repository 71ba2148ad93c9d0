"""The values of a notebook's parameters, as params.yaml gives them: for whoever runs it cell by cell."""

from kommunebudsjett.core import inputs
from kommunebudsjett.core.config import line_in
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import Value, load_params, published
from kommunebudsjett.core.project import Project
from kommunebudsjett.tables.service_areas import load_areas


def from_params(report: str, name: str, default: Value | None = None) -> Value:
    """The value that params.yaml gives to the parameter `name` of a report, by the name of its notebook.

    It stands in the notebook's parameters, so that the cells run in JupyterLab with the values of the published report.
    `price_year` is that of the edition where the report has none of its own. `area_id` is the first of the areas that
    the report is published for. Any other parameter that the report is not given is `default`.

    Raises UserError for what is wrong in params.yaml, or where it gives no value and there is no default.
    """
    project = Project.find()
    with inputs.answering():
        params = load_params(project)
    inputs.note(project.root, ("section", project.params.name, "reports", report))
    own = params.reports.get(report, {})
    if name == "area_id":
        areas = list(load_areas(project.reference)["area_id"])
        found = [one for one in published(project, params, areas) if one.notebook == report]
        return found[0].parameters.get(name, areas[0]) if found else areas[0]
    if name == "price_year":
        inputs.note(project.root, ("section", project.params.name, "prices"))
        return own.get(name, params.prices.year)
    value = own.get(name, default)
    if value is None:
        raise UserError(
            f"the report {report} is not given the parameter {name}",
            file=project.params,
            line=line_in(project.params, ("reports", report)),
            remedy=f"give it, as `{report}: {{{name}: ...}}`, or give from_params a default in the notebook",
        )
    return value

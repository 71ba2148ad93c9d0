"""The ids of the service areas, for those who need no more of them: to load pandas takes longer than what they do."""

import csv

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project


def area_ids(project: Project) -> list[str]:
    """The ids of the harmonised areas in their order, as the stage `tables` has written them.

    Raises UserError where the table is missing or cannot be read.
    """
    path = project.clean / "areas.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if "area_id" not in (reader.fieldnames or []):
                raise UserError(
                    "the table has no column area_id", file=path, remedy="restore it from git, or run: make reports"
                )
            return [row["area_id"] for row in reader]
    except OSError as error:
        raise UserError(
            f"the table cannot be opened ({error.strerror})",
            file=path,
            remedy="restore it from git, or run: make reports",
        ) from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise UserError(
            f"the table cannot be read: {type(error).__name__} {error}",
            file=path,
            remedy="restore it from git, or run: make reports",
        ) from None

"""Everything that is read from the stocktaking tables, and in what shape."""

from montada.stocktaking.queries.gaps import Gap, gaps
from montada.stocktaking.queries.listing import (
    NoSuchFilterValue,
    ProjectCard,
    ProjectListing,
    project_cards,
    project_listing,
)
from montada.stocktaking.queries.projects import (
    Counts,
    counts,
    n_projects_by_line,
    project,
    projects_of,
)
from montada.stocktaking.queries.similar import similar_projects

__all__ = [
    "Counts",
    "Gap",
    "NoSuchFilterValue",
    "ProjectCard",
    "ProjectListing",
    "counts",
    "gaps",
    "n_projects_by_line",
    "project",
    "project_cards",
    "project_listing",
    "projects_of",
    "similar_projects",
]

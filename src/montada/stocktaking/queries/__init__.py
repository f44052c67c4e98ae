"""Everything that is read from the stocktaking tables, and in what shape."""

from montada.stocktaking.queries.gaps import Gap, gaps
from montada.stocktaking.queries.index import Label, facet_labels
from montada.stocktaking.queries.labels import (
    DecidedLabel,
    ProjectLabel,
    ProjectLabels,
    project_label,
    project_labels,
    titles_to_read,
)
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
    project,
    projects_of,
)
from montada.stocktaking.queries.similar import similar_projects
from montada.stocktaking.queries.suggestions import (
    Order,
    WaitingLabel,
    drawn_labels,
    waiting_labels,
)
from montada.stocktaking.queries.tallies import Tallies, Tally, tallies

__all__ = [
    "Counts",
    "DecidedLabel",
    "Gap",
    "Label",
    "NoSuchFilterValue",
    "Order",
    "ProjectCard",
    "ProjectLabel",
    "ProjectLabels",
    "ProjectListing",
    "Tallies",
    "Tally",
    "WaitingLabel",
    "counts",
    "drawn_labels",
    "facet_labels",
    "gaps",
    "project",
    "project_cards",
    "project_label",
    "project_labels",
    "project_listing",
    "projects_of",
    "similar_projects",
    "tallies",
    "titles_to_read",
    "waiting_labels",
]

"""Everything that is read from the vocabulary, and in what shape."""

from montada.framework.queries.label_records import (
    LabelRecord,
    confirmed_labels,
    decided_labels,
    is_label_confirmed,
    label_of,
    label_record,
    open_suggestions,
)
from montada.framework.queries.labels import suggested_labels
from montada.framework.queries.map_files import MapFileRefused
from montada.framework.queries.maps import (
    CountedCountry,
    MapDrawing,
    MappedLand,
    NoSuchGroupOfCountries,
    world_map,
)
from montada.framework.queries.matrix import (
    Cell,
    Matrix,
    MatrixVersion,
    NoSuchMatrixVersion,
    cell_history,
    cells_of_goal,
    cells_of_line,
    matrix_at,
    matrix_versions,
)
from montada.framework.queries.names import Named, names
from montada.framework.queries.overview import (
    GroupOfCountries,
    Reference,
    reference,
    sources,
)
from montada.framework.queries.places import (
    countries,
    country,
    country_groups,
    country_index,
    groups_of,
    members_of,
    memberships,
)
from montada.framework.queries.statements import LONGEST_STATEMENT, statement_type_of
from montada.framework.queries.unread_texts import TextToLabel, unread_texts
from montada.framework.queries.vocabulary import (
    action_line,
    action_lines,
    gdc_objectives,
    geneva_target,
    geneva_targets,
    goal,
    goals,
    stakeholder_groups,
    targets_by_code,
    targets_of,
)

__all__ = [
    "LONGEST_STATEMENT",
    "Cell",
    "CountedCountry",
    "GroupOfCountries",
    "LabelRecord",
    "MapDrawing",
    "MapFileRefused",
    "MappedLand",
    "Matrix",
    "MatrixVersion",
    "Named",
    "NoSuchGroupOfCountries",
    "NoSuchMatrixVersion",
    "Reference",
    "TextToLabel",
    "action_line",
    "action_lines",
    "cell_history",
    "cells_of_goal",
    "cells_of_line",
    "confirmed_labels",
    "countries",
    "country",
    "country_groups",
    "country_index",
    "decided_labels",
    "gdc_objectives",
    "geneva_target",
    "geneva_targets",
    "goal",
    "goals",
    "groups_of",
    "is_label_confirmed",
    "label_of",
    "label_record",
    "matrix_at",
    "matrix_versions",
    "members_of",
    "memberships",
    "names",
    "open_suggestions",
    "reference",
    "sources",
    "stakeholder_groups",
    "statement_type_of",
    "suggested_labels",
    "targets_by_code",
    "targets_of",
    "unread_texts",
    "world_map",
]

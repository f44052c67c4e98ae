"""Everything that can happen to the record of projects."""

from montada.stocktaking.operations.distinctions import (
    NotedDistinction,
    note_distinction,
    note_distinctions,
)
from montada.stocktaking.operations.labels import (
    LabelStated,
    TitlesRead,
    confirm_label,
    decline_label,
    label_waiting,
)
from montada.stocktaking.operations.projects import (
    Recorded,
    SourceNotNamed,
    YearOutOfRange,
    record_project,
    record_projects,
)
from montada.stocktaking.operations.publishing import publish_projects

__all__ = [
    "LabelStated",
    "NotedDistinction",
    "Recorded",
    "SourceNotNamed",
    "TitlesRead",
    "YearOutOfRange",
    "confirm_label",
    "decline_label",
    "label_waiting",
    "note_distinction",
    "note_distinctions",
    "publish_projects",
    "record_project",
    "record_projects",
]

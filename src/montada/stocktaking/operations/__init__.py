"""Everything that can happen to the record of projects."""

from montada.stocktaking.operations.distinctions import (
    NotedDistinction,
    note_distinction,
    note_distinctions,
)
from montada.stocktaking.operations.projects import (
    Recorded,
    SourceNotNamed,
    YearOutOfRange,
    record_project,
    record_projects,
)

__all__ = [
    "NotedDistinction",
    "Recorded",
    "SourceNotNamed",
    "YearOutOfRange",
    "note_distinction",
    "note_distinctions",
    "record_project",
    "record_projects",
]

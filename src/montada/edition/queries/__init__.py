"""Everything that is read from the edition tables, and in what shape."""

from montada.edition.queries.decisions import (
    UNDO_OF,
    Decision,
    decided_since,
    decisions_of,
    hangs_on,
    is_undone,
    last_decision_about_room,
)
from montada.edition.queries.editions import (
    current_edition,
    edition,
    edition_of_year,
    editions,
    locked_edition,
    named_terms_of,
    rooms_of,
    term,
    terms_of,
)
from montada.edition.queries.phases import (
    PhaseRow,
    is_phase_open,
    phase_windows,
    phases_of,
    timeline,
)
from montada.edition.queries.previews import (
    CopyPreview,
    MovedMoment,
    OnlinePreview,
    ShiftedPhase,
    copy_preview,
    online_preview,
)

__all__ = [
    "UNDO_OF",
    "CopyPreview",
    "Decision",
    "MovedMoment",
    "OnlinePreview",
    "PhaseRow",
    "ShiftedPhase",
    "copy_preview",
    "current_edition",
    "decided_since",
    "decisions_of",
    "edition",
    "edition_of_year",
    "editions",
    "hangs_on",
    "is_phase_open",
    "is_undone",
    "last_decision_about_room",
    "locked_edition",
    "named_terms_of",
    "online_preview",
    "phase_windows",
    "phases_of",
    "rooms_of",
    "term",
    "terms_of",
    "timeline",
]

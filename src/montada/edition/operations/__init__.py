"""Everything that can happen to edition: every write is a function here."""

from montada.edition.operations.copying import SourceHasNoDates, copy_edition
from montada.edition.operations.editions import (
    CountryUnknown,
    EditionUnknown,
    EndsBeforeItStarts,
    ModeUnknown,
    SlugTaken,
    TimeZoneUnknown,
    open_edition,
)
from montada.edition.operations.facts import load_editions
from montada.edition.operations.moving import (
    AlreadyOnline,
    EditionIsOver,
    move_online,
)
from montada.edition.operations.phases import (
    PhaseClosesBeforeItOpens,
    PhaseKindUnknown,
    PhaseUnknown,
    remove_phase,
    set_phase,
)
from montada.edition.operations.publishing import publish_editions
from montada.edition.operations.rooms import (
    RoomChangedMeanwhile,
    RoomUnknown,
    remove_room,
    set_room,
)
from montada.edition.operations.terms import TermUnknown, set_term
from montada.edition.operations.undoing import (
    AlreadyUndone,
    CannotBeUndone,
    DecidedSince,
    DecisionUnknown,
    SomethingHangsOnIt,
    undo,
)

__all__ = [
    "AlreadyOnline",
    "AlreadyUndone",
    "CannotBeUndone",
    "CountryUnknown",
    "DecidedSince",
    "DecisionUnknown",
    "EditionIsOver",
    "EditionUnknown",
    "EndsBeforeItStarts",
    "ModeUnknown",
    "PhaseClosesBeforeItOpens",
    "PhaseKindUnknown",
    "PhaseUnknown",
    "RoomChangedMeanwhile",
    "RoomUnknown",
    "SlugTaken",
    "SomethingHangsOnIt",
    "SourceHasNoDates",
    "TermUnknown",
    "TimeZoneUnknown",
    "copy_edition",
    "load_editions",
    "move_online",
    "open_edition",
    "publish_editions",
    "remove_phase",
    "remove_room",
    "set_phase",
    "set_room",
    "set_term",
    "undo",
]

"""Tables of programme. Shape and constraints only; decisions live in operations."""

from montada.programme.models.choosing import (
    Criterion,
    ProgrammeRules,
    Score,
    SharesRun,
)
from montada.programme.models.proposals import (
    MergeOffer,
    PlaceByRight,
    Proposal,
    ProposalDecision,
    ProposalOrganiser,
    ProposalSupport,
)
from montada.programme.models.sessions import (
    Series,
    Session,
    SessionImage,
    SessionKind,
)
from montada.programme.models.speakers import Availability, Seat, Speaker
from montada.programme.models.timetables import (
    Bookmark,
    Placement,
    Plan,
    PlanChange,
    Release,
    RoomDetails,
    SolverRun,
)

__all__ = [
    "Availability",
    "Bookmark",
    "Criterion",
    "MergeOffer",
    "PlaceByRight",
    "Placement",
    "Plan",
    "PlanChange",
    "ProgrammeRules",
    "Proposal",
    "ProposalDecision",
    "ProposalOrganiser",
    "ProposalSupport",
    "Release",
    "RoomDetails",
    "Score",
    "Seat",
    "Series",
    "Session",
    "SessionImage",
    "SessionKind",
    "SharesRun",
    "SolverRun",
    "Speaker",
]

"""Tables of consultation. Shape and constraints only; decisions live in operations."""

from montada.consultation.models.calls import (
    Call,
    ConsultationMeeting,
    ParticipationTarget,
    Question,
)
from montada.consultation.models.contributions import (
    Answer,
    Contribution,
    ContributionStep,
)
from montada.consultation.models.statements import (
    OpinionPlace,
    OpinionRun,
    Statement,
    StatementDecision,
    StatementRules,
    Vote,
    Voter,
    VoteTable,
)

__all__ = [
    "Answer",
    "Call",
    "ConsultationMeeting",
    "Contribution",
    "ContributionStep",
    "OpinionPlace",
    "OpinionRun",
    "ParticipationTarget",
    "Question",
    "Statement",
    "StatementDecision",
    "StatementRules",
    "Vote",
    "VoteTable",
    "Voter",
]

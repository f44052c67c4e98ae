"""Votes for programs that act for a person: through the same door as the page."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Path, Router
from ninja.responses import Status
from pydantic import ConfigDict, Field

from montada.consultation.choices import VoteValue
from montada.consultation.operations.voting import cast_vote, take_back_vote
from montada.consultation.operations.words import LONGEST_WHY
from montada.consultation.queries.statements import bare_statement
from montada.djangokit.reads import Described
from montada.djangokit.tokens import ByToken, PerToken
from montada.participation import operations as participation

SCOPE = "votes:cast"

router = Router(
    tags=["statements"],
    auth=ByToken(participation.admit_program, SCOPE),
    throttle=PerToken(),
)

Id = Annotated[int, Path(ge=1, le=2**53)]
Said = Literal["agree", "disagree", "pass"]


class VoteIn(Described):
    model_config = ConfigDict(extra="forbid")

    value: Said
    is_important: bool = False
    why: Annotated[str, Field(max_length=LONGEST_WHY)] = ""
    """The secretariat reads it without a name."""


class VoteOut(VoteIn):
    statement: int
    cast_at: datetime


@router.put("/{id}/vote", response=VoteOut)
def vote(
    request: HttpRequest,
    id: Id,  # noqa: A002 - as in the address
    vote: VoteIn,
) -> VoteOut:
    """Say something to a statement, or something else than before."""
    kept = cast_vote(
        statement=_statement(id),
        person=_me(request),
        value=VoteValue[vote.value.upper()].value,
        is_important=vote.is_important,
        why=vote.why,
        at=timezone.now(),
    )
    return VoteOut(
        statement=id,
        value=vote.value,
        is_important=kept.is_important,
        why=kept.why,
        cast_at=kept.cast_at,
    )


@router.api_operation(["DELETE"], "/{id}/vote", response={204: None})
def forget_vote(
    request: HttpRequest,
    id: Id,  # noqa: A002 - as in the address
) -> Status[None]:
    """Take a vote back; a second time changes nothing."""
    take_back_vote(statement=_statement(id), person=_me(request), at=timezone.now())
    return Status(204, None)


def _me(request: HttpRequest) -> Any:
    return request.user


def _statement(pk: int) -> Any:
    found = bare_statement(pk)
    if found is None:
        raise Http404(_("There is no such statement, or it is not public."))
    return found

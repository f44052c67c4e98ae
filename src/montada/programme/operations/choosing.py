"""Choosing by equal shares: a choice is made, and kept with its ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.programme.choices import Endowment
from montada.programme.engine.values import MOST_SEED
from montada.programme.models import SharesRun
from montada.programme.operations.permitted import check_secretariat
from montada.programme.operations.rules import EndowmentUnknown
from montada.programme.queries.choosing import result_of
from montada.programme.queries.choosing_results import Asked

if TYPE_CHECKING:
    from montada.participation.models import Person

MOST_PLACES = 2_000


class ChoiceOutOfBounds(Refusal):
    code = "programme.choice_out_of_bounds"
    message = _(
        "Choose from 0 to %(places)s places, a mix from 0 to 1 and a seed from 0 to "
        "%(seed)s."
    )


@transaction.atomic
def choose_by_shares(  # noqa: PLR0913 - a choice has that many rules
    *,
    edition: Any,
    endowment: str,
    n_places: int,
    mix: float = 0.5,
    floors: Sequence[Mapping[str, Any]] = (),
    seed: int = 1,
    is_simulation: bool,
    made_by: Person | None,
    at: datetime,
) -> SharesRun:
    """
    Choose among an edition's open proposals, and keep the choice with its ledger.

    Nothing is decided by it: the committee reads it, a simulation nobody but who asks
    "what if". Accepted proposals and those with a place by right are not in it.

    Raises
    ------
    NotTheSecretariat, EndowmentUnknown, ChoiceOutOfBounds
    """
    check_secretariat(made_by, edition)
    if endowment not in Endowment.values:
        raise EndowmentUnknown
    bounded = 0 <= n_places <= MOST_PLACES and 0 <= mix <= 1 and 0 <= seed <= MOST_SEED
    if not bounded:
        raise ChoiceOutOfBounds(places=MOST_PLACES, seed=MOST_SEED)
    result = result_of(edition, endowment, Asked.of(n_places, mix, seed, floors))
    run = SharesRun.objects.create(
        edition=edition,
        endowment=endowment,
        mix=mix,
        n_places=n_places,
        floors=[dict(floor) for floor in floors],
        seed=seed,
        result=result,
        is_simulation=is_simulation,
        made_by=made_by,
        made_at=at,
    )
    audit.record(
        action="programme.shares_chosen",
        actor=made_by,
        subject=edition,
        at=at,
        details={
            "run": run.pk,
            "endowment": endowment,
            "mix": mix,
            "places": n_places,
            "floors": run.floors,
            "seed": seed,
            "simulation": is_simulation,
            "chosen": [row["proposal"] for row in result["chosen"]],
        },
    )
    return run

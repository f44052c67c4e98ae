"""Rules about statements and votes, as an edition's secretariat sets them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.consultation.models import StatementRules
from montada.consultation.queries.statements import RULE_BOUNDS, statement_rules
from montada.djangokit.refusals import Refusal

if TYPE_CHECKING:
    from montada.participation.models import Person


class RuleOutOfBounds(Refusal):
    code = "consultation.rule_out_of_bounds"
    message = _("Between %(least)s and %(most)s, please.")


class RulesAsTheyWere(Refusal):
    code = "consultation.rules_as_they_were"
    message = _("The rules are as they were.")


@transaction.atomic
def set_statement_rules(  # noqa: PLR0913 - as many as there are rules
    *,
    edition: Any,
    longest: int,
    batch: int,
    statements_a_day: int,
    votes_a_minute: int,
    fewest_voters: int,
    guests_vote: bool,
    set_by: Person | None,
    at: datetime,
) -> StatementRules:
    """
    Say how statements and votes come in; what came in before stays as it is.

    `set_by` has been asked for the permission `consultation.change_consultation`.

    Raises
    ------
    RuleOutOfBounds, RulesAsTheyWere
    """
    rules = statement_rules(edition.pk)
    wanted = {
        "longest": longest,
        "batch": batch,
        "statements_a_day": statements_a_day,
        "votes_a_minute": votes_a_minute,
        "fewest_voters": fewest_voters,
    }
    for name, (least, most) in RULE_BOUNDS.items():
        if not least <= wanted[name] <= most:
            raise RuleOutOfBounds(least=least, most=most)
    wanted["guests_vote"] = guests_vote
    before = {name: getattr(rules, name) for name in wanted}
    if before == wanted:
        raise RulesAsTheyWere
    rules, _is_new = StatementRules.objects.update_or_create(
        edition=edition, defaults=wanted
    )
    audit.record(
        action="consultation.statement_rules_set",
        actor=set_by,
        subject=edition,
        at=at,
        details={"before": before, "after": wanted},
    )
    return rules

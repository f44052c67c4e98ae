"""The rules about statements and votes: a form for the secretariat."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from montada.consultation.operations.rules import set_statement_rules
from montada.consultation.queries.statements import RULE_BOUNDS, statement_rules
from montada.consultation.web.asking import present_edition
from montada.djangokit.views import OperationView, PermissionRequired


def _number(name: str, label: Any, help_text: Any = "") -> forms.IntegerField:
    least, most = RULE_BOUNDS[name]
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=least, max_value=most
    )


class RulesForm(forms.Form):
    longest = _number("longest", _("Characters of a statement, at most"))
    batch = _number("batch", _("Statements before somebody is asked whether to go on"))
    statements_a_day = _number(
        "statements_a_day", _("Statements one person may propose in a day")
    )
    votes_a_minute = _number("votes_a_minute", _("Votes one person may cast a minute"))
    fewest_voters = _number(
        "fewest_voters", _("Voters below which results carry a warning")
    )
    guests_vote = forms.BooleanField(
        label=_("People who have not signed in may vote as guests"),
        required=False,
        help_text=_(
            "They are counted in a table of their own. Rankings, groups and files are "
            "always without them."
        ),
    )


class SetRules(PermissionRequired, OperationView):
    permission = "consultation.change_consultation"
    template_name = "consultation/set.html"
    form_class = RulesForm
    success_message = _("The rules hold from now on.")
    extra_context = {"heading": _("Rules for statements and votes")}

    def permission_object(self) -> Any:
        return present_edition()

    def get_initial(self) -> dict[str, Any]:
        rules = statement_rules(present_edition().pk)
        return {name: getattr(rules, name) for name in RulesForm.base_fields}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        person: Any = self.request.user
        return set_statement_rules(
            edition=present_edition(), **cleaned, set_by=person, at=timezone.now()
        )

    def get_success_url(self) -> str:
        return reverse("consultation:statements")

"""The moderators' queue, and deciding about one statement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from montada.consultation.choices import StatementReason
from montada.consultation.operations.moderation import (
    ReplacementUnknown,
    decline_statement,
    open_statement,
    retire_statement,
    take_up,
)
from montada.consultation.operations.statements import add_seed
from montada.consultation.queries.similar import similar_statements
from montada.consultation.queries.statements import (
    decisions_about,
    public_statement,
    reasons_given,
    waiting_statements,
)
from montada.consultation.web.asking import any_statement, present_edition
from montada.consultation.web.statements import LANGUAGE_CHOICES, MOST_SENT
from montada.djangokit.page_language import page_language
from montada.djangokit.refusals import Refusal
from montada.djangokit.views import OperationView, Page, PermissionRequired, page_of
from montada.framework import queries as framework
from montada.language.engine.text import LocalizedText

ROWS = 50
NO_REASON = [("", _("Choose a reason"))]
MAY_MODERATE = "consultation.moderate_statement"


class Queue(PermissionRequired, Page):
    permission = MAY_MODERATE
    template_name = "consultation/moderation.html"

    def permission_object(self) -> Any:
        return present_edition()

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = present_edition()
        return {
            "edition": edition,
            "page": page_of(request, waiting_statements(edition), ROWS),
            "now": timezone.now(),
        }


class DecisionForm(forms.Form):
    step = forms.ChoiceField(
        choices=[("open", ""), ("decline", ""), ("retire", "")],
        widget=forms.HiddenInput,
    )
    reason = forms.ChoiceField(
        label=_("Reason"), choices=NO_REASON + StatementReason.choices, required=False
    )
    note = forms.CharField(
        label=_("In your words, for everybody to read"),
        required=False,
        max_length=MOST_SENT,
        strip=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    in_favour_of = forms.CharField(
        label=_("Number of the statement that takes its place"),
        required=False,
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "dir": "ltr"}),
    )


class Decide(PermissionRequired, OperationView):
    """Opening the page holds the statement; nobody else decides meanwhile."""

    permission = MAY_MODERATE
    template_name = "consultation/decide.html"
    form_class = DecisionForm
    success_message = _("Decided. It stands in the public log.")

    def permission_object(self) -> Any:
        return any_statement(self.kwargs["pk"]).edition

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person: Any = request.user
        self.held: str = ""
        try:
            take_up(
                statement=any_statement(kwargs["pk"]),
                taken_by=person,
                at=timezone.now(),
            )
        except Refusal as refusal:
            self.held = str(refusal)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = any_statement(self.kwargs["pk"])
        words, tag = str(one.text), one.text.written_in
        alike = similar_statements(one.edition, words, tag)
        return super().get_context_data(**kwargs) | {
            "statement": one,
            "held": getattr(self, "held", ""),
            "alike": [found for found in alike if found.statement.pk != one.pk],
            "decisions": decisions_about(one),
            "given": reasons_given(one),
        }

    def operate(self, cleaned: dict[str, Any]) -> Any:
        one = any_statement(self.kwargs["pk"])
        person: Any = self.request.user
        now, step = timezone.now(), cleaned["step"]
        if step == "open":
            return open_statement(statement=one, opened_by=person, at=now)
        said: dict[str, Any] = {
            "statement": one,
            "reason": cleaned["reason"],
            "note": cleaned["note"],
            "at": now,
        }
        if step == "decline":
            return decline_statement(declined_by=person, **said)
        return retire_statement(
            retired_by=person, in_favour_of=_replacement(cleaned), **said
        )

    def get_success_url(self) -> str:
        return reverse("consultation:moderation")


def _replacement(cleaned: dict[str, Any]) -> Any:
    sent = cleaned["in_favour_of"].strip()
    if not sent:
        return None
    found = public_statement(int(sent)) if sent.isascii() and sent.isdecimal() else None
    if found is None:
        raise ReplacementUnknown
    return found


class SeedForm(forms.Form):
    text = forms.CharField(
        label=_("Statement"),
        max_length=MOST_SENT,
        strip=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGE_CHOICES)
    group = forms.ChoiceField(label=_("Stakeholder group that supplied it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = page_language()
        fields: dict[str, Any] = self.fields
        fields["group"].choices = [
            (one.code, one.name.shown_to(reader).text)
            for one in framework.stakeholder_groups()
        ]


class AddSeed(PermissionRequired, OperationView):
    permission = MAY_MODERATE
    template_name = "consultation/add_seed.html"
    form_class = SeedForm
    success_message = _("The seed is open for votes.")

    def permission_object(self) -> Any:
        return present_edition()

    def get_initial(self) -> dict[str, Any]:
        return {"language": page_language()}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        person: Any = self.request.user
        return add_seed(
            edition=present_edition(),
            text=LocalizedText.of(cleaned["language"], cleaned["text"]),
            stakeholder_group_id=cleaned["group"],
            added_by=person,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("consultation:statements")

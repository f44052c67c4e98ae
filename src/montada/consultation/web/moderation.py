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
from montada.consultation.operations.moving import (
    CallElsewhere,
    merge_statements,
    move_statement,
)
from montada.consultation.queries.calls import calls_of
from montada.consultation.queries.similar import similar_statements
from montada.consultation.queries.statements import (
    decisions_about,
    reasons_given,
    statement,
    waiting_statements,
)
from montada.consultation.web.asking import any_statement, present_edition
from montada.consultation.web.statements import MOST_SENT
from montada.djangokit.refusals import Refusal
from montada.djangokit.views import OperationView, Page, PermissionRequired, page_of

ROWS = 50
NO_REASON = [("", _("Choose a reason"))]
LONGEST_NUMBER = 12
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


STEPS = ("open", "decline", "retire", "move", "merge")


class DecisionForm(forms.Form):
    step = forms.ChoiceField(
        choices=[(name, "") for name in STEPS],
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
    call = forms.ChoiceField(label=_("The call where it belongs"), required=False)
    others = forms.CharField(
        label=_("Numbers of the statements whose place this one takes"),
        required=False,
        max_length=600,
        widget=forms.TextInput({"dir": "ltr"}),
        help_text=_("With spaces between them."),
    )

    def __init__(self, *args: Any, calls: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["call"]
        named = [(str(one.pk), one.get_kind_display()) for one in calls]
        field.choices = [("", _("Choose a call")), *named]


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

    def get_form_kwargs(self) -> dict[str, Any]:
        one, now = any_statement(self.kwargs["pk"]), timezone.now()
        self.calls = [row for row in calls_of(one.edition) if row.is_open_at(now)]
        return super().get_form_kwargs() | {"calls": self.calls}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = any_statement(self.kwargs["pk"])
        words, tag = str(one.text), one.text.written_in
        alike = similar_statements(one.edition, words, tag)
        return super().get_context_data(**kwargs) | {
            "statement": one,
            "may_move": bool(self.calls) and one.author_id is not None,
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
        if step == "move":
            return move_statement(
                statement=one,
                call=self._call(cleaned["call"]),
                note=cleaned["note"],
                moved_by=person,
                at=now,
            )
        if step == "merge":
            return merge_statements(
                statements=[*map(_numbered, cleaned["others"].split())],
                into=one,
                note=cleaned["note"],
                merged_by=person,
                at=now,
            )
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

    def _call(self, chosen: str) -> Any:
        found = [one for one in self.calls if str(one.pk) == chosen]
        if not found:
            raise CallElsewhere
        return found[0]

    def get_success_url(self) -> str:
        return reverse("consultation:moderation")


def _replacement(cleaned: dict[str, Any]) -> Any:
    sent = cleaned["in_favour_of"].strip()
    if not sent:
        return None
    return _numbered(sent)


def _numbered(sent: str) -> Any:
    # Decimal digits of any script: an Arabic keyboard types its own.
    is_number = sent.isdecimal() and len(sent) <= LONGEST_NUMBER
    found = statement(int(sent)) if is_number else None
    if found is None:
        raise ReplacementUnknown
    return found

"""A contribution's page, and the secretariat's decisions on it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views import View

from montada.consultation import operations, queries
from montada.consultation.choices import DeclineReason
from montada.consultation.operations.words import LONGEST_NOTE
from montada.consultation.web.reading import readable_contribution
from montada.consultation.web.views import (
    ROWS,
    appeal_shown,
    asked_edition,
    input_context,
)
from montada.djangokit.page_language import page_language
from montada.djangokit.refusals import Refusal
from montada.djangokit.views import OperationView, Page, PermissionRequired, page_of
from montada.djangokit.widgets import FormInZone, MomentField, NoteField
from montada.language.engine.text import LocalizedText


class DecisionForm(FormInZone):
    """What is decided about a contribution; `step` is the button that was pressed."""

    words = NoteField(
        label=_("Your words to its author"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text=_("Everybody may read them in the trace."),
    )
    reason = forms.ChoiceField(
        label=_("Reason, if it is declined"),
        required=False,
        choices=[("", "–"), *DeclineReason.choices],
    )
    into = forms.CharField(
        label=_("Number of the one it is merged into"),
        required=False,
        max_length=20,
        widget=forms.TextInput({"dir": "ltr"}),
    )
    theme = forms.CharField(
        label=_("Theme it is grouped under"),
        required=False,
        max_length=200,
        widget=forms.TextInput({"dir": "auto"}),
    )
    session_at = MomentField(
        label=_("Start of its session"),
        required=False,
        help_text=_("By the clock of the edition."),
    )
    session_url = forms.CharField(
        label=_("Address of its session"),
        required=False,
        max_length=500,
        widget=forms.TextInput({"dir": "ltr"}),
    )

    def clean_session_url(self) -> str:
        """Return an address of this site or of the web; nothing that runs."""
        said: str = self.cleaned_data["session_url"].strip()
        if said and not said.startswith(("/", "https://", "http://")):
            raise forms.ValidationError(_now("An address begins with https:// or /."))
        return said


class InputPage(Page):
    """What a contribution says, and its trace."""

    template_name = "consultation/input.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        shown = input_context(request, kwargs["receipt"])
        zone = shown["row"].call.edition.zone
        form = DecisionForm(zone=zone) if shown["is_secretariat"] else None
        return shown | {"form": form}


class Decide(LoginRequiredMixin, View):
    """The secretariat's step; a refusal comes back on the page with the words kept."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, receipt: str) -> HttpResponse:
        row = readable_contribution(request.user, receipt)
        form = DecisionForm(request.POST, zone=row.call.edition.zone)
        if form.is_valid():
            try:
                self._decide(row, request, form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _now("Done; its author was told."))
                return redirect("consultation:input", receipt)
        shown = input_context(request, receipt) | {"form": form}
        return render(request, "consultation/input.html", shown, status=409)

    def _decide(self, row: Any, request: HttpRequest, said: dict[str, Any]) -> None:
        me: Any = request.user
        now: datetime = timezone.now()
        words = said["words"]
        answer = partial(
            operations.answer_merge_appeal,
            **{"contribution": row, "words": words, "answered_by": me, "at": now},
        )
        steps = {
            "change": lambda: operations.ask_contribution_change(
                contribution=row, words=words, asked_by=me, at=now
            ),
            "accept": lambda: operations.accept_contribution(
                contribution=row, words=words, accepted_by=me, at=now
            ),
            "decline": lambda: operations.decline_contribution(
                contribution=row,
                reason=said["reason"],
                words=words,
                declined_by=me,
                at=now,
            ),
            "merge": lambda: operations.merge_contributions(
                contribution=row,
                into=_other(me, said["into"]),
                words=words,
                merged_by=me,
                at=now,
            ),
            "apart": lambda: answer(is_upheld=True),
            "stay": lambda: answer(is_upheld=False),
            "group": lambda: operations.group_contribution(
                contribution=row,
                theme=LocalizedText.of(page_language(), said["theme"]),
                grouped_by=me,
                at=now,
            ),
            "schedule": lambda: operations.schedule_contribution(
                contribution=row,
                session_at=said["session_at"],
                session_url=said["session_url"],
                words=words,
                scheduled_by=me,
                at=now,
            ),
            "confirm": lambda: operations.confirm_contribution(
                contribution=row, confirmed_by=me, at=now
            ),
            "held": lambda: operations.note_held(contribution=row, noted_by=me, at=now),
            "outcome": lambda: operations.note_outcome(
                contribution=row, words=words, noted_by=me, at=now
            ),
        }
        step = steps.get(request.POST.get("step", ""))
        if step is None:
            raise operations.WordsNeeded
        step()


def _other(person: Any, receipt: str) -> Any:
    row = queries.contribution_at(receipt.strip())
    if row is None or not queries.may_read(person, row):
        raise operations.MergedElsewhere
    return row


class AppealForm(forms.Form):
    words = NoteField(
        label=_("Why it should be decided otherwise"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
        help_text=_("Everybody may read it in the trace. You can appeal once."),
    )


class Appeal(LoginRequiredMixin, OperationView):
    """The author's word to a decision to decline or to merge."""

    template_name = "consultation/appeal.html"
    form_class = AppealForm
    success_message = _("The secretariat has your appeal, and answers it.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        me = self.request.user
        row = readable_contribution(me, self.kwargs["receipt"])
        if not queries.may_write(me, row):
            raise Http404(_now("There is no such contribution of yours."))
        shown = {"row": row, "appeal": appeal_shown(row, me, is_mine=True)}
        return super().get_context_data(**kwargs) | shown

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.appeal(
            contribution=readable_contribution(me, self.kwargs["receipt"]),
            words=cleaned["words"],
            appealed_by=me,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("consultation:input", args=[self.kwargs["receipt"]])


class Worklist(PermissionRequired, Page):
    """What waits for the secretariat's word, the oldest first."""

    permission = "consultation.change_consultation"
    template_name = "consultation/worklist.html"

    def permission_object(self) -> Any:
        return asked_edition(self.request)

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = asked_edition(request)
        state = request.GET.get("state", "")
        rows = queries.waiting(edition)
        if state in queries.names_of("state", page_language()):
            rows = queries.contributions_of(edition).filter(state=state)
        return {
            "edition": edition,
            "page": page_of(request, rows, ROWS),
            "states": queries.states_counted(edition, page_language()),
            "chosen": state,
        }

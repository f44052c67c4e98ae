"""Meetings of the consultation, who took part, and whose voices are missing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.consultation import operations, queries
from montada.consultation.engine.values import MeetingPlan
from montada.consultation.operations.words import LONGEST_NOTE
from montada.consultation.web.secretariat import (
    LANGUAGE_CHOICES,
    PERMISSION,
    MeetingForm,
)
from montada.consultation.web.views import asked_edition
from montada.djangokit.page_language import page_language
from montada.djangokit.views import OperationView, Page, PermissionRequired
from montada.djangokit.widgets import NoteField


class Meetings(Page):
    template_name = "consultation/meetings.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = asked_edition(request)
        return {
            "edition": edition,
            "meetings": queries.meetings_of(edition, request.user),
            "is_secretariat": queries.may_change(request.user, edition),
        }


class MeetingPage(Page):
    template_name = "consultation/meeting.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        meeting = _found(kwargs["pk"])
        is_secretariat = queries.may_change(request.user, meeting.edition)
        calls = queries.call_rows(meeting.edition, timezone.now(), request.user)
        return {
            "row": queries.meeting_row(meeting, request.user),
            "said": queries.said_in_room(meeting),
            "calls": calls if is_secretariat else [],
            "is_secretariat": is_secretariat,
        }


def _found(pk: int) -> Any:
    meeting = queries.meeting(pk)
    if meeting is None:
        raise Http404(_now("There is no such meeting."))
    return meeting


class SetMeeting(PermissionRequired, OperationView):
    """Sets up a meeting, or changes the one in the address."""

    permission = PERMISSION
    template_name = "consultation/set.html"
    form_class = MeetingForm
    success_message = _("The meeting is set.")
    extra_context = {"heading": _("Set a meeting")}

    def permission_object(self) -> Any:
        pk = self.kwargs.get("pk")
        self.meeting: Any = _found(pk) if pk else None
        self.edition: Any = (
            self.meeting.edition if self.meeting else asked_edition(self.request)
        )
        return self.edition

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"zone": self.edition.zone}

    def get_initial(self) -> dict[str, Any]:
        if self.meeting is None:
            return {}
        told = {n: getattr(self.meeting, n) for n in MeetingForm.base_fields}
        lines = (f"{d['url']} {d['title']}" for d in self.meeting.documents)
        return told | {"documents": "\n".join(lines)}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.set_meeting(
            edition=self.edition,
            meeting=self.meeting,
            plan=MeetingPlan(**cleaned),
            set_by=me,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("consultation:meeting", args=[self.result.pk])


class Participation(Page):
    template_name = "consultation/participation.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = asked_edition(request)
        return {
            "edition": edition,
            "it": queries.participation(edition, page_language()),
            "is_secretariat": queries.may_change(request.user, edition),
        }


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput({"dir": "ltr", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=LANGUAGE_CHOICES
    )
    words = NoteField(
        label=_("Words of your own"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )


class Invite(PermissionRequired, OperationView):
    """Invites somebody whose voice is missing on a side."""

    permission = PERMISSION
    template_name = "consultation/invite.html"
    form_class = InviteForm
    success_message = _("The invitation is on its way.")

    def permission_object(self) -> Any:
        self.edition = asked_edition(self.request)
        return self.edition

    def get_initial(self) -> dict[str, Any]:
        return {"language": page_language()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        axis, value = self.kwargs["axis"], self.kwargs["value"]
        side = queries.value_in_words(axis, value, page_language())
        return super().get_context_data(**kwargs) | {"side": side}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.invite_missing_voice(
            edition=self.edition,
            axis=self.kwargs["axis"],
            value=self.kwargs["value"],
            **cleaned,
            invited_by=me,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("consultation:participation")

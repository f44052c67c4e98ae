"""What the secretariat sets: calls, questions, meetings, late entries, invitations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.consultation import operations, queries
from montada.consultation.web.reading import found_call
from montada.consultation.web.views import asked_edition
from montada.djangokit.page_language import page_language
from montada.djangokit.refusals import Refusal
from montada.djangokit.views import OperationView, Page, PermissionRequired
from montada.djangokit.widgets import FormInZone, MomentField
from montada.language.engine.text import LANGUAGES, OWN_NAMES
from montada.language.fields import LocalizedTextFormField
from montada.participation import queries as people

PERMISSION = "consultation.change_consultation"
LANGUAGE_CHOICES = [(tag, OWN_NAMES[tag]) for tag in LANGUAGES]


class CallForm(FormInZone):
    opens_at = MomentField(label=_("Opens"))
    closes_at = MomentField(
        label=_("Closes"), help_text=_("From this moment on it is closed.")
    )
    intro = LocalizedTextFormField(
        label=_("What is read above the questions"), required=False, rows=4
    )


class MeetingForm(FormInZone):
    title = LocalizedTextFormField(label=_("Title"))
    starts_at = MomentField(label=_("Starts"))
    ends_at = MomentField(label=_("Ends"))
    place = LocalizedTextFormField(label=_("Place"), required=False)
    join_url = forms.URLField(
        label=_("Link to join"), required=False, max_length=500, assume_scheme="https"
    )
    agenda = LocalizedTextFormField(label=_("Agenda"), required=False, rows=5)
    documents = forms.CharField(
        label=_("Documents"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
        help_text=_("One a line: its address, a space, its title."),
    )
    minutes = LocalizedTextFormField(label=_("Minutes"), required=False, rows=8)

    def clean_documents(self) -> tuple[dict[str, str], ...]:
        lines = [line.strip() for line in self.cleaned_data["documents"].splitlines()]
        return tuple(_document(line) for line in lines if line)


def _document(line: str) -> dict[str, str]:
    url, _space, title = line.partition(" ")
    if not url.startswith(("https://", "http://", "/")):
        raise forms.ValidationError(_now("An address begins with https:// or /."))
    return {"url": url, "title": title.strip() or url}


class OfCall(PermissionRequired):
    permission = PERMISSION

    def permission_object(self) -> Any:
        self.call = found_call(self.kwargs["pk"])
        return self.call.edition


class EditCall(OfCall, OperationView):
    template_name = "consultation/set.html"
    form_class = CallForm
    success_message = _("The call is set.")
    extra_context = {"heading": _("Set the call")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"zone": self.call.edition.zone}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        for name in ("opens_at", "closes_at", "intro"):
            # Of the field: words that stay as they were keep their approver.
            form.fields[name].initial = getattr(self.call, name)
        return form

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.set_call(
            call=self.call, **cleaned, set_by=me, at=timezone.now()
        )

    def get_success_url(self) -> str:
        return reverse("consultation:call", args=[self.call.pk])


class OpenCalls(PermissionRequired, Page):
    """A button: the calls of the data file are open in the consultation phase."""

    permission = PERMISSION
    http_method_names = ["post"]

    def permission_object(self) -> Any:
        return asked_edition(self.request)

    def post(self, request: HttpRequest) -> HttpResponse:
        me: Any = request.user
        edition = asked_edition(request)
        try:
            operations.open_calls(edition=edition, opened_by=me, at=timezone.now())
        except Refusal as refusal:
            return render(
                request, "consultation/refused.html", {"refusal": refusal}, status=409
            )
        return redirect("consultation:index")


class EnterForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail of its author, if they have an account"),
        required=False,
        widget=forms.EmailInput({"dir": "ltr", "autocomplete": "off"}),
    )
    written_in = forms.ChoiceField(
        label=_("Language in which it was said"), choices=LANGUAGE_CHOICES
    )

    def clean_email(self) -> Any:
        email = self.cleaned_data["email"]
        if not email:
            return None
        author = people.person_of_email(email)
        if author is None:
            raise forms.ValidationError(
                _now("Nobody takes part under this address. Leave it empty.")
            )
        return author


class Enter(OfCall, OperationView):
    """Begins a contribution that the secretariat writes down for somebody else."""

    template_name = "consultation/enter.html"
    form_class = EnterForm

    def get_initial(self) -> dict[str, Any]:
        return {"written_in": page_language()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = super().get_context_data(**kwargs)
        return shown | {
            "call": self.call,
            "is_late": self.call.is_over_at(timezone.now()),
            "meeting": self._meeting(),
        }

    def _meeting(self) -> Any:
        asked = self.request.GET.get("meeting", "")
        if not asked:
            return None
        meeting = queries.meeting(int(asked)) if asked.isdecimal() else None
        if meeting is None or meeting.edition_id != self.call.edition_id:
            raise Http404(_now("There is no such meeting."))
        return meeting

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.enter_contribution(
            call=self.call,
            written_in=cleaned["written_in"],
            author=cleaned["email"],
            meeting=self._meeting(),
            entered_by=me,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("consultation:draft", args=[self.result.pk])

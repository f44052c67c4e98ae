"""What a session's page says of it: a form for those who hold it and who plan it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.audit import queries as audit
from montada.djangokit.views import OperationView
from montada.language.fields import LocalizedTextFormField
from montada.programme import operations, queries
from montada.programme.choices import Feature, SessionMode
from montada.programme.web.asking import found_edition, of_edition
from montada.programme.web.proposal_forms import (
    LANGUAGE_CHOICES,
    NOTHING,
    boxes,
    line,
)

OF_PLANNERS = ("minutes", "mode", "needs", "audience")
WORDS = ("title", "description")


class LinksField(forms.CharField):
    """Addresses, one a line, each after its title."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=20_000,
            widget=forms.Textarea({"rows": 3, "dir": "auto"}),
            help_text=_(
                "One a line, its title before it: Slides https://example.org/a"
            ),
        )

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{one['title']} {one['url']}".strip() for one in value)

    def clean(self, value: Any) -> list[tuple[str, str]]:
        said = [row.strip() for row in super().clean(value).splitlines()]
        parts = [row.rpartition(" ") for row in said if row]
        return [(title.strip(), address) for title, _space, address in parts]


def _address(label: Any, **kwargs: Any) -> forms.CharField:
    widget = forms.URLInput({"dir": "ltr"})
    return forms.CharField(
        label=label, required=False, max_length=500, widget=widget, **kwargs
    )


class DetailsForm(forms.Form):
    title = LocalizedTextFormField(label=_("Title"))
    description = LocalizedTextFormField(label=_("Abstract"), required=False, rows=6)
    minutes = forms.IntegerField(label=_("Length in minutes"))
    mode = forms.ChoiceField(
        label=_("How people take part"),
        required=False,
        choices=[*NOTHING, *SessionMode.choices],
    )
    needs = boxes(_("What the room must have"), choices=Feature.choices)
    audience = forms.IntegerField(
        label=_("People expected"),
        required=False,
        help_text=_("Leave it empty if nobody knows."),
    )
    agenda = LocalizedTextFormField(
        label=_("Agenda of the session"), required=False, rows=3
    )
    languages = boxes(_("Languages spoken or interpreted"), choices=LANGUAGE_CHOICES)
    remote_minutes = forms.IntegerField(
        label=_("Minutes kept for questions from afar"), required=False
    )
    documents = LinksField(_("Documents"))
    links = LinksField(_("Links"))
    register_url = _address(
        _("Address at which people register"),
        help_text=_("Its QR code stands on the session's page."),
    )
    stream_url = _address(_("Address of the live broadcast"))
    recording_url = _address(_("Address of the recording"))
    hashtag = line(_("Hashtag"), 60)

    def __init__(self, *args: Any, session: Any, plans: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if not plans:
            for name in OF_PLANNERS:
                del fields[name]
        if not plans or session.proposal_id:
            for name in WORDS:
                del fields[name]
        known = [tag for tag, _name in LANGUAGE_CHOICES]
        fields["languages"].choices = LANGUAGE_CHOICES + [
            (tag, tag) for tag in session.languages if tag not in known
        ]
        for name, field in fields.items():
            # Of the field: words that stay as they were keep their approver.
            field.initial = getattr(session, name)

    def clean_audience(self) -> int:
        return self.cleaned_data["audience"] or 0


class DescribeSession(LoginRequiredMixin, OperationView):
    template_name = "programme/session_details.html"
    form_class = DetailsForm
    success_message = _("It is saved.")

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.edition = found_edition(kwargs["edition"])
        self.session: Any = queries.session_to_describe(self.edition, kwargs["slug"])
        if self.session is None:
            raise Http404(_now("There is no such session."))

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        me = request.user
        self.plans = queries.runs_programme(me, self.edition)
        if me.is_authenticated and not queries.may_describe(me, self.session):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "session": self.session,
            "plans": self.plans,
        }

    def number_now(self) -> int:
        return audit.last_entry_about(self.session)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "session": self.session,
            **of_edition(self.edition),
            "back": self.get_success_url(),
        }

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.describe_session(
            session=self.session,
            values=cleaned,
            seen=self.seen,
            described_by=me,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        session = self.session
        if session.is_public or session.proposal is None:
            return reverse("programme:session", args=[session.slug])
        where = [self.edition.slug, session.proposal.reference]
        return reverse("programme:proposal", args=where)

"""An entry on its way: what is said of it, and the buttons that move it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from montada.djangokit.page_language import page_language
from montada.djangokit.views import OperationView, Page, PermissionRequired, page_of
from montada.stocktaking import operations, queries
from montada.stocktaking.permissions import (
    is_secretariat,
    role_in,
    sees_inside,
    speaks_for_country,
)
from montada.stocktaking.web.steps import (
    Step,
    check_inside,
    found_project,
    found_version,
)

ROWS_PER_PAGE = 50


class RemarkForm(forms.Form):
    """Words, and by which button they are sent."""

    kind = forms.ChoiceField(
        choices=[("change", ""), ("comment", ""), ("return", "")],
        widget=forms.HiddenInput,
    )
    text = forms.CharField(
        label=_("Your words"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )


_DONE = {
    "change": _("Your request was sent."),
    "comment": _("Your comment was sent."),
    "return": _("The entry is with its author again."),
}


class EntryPage(LoginRequiredMixin, OperationView):
    """One version for those inside; sending the form says something of it."""

    template_name = "stocktaking/entry.html"
    form_class = RemarkForm

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if request.user.is_authenticated:
            self.version = found_version(kwargs["pk"])
            check_inside(request.user, self.version.project)
            is_members = bool(role_in(request.user, self.version.project))
            if not queries.is_handed_in(self.version) and not is_members:
                raise Http404(
                    gettext("There is no such entry, or it is a draft still.")
                )
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        me, version, now = self.request.user, self.version, timezone.now()
        speaks, publishes = speaks_for_country(me, version.project), is_secretariat(me)
        context = super().get_context_data(**kwargs) | {
            "entry": queries.entry_shown(version, reader=me, at=now),
            "speaks": speaks,
            "publishes": publishes,
            "is_member": bool(role_in(me, version.project)),
            "contacts": version.project.contacts.all(),
        }
        if publishes:
            context |= {
                "purposes": queries.purposes_in_words(version),
                "alike": queries.alike(version, page_language()),
            }
        return context

    def operate(self, cleaned: dict[str, Any]) -> None:
        me: Any = self.request.user
        said = {"version": self.version, "text": cleaned["text"], "at": timezone.now()}
        self.success_message = _DONE[cleaned["kind"]]  # type: ignore[misc]
        if cleaned["kind"] == "change":
            operations.ask_for_change(asked_by=me, **said)
        elif cleaned["kind"] == "comment":
            operations.comment(made_by=me, **said)
        else:
            operations.return_version(returned_by=me, **said)

    def get_success_url(self) -> str:
        return reverse("stocktaking:version", args=[self.version.pk])


class EntryStep(Step):
    def fallback(self) -> str:
        return reverse("stocktaking:version", args=[self.kwargs["pk"]])

    def sent_at(self) -> datetime | None:
        """Return when the words were sent that stood above the button."""
        with suppress(ValueError):
            return parse_datetime(self.request.POST.get("sent_at", ""))
        return None


class Endorse(EntryStep):
    done = _("Your country has endorsed the entry.")

    def operate(self, person: Any) -> None:
        operations.endorse(
            version=found_version(self.kwargs["pk"]),
            endorsed_by=person,
            at=timezone.now(),
            sent_at=self.sent_at(),
        )


class TakeBack(EntryStep):
    done = _("The endorsement was taken back.")

    def operate(self, person: Any) -> None:
        operations.take_back_endorsement(
            version=found_version(self.kwargs["pk"]),
            taken_back_by=person,
            at=timezone.now(),
        )


class Publish(EntryStep):
    done = _("The entry is in the register.")

    def operate(self, person: Any) -> None:
        operations.publish_entry(
            version=found_version(self.kwargs["pk"]),
            published_by=person,
            at=timezone.now(),
            sent_at=self.sent_at(),
        )


class Confirm(Step):
    done = _("Thank you: the register shows that all is still true.")

    def operate(self, person: Any) -> None:
        project = found_project(self.kwargs["slug"])
        operations.confirm_current(
            project=project, confirmed_by=person, at=timezone.now()
        )

    def fallback(self) -> str:
        return reverse("stocktaking:history", args=[self.kwargs["slug"]])


class WaitingEntries(PermissionRequired, Page):
    """What waits for the secretariat, the oldest first."""

    permission = "stocktaking.publish_project"
    template_name = "stocktaking/waiting.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        person: Any = request.user
        page = page_of(request, queries.to_publish(person), ROWS_PER_PAGE)
        return {"page": page}


class History(Page):
    """Versions and decisions: of a public project for all, of any for those inside."""

    template_name = "stocktaking/history.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        project = found_project(kwargs["slug"])
        is_inside = sees_inside(request.user, project)
        if not project.is_public and not is_inside:
            raise Http404(gettext("The register holds no project at this address."))
        role = role_in(request.user, project)
        return {
            "project": project,
            "history": queries.history_of(
                project, is_inside=is_inside, at=timezone.now()
            ),
            "is_inside": is_inside,
            "role": role,
            "is_secretariat": is_secretariat(request.user),
        }

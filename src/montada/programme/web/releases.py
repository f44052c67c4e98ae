"""Releases: what changed with each, the programme as it was, and the next one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.djangokit.views import OperationView, Page
from montada.programme import operations, queries
from montada.programme.web.asking import OfProgramme, found_edition, of_edition
from montada.programme.web.zones import forums_hours


class Releases(Page):
    """The changelog: each release with what changed."""

    template_name = "programme/releases.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = found_edition(kwargs["edition"])
        return {
            **forums_hours(edition, edition.starts_on),
            **of_edition(edition),
            "releases": [
                (release, queries.changes_of(release) if release.number > 1 else [])
                for release in queries.releases_of(edition)
            ],
            "is_secretariat": queries.runs_programme(request.user, edition),
        }


class ReleasePage(Page):
    """The programme as one release had it."""

    template_name = "programme/release.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = found_edition(kwargs["edition"])
        release = queries.release(edition, kwargs["number"])
        if release is None:
            raise Http404(_now("There is no such release."))
        newest = queries.last_release(edition)
        days = queries.released_days(release)
        return {
            **forums_hours(edition, days[0][0] if days else None),
            **of_edition(edition),
            "release": release,
            "newest": newest if newest != release else None,
            "days": days,
            "changes": queries.changes_of(release) if release.number > 1 else [],
        }


class ReleaseForm(forms.Form):
    note = forms.CharField(
        label=_("What should readers know about this release?"),
        help_text=_("Shown in the changelog, in your language. May stay empty."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class ReleaseNow(OfProgramme, OperationView):
    """Shows what would change, and publishes the plan that is worked on."""

    template_name = "programme/release_now.html"
    form_class = ReleaseForm
    success_message = _("The programme is published; whom it concerns is told by mail.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self._plan()
        self.draft = queries.draft_release(plan)
        told = {"edition": self.edition, "plan": plan, "draft": self.draft}
        return super().get_context_data(**kwargs) | told

    def number_now(self) -> int:
        return self.draft.mark

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.release_plan(
            plan=self._plan(),
            note=cleaned["note"],
            seen=self.seen,
            released_by=me,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse(
            "programme:release", args=[self.edition.slug, self.result.number]
        )

    def _plan(self) -> Any:
        plan = queries.current_plan(self.edition)
        if plan is None:
            raise Http404(_now("This edition has no plan of a timetable yet."))
        return plan

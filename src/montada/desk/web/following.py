"""Following: the buttons, and one's own page of what is followed and what is new."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from montada.desk import operations, queries
from montada.desk.choices import DigestRhythm
from montada.djangokit.refusals import Refusal
from montada.djangokit.views import OperationView
from montada.djangokit.widgets import is_in_reason


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(
        label=gettext_lazy("Mail about what is new"),
        choices=DigestRhythm.choices,
        widget=forms.RadioSelect,
    )


class Following(LoginRequiredMixin, OperationView):
    """What I follow, what is new of it, and how I am told; the form is the rhythm."""

    template_name = "desk/following.html"
    form_class = RhythmForm
    success_message = gettext_lazy("Saved.")

    def get_initial(self) -> dict[str, Any]:
        me: Any = self.request.user
        reading = queries.reading_of(me)
        return {"rhythm": reading.rhythm if reading else DigestRhythm.NEVER}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        me: Any = self.request.user
        reading = queries.reading_of(me)
        return super().get_context_data(**kwargs) | {
            "follows": queries.follows_of(me),
            "whats_new": queries.what_is_new(
                me, at=timezone.now(), limit=queries.N_ON_PAGE
            ),
            "feed_url": self._feed_url(reading) if reading else "",
        }

    def _feed_url(self, reading: Any) -> str:
        path = reverse("desk:my-feed", args=[queries.feed_key(reading)])
        return self.request.build_absolute_uri(path)

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        rhythm = DigestRhythm(cleaned["rhythm"])
        return operations.choose_rhythm(person=me, rhythm=rhythm, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("desk:following")


class Button(View):
    """
    A form of one button; the answer is the page it stands on.

    Who is not signed in signs in first and comes back to that page.
    """

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        back = request.POST.get("back", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
            back = reverse("desk:following")
        if not request.user.is_authenticated:
            return redirect_to_login(back)
        try:
            said = self.press(request.user, timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, said)
        return redirect(back)

    def press(self, me: Any, at: datetime) -> str:
        """Do what the button says, and return what was done."""
        raise NotImplementedError

    @property
    def subject(self) -> dict[str, str]:
        return {name: self.request.POST.get(name, "") for name in ("kind", "key")}


class Follow(Button):
    def press(self, me: Any, at: datetime) -> str:
        operations.follow(person=me, **self.subject, at=at)
        return _("You follow this now.")


class Unfollow(Button):
    def press(self, me: Any, at: datetime) -> str:
        operations.unfollow(person=me, **self.subject)
        return _("You do not follow this any more.")


class MarkRead(Button):
    """`until` is the moment of the page, so that what came after it stays new."""

    def press(self, me: Any, at: datetime) -> str:
        operations.mark_read(person=me, until=self._until() or at, at=at)
        return _("Marked as read.")

    def _until(self) -> datetime | None:
        try:
            moment = parse_datetime(self.request.POST.get("until", ""))
        except ValueError:
            return None
        is_moment = moment and timezone.is_aware(moment) and is_in_reason(moment)
        return moment if is_moment else None


class RenewFeed(Button):
    def press(self, me: Any, at: datetime) -> str:
        operations.renew_feed(person=me, at=at)
        return _("Your feed has a new address; the old one leads nowhere.")

"""Speakers: the list, one of them, and their own page, with a key or an account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache

from montada.djangokit.page_language import page_language
from montada.djangokit.refusals import Refusal
from montada.djangokit.views import Page, page_of
from montada.participation import queries as people
from montada.programme import operations, queries
from montada.programme.queries import pictures
from montada.programme.web.asking import found_edition, of_edition
from montada.programme.web.pairs import refuse_halves
from montada.programme.web.pictures import PhotoForm
from montada.programme.web.proposal_forms import ProfileForm, initial_of_speaker
from montada.programme.web.zones import forums_hours

ROWS = 60


class SpeakerList(Page):
    template_name = "programme/speakers.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = found_edition(kwargs["edition"])
        words = request.GET.get("text", "")[:200]
        rows = queries.speakers_of(edition, words)
        return {
            **of_edition(edition),
            "text": words,
            "page": page_of(request, rows, ROWS),
        }


class SpeakerPage(Page):
    template_name = "programme/speaker.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = found_edition(kwargs["edition"])
        speaker = queries.speaker(kwargs["slug"])
        here, earlier = queries.seats_of(speaker, edition) if speaker else ([], [])
        if speaker is None or not (here or earlier):
            raise Http404(_now("There is no such speaker."))
        return {
            **forums_hours(edition, edition.starts_on),
            **of_edition(edition),
            "speaker": speaker,
            "seats": here,
            "earlier": earlier,
            "is_me": request.user.pk is not None
            and speaker.person_id == request.user.pk,
            "sets_photo": pictures.may_set_photo(request.user, speaker),
        }


class TimesForm(forms.Form):
    """From when to when somebody can be there, day by day, by their own clock."""

    timezone = forms.ChoiceField(
        label=_("Your time zone"),
        required=False,
        help_text=_("The hours below are those of your clock."),
    )

    def __init__(self, data: Any = None, *, edition: Any, speaker: Any) -> None:
        super().__init__(data, prefix="times")
        self.edition, reader = edition, page_language()
        fields: Any = self.fields
        there = [("", _now("That of the edition"))]
        fields["timezone"].choices = [*there, *people.timezones(reader)]
        fields["timezone"].initial = speaker.timezone
        zone = ZoneInfo(speaker.timezone) if speaker.timezone else edition.zone
        told = _by_day(queries.availability_of(edition, speaker), zone)
        self.days = queries.days_in_words(edition, reader)
        for day, name in self.days:
            on = {"day": name}
            begins, ends = told.get(day, (None, None))
            fields[f"{day}-from"] = _clock(_now("%(day)s from") % on, begins)
            fields[f"{day}-to"] = _clock(_now("%(day)s until") % on, ends)

    def clean(self) -> dict[str, Any]:
        pairs = [(f"{day}-from", f"{day}-to") for day, _name in self.days]
        refuse_halves(self, pairs, _now("Say both, from when and until when."))
        return self.cleaned_data

    def groups(self) -> list[list[Any]]:
        """Return begin and end of each day, as they stand side by side."""
        return [[self[f"{day}-from"], self[f"{day}-to"]] for day, _n in self.days]

    def times(self) -> list[tuple[datetime, datetime]]:
        """Return moments; where one ends before it begins, it ends the next day."""
        named = self.cleaned_data["timezone"]
        zone = ZoneInfo(named) if named else self.edition.zone
        found = []
        for day, _name in self.days:
            begins = self.cleaned_data[f"{day}-from"]
            ends = self.cleaned_data[f"{day}-to"]
            if begins is None or ends is None:
                continue
            last = day if begins < ends else day + timedelta(days=1)
            span = (
                datetime.combine(day, begins, zone).astimezone(UTC),
                datetime.combine(last, ends, zone).astimezone(UTC),
            )
            found.append(span)
        return found


def _clock(label: str, initial: Any) -> forms.TimeField:
    widget = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget, initial=initial)


def _by_day(rows: Any, zone: ZoneInfo) -> dict[Any, Any]:
    """Return begin and end of each day's time, by a clock."""
    local = [(r.starts_at.astimezone(zone), r.ends_at.astimezone(zone)) for r in rows]
    return {begins.date(): (begins.time(), ends.time()) for begins, ends in local}


class SpeakersDesk(View):
    """
    What a speaker answers and says of themselves.

    Subclasses find `speaker` and `seats`; `by` is their person, or None for a key.
    """

    template_name = "programme/speaking.html"
    missing: Any = _(
        "This link is not known here, or a newer one was sent. Was it copied "
        "completely?"
    )

    def find(self, request: HttpRequest) -> tuple[Any, list[Any], Any]:
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.edition = found_edition(kwargs["edition"])
        self.speaker, self.seats, self.by = self.find(request)
        if self.speaker is None:
            raise Http404(str(self.missing))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        part, _colon, pk = request.POST.get("part", "").partition(":")
        steps = {
            "comes": self._answer,
            "declines": self._answer,
            "photo": self._photo,
            "no-photo": self._no_photo,
            "profile": self._profile,
            "times": self._times,
        }
        if part not in steps:
            raise Http404(_now("There is no such step."))
        try:
            wrong = steps[part](part, pk)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return self._page(status=refusal.status)
        if wrong is not None:
            return self._page(status=422, **{part: wrong})
        messages.success(request, _now("Thank you, it is noted."))
        return redirect(request.path)

    def _answer(self, part: str, pk: str) -> None:
        seat = next((one for one in self.seats if str(one.pk) == pk), None)
        if seat is None:
            raise Http404(_now("There is no such step."))
        operations.answer_seat(
            seat=seat,
            is_coming=part == "comes",
            is_remote="is_remote" in self.request.POST if part == "comes" else None,
            answered_by=self.by,
            at=timezone.now(),
        )

    def _profile(self, _part: str, _pk: str) -> ProfileForm | None:
        form = self._profile_form(self.request.POST)
        if not form.is_valid():
            return form
        operations.change_profile(
            speaker=self.speaker,
            facts=form.facts(timezone=self.speaker.timezone),
            changed_by=self.by,
            at=timezone.now(),
        )
        return None

    def _photo(self, _part: str, _pk: str) -> PhotoForm | None:
        form = PhotoForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return form
        operations.set_photo(
            speaker=self.speaker,
            file=form.cleaned_data["photo"],
            set_by=self.by,
            at=timezone.now(),
        )
        return None

    def _no_photo(self, _part: str, _pk: str) -> None:
        operations.remove_photo(
            speaker=self.speaker, removed_by=self.by, at=timezone.now()
        )

    def _times(self, _part: str, _pk: str) -> TimesForm | None:
        form = self._times_form(self.request.POST)
        if not form.is_valid():
            return form
        operations.set_availability(
            edition=self.edition,
            speaker=self.speaker,
            times=form.times(),
            zone=form.cleaned_data["timezone"],
            set_by=self.by,
            at=timezone.now(),
        )
        return None

    def _profile_form(self, data: Any = None) -> ProfileForm:
        form = ProfileForm(data, initial=initial_of_speaker(self.speaker))
        form.fields["biography"].initial = self.speaker.biography
        return form

    def _times_form(self, data: Any = None) -> TimesForm:
        return TimesForm(data, edition=self.edition, speaker=self.speaker)

    def _page(self, status: int = 200, **bound: Any) -> HttpResponse:
        shown = {
            **of_edition(self.edition),
            "speaker": self.speaker,
            "seats": self.seats,
            "is_over": queries.is_past(self.edition, timezone.now()),
            "photo": bound.get("photo") or PhotoForm(),
            "photo_address": pictures.photo_written_out(self.speaker),
            "profile": bound.get("profile") or self._profile_form(),
            "times": bound.get("times") or self._times_form(),
        }
        return render(self.request, self.template_name, shown, status=status)


@method_decorator(never_cache, name="dispatch")
class Speaking(SpeakersDesk):
    """Opened by the key of a letter, without an account."""

    def find(self, request: HttpRequest) -> tuple[Any, list[Any], Any]:
        seat = queries.seat_of_key(self.edition, self.kwargs["key"])
        return (seat.speaker, [seat], None) if seat else (None, [], None)


class MySpeaking(LoginRequiredMixin, SpeakersDesk):
    """Of somebody who signed in: everything they were asked for in an edition."""

    missing = _("You were not asked to speak in this edition.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        return super().dispatch(request, *args, **kwargs)

    def find(self, request: HttpRequest) -> tuple[Any, list[Any], Any]:
        speaker = queries.speaker_of(request.user)
        seats = queries.seats_in(self.edition, speaker) if speaker else []
        return speaker, seats, request.user

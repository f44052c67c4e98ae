"""Rooms of an edition as its programme sees them: the list, and a form for each."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.djangokit.views import OperationView
from montada.programme import operations, queries
from montada.programme.choices import Feature, Layout
from montada.programme.operations.rooms import LENGTHS, MOST_BOOTHS, MOST_SEATS
from montada.programme.web.asking import of_edition
from montada.programme.web.timetable import OfEdition

TIME = forms.TimeInput({"type": "time"}, format="%H:%M")


class RoomForm(forms.Form):
    """A room; `opens_…` and `closes_…` for each day are made for its edition."""

    seats = forms.IntegerField(
        label=_("Seats"), required=False, min_value=0, max_value=MOST_SEATS
    )
    layout = forms.ChoiceField(
        label=_("How it is set"), required=False, choices=[("", "—"), *Layout.choices]
    )
    features = forms.MultipleChoiceField(
        label=_("What it has"),
        required=False,
        choices=Feature.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    n_booths = forms.IntegerField(
        label=_("Booths for interpreters"),
        min_value=0,
        max_value=MOST_BOOTHS,
        initial=0,
    )
    building = forms.CharField(
        label=_("Building"),
        required=False,
        max_length=LENGTHS["building"],
        widget=forms.TextInput({"dir": "auto"}),
    )
    floor = forms.CharField(
        label=_("Floor"),
        required=False,
        max_length=LENGTHS["floor"],
        widget=forms.TextInput({"dir": "auto"}),
    )
    equipment = forms.CharField(
        label=_("Equipment"),
        required=False,
        max_length=LENGTHS["equipment"],
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
        help_text=_("One thing a line."),
    )
    closed = forms.CharField(
        label=_("Times at which it is not to be had"),
        required=False,
        max_length=4_000,
        widget=forms.Textarea({"rows": 3, "dir": "ltr"}),
        help_text=_("One a line: 2027-07-05 16:00-18:00"),
    )

    def __init__(self, *args: Any, days: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = days
        for day in days:
            for name in ("opens", "closes"):
                self.fields[f"{name}_{day}"] = forms.TimeField(
                    label=_("Opens") if name == "opens" else _("Closes"),
                    required=False,
                    widget=TIME,
                )
            self.fields[f"shut_{day}"] = forms.BooleanField(
                label=_("Closed all day"), required=False
            )

    @property
    def hours_of_days(self) -> list[tuple[date, list[Any]]]:
        """Each day with its three fields."""
        names = ("opens", "closes", "shut")
        return [(day, [self[f"{name}_{day}"] for name in names]) for day in self.days]

    @property
    def of_the_room(self) -> list[Any]:
        """The fields that are not of one day."""
        return [self[name] for name in RoomForm.base_fields]

    def clean_closed(self) -> list[tuple[datetime, datetime]]:
        lines = self.cleaned_data["closed"].splitlines()
        return [_closed_time(line.strip()) for line in lines if line.strip()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        hours: dict[date, tuple[time, time] | None] = {}
        for day in self.days:
            opens, closes = cleaned.get(f"opens_{day}"), cleaned.get(f"closes_{day}")
            if cleaned.get(f"shut_{day}"):
                hours[day] = None
            elif opens and closes:
                hours[day] = (opens, closes)
            elif opens or closes:
                self.add_error(
                    f"{'closes' if opens else 'opens'}_{day}",
                    _now("Say both, when it opens and when it closes."),
                )
        return cleaned | {"hours": hours}


def _closed_time(line: str) -> tuple[datetime, datetime]:
    day, _space, hours = line.partition(" ")
    start, _dash, end = hours.replace("\N{EN DASH}", "-").partition("-")
    try:
        on = date.fromisoformat(day)
        times = [time.fromisoformat(hour.strip()) for hour in (start, end)]
        # Until 00:00 is until midnight, of a day that there is.
        after = on + timedelta(days=1)
    except (ValueError, OverflowError):
        raise forms.ValidationError(
            _now("“%(line)s” is no date with two times: 2027-07-05 16:00-18:00")
            % {"line": line[:60]}
        ) from None
    begins, ends = (
        datetime.combine(on, hour.replace(tzinfo=None, second=0, microsecond=0))
        for hour in times
    )
    return begins, ends if ends.time() else datetime.combine(after, ends.time())


class Rooms(OfEdition):
    """All rooms of an edition, with what they have."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        shown = {
            **of_edition(self.edition),
            "rows": queries.room_rows(self.edition),
        }
        return render(request, "programme/plan_rooms.html", shown)


class EditRoom(OfEdition, OperationView):
    template_name = "programme/plan_room.html"
    form_class = RoomForm
    success_message = _("The room is saved.")

    def permission_object(self) -> Any:
        edition = super().permission_object()
        self.row = queries.room_row(edition, self.kwargs["pk"])
        if self.row is None:
            raise Http404(_now("There is no such room."))
        return edition

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"days": queries.days_of(self.edition)}

    def get_initial(self) -> dict[str, Any]:
        details: Any = self.row.details if self.row else None
        names = ("building", "floor", "layout", "features", "n_booths", "equipment")
        known = {name: getattr(details, name) for name in names}
        known["seats"] = self.row.room.seats if self.row else None
        known["closed"] = "\n".join(
            f"{start.replace('T', ' ')}-{end[11:]}" for start, end in details.closed
        )
        for day, pair in details.hours.items():
            known[f"shut_{day}"] = not pair
            known |= zip((f"opens_{day}", f"closes_{day}"), pair, strict=False)
        return known

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            **of_edition(self.edition),
            "row": self.row,
        }

    def number_now(self) -> int | None:
        return queries.last_decision_about_room(self.row.room) if self.row else None

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        room: Any = self.row.room if self.row else None
        return operations.set_room_details(
            room=room,
            values=cleaned,
            seen=self.seen,
            set_by=me,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("programme:plan_rooms", args=[self.edition.slug])

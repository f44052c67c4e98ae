"""The timetable's pages: plans side by side, and one plan day by day."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.djangokit.views import OperationView
from montada.programme import operations, queries
from montada.programme.web.asking import OfProgramme, of_edition
from montada.programme.web.timetable_forms import (
    PlaceForm,
    PlanForm,
    RenameForm,
    SolveForm,
)

LABELS = {
    "unplaced": _("Sessions without a place"),
    "seats_over": _("People without a seat"),
    "wrong_day": _("Wishes missed"),
    "same_track_parallel": _("Pairs about one action line at one time"),
    "popular_parallel": _("Overlaps of what many want"),
    "unsocial_hours": _("Remote people at night"),
    "track_spread": _("Sessions crowded on one day"),
    "room_change": _("Changes of room within an action line"),
    "changed_since_release": _("People whose session moves after its release"),
}
"""What is counted, in the order of the table of costs."""
BY_SCRIPT = "X-Timetable"
"""Header of requests that want the table alone, not the page."""


class OfEdition(OfProgramme):
    """A page about the days of an edition, which has some."""

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except queries.NoDays as refusal:
            shown = {"refusal": refusal, "edition": self.edition}
            return render(request, "programme/no_days.html", shown, status=409)


class OfPlan(OfEdition):
    """What is about one plan of an edition."""

    def found_plan(self) -> Any:
        plan = queries.plan_of(self.edition, self.kwargs["pk"])
        if plan is None:
            raise Http404(_now("There is no such plan."))
        return plan


class Plans(OfEdition, OperationView):
    """The plans of an edition side by side, and a form for one more."""

    template_name = "programme/plans.html"
    form_class = PlanForm
    success_message = _("The plan is begun.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"plans": self.rows}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            **of_edition(self.edition),
            "rows": self.rows,
            "labels": [
                (label, [_count_of(row, key) for row in self.rows])
                for key, label in LABELS.items()
            ],
        }

    @cached_property
    def rows(self) -> Any:
        return queries.plans_of(self.edition)

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        copied = cleaned["copy_of"]
        return operations.begin_plan(
            edition=self.edition,
            name=cleaned["name"],
            copy_of=queries.plan_of(self.edition, copied) if copied else None,
            made_by=me,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("programme:plan", args=[self.edition.slug, self.result.pk])


def _count_of(row: Any, label: str) -> Any:
    worth = row.worth
    return len(worth.unplaced) if label == "unplaced" else worth.soft.get(label, 0)


class PlanPage(OfPlan):
    """One day of a plan, and the form of the session that `?session=` names."""

    template_name = "programme/plan.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        plan = self.found_plan()
        if request.headers.get(BY_SCRIPT):
            return render(request, "programme/_plan_board.html", self.board(plan))
        return render(request, self.template_name, self.page(plan))

    def page(self, plan: Any, said: str = "") -> dict[str, Any]:
        shown = self.board(plan, said)
        card = shown["board"].chosen
        return shown | {
            "card": card,
            "place_form": card and self.place_form(plan, card),
            "rename_form": RenameForm(initial={"name": plan.name}),
            "solve_form": SolveForm(),
            "why_unprovable": queries.why_unprovable(shown["board"].problem),
        }

    def board(self, plan: Any, said: str = "") -> dict[str, Any]:
        board = queries.board_of(
            plan,
            day=_date_in(self.asked("day")),
            room=self.asked("room_shown"),
            session=self.asked("session"),
        )
        run = queries.run_of(plan)
        change = queries.change_to_undo(plan, self.request.user)
        return {
            **of_edition(self.edition),
            "plan": plan,
            "board": board,
            "days": [(day, queries.day_words(day)) for day in board.days],
            "room_shown": self.asked("room_shown"),
            "run": run,
            "run_fault": queries.fault_of(run) if run else "",
            "run_done": run
            and run.done_at
            and run.done_at.astimezone(self.edition.zone),
            "undoing": change and queries.words_of_undoing(change, self.edition),
            "said": said,
        }

    def place_form(self, plan: Any, card: Any) -> PlaceForm:
        start = card.starts and card.starts.replace(tzinfo=self.edition.zone)
        return PlaceForm(
            rooms=queries.rooms_to_place(plan),
            zone=self.edition.zone,
            initial={"room": card.room, "start": start},
        )

    def asked(self, name: str) -> str:
        """Return what the address, or a form that was sent, says of a name."""
        return self.request.GET.get(name) or self.request.POST.get(name, "")


def _date_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

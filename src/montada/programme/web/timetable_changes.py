"""What is pressed and dropped on a plan's page, and what it asks while one moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.edition import queries as editions
from montada.programme import operations, queries
from montada.programme.web.timetable import BY_SCRIPT, OfPlan, PlanPage
from montada.programme.web.timetable_forms import PlaceForm, RenameForm, SolveForm


class FormUnread(Refusal):
    code = "programme.form_unread"
    message = _("That could not be read. %(why)s")


class ChangePlan(PlanPage):
    """One button, or one session dropped somewhere: an operation by its name."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        plan = self.found_plan()
        change = _CHANGES.get(request.POST.get("action", ""))
        if change is None:
            raise Http404(_now("There is no such change."))
        try:
            said = change(self, plan)
        except Refusal as refusal:
            return self._shown(plan, str(refusal), status=409)
        if request.headers.get(BY_SCRIPT):
            return self._shown(self.found_plan(), said)
        messages.success(request, said)
        return redirect(self.address(plan))

    def _shown(self, plan: Any, said: str, status: int = 200) -> HttpResponse:
        shown: dict[str, Any] = {"is_refused": status != 200}
        if self.request.headers.get(BY_SCRIPT):
            template, shown = (
                "programme/_plan_board.html",
                self.board(plan, said) | shown,
            )
        else:
            template, shown = self.template_name, self.page(plan, said) | shown
        return render(self.request, template, shown, status=status)

    def address(self, plan: Any) -> str:
        """Return where one goes on: the day that was shown."""
        page = reverse("programme:plan", args=[self.edition.slug, plan.pk])
        query = self.request.GET.urlencode()
        return f"{page}?{query}" if query else page

    def session(self, name: str = "session") -> Any:
        session = queries.session_to_place(
            self.edition, self.request.POST.get(name, "")
        )
        if session is None:
            raise Http404(_now("There is no such session."))
        return session

    def seen(self) -> dict[str, Any]:
        """Return who changes what, when, and which revision they saw."""
        revision = self.request.POST.get("revision", "")
        is_number = revision.isdecimal() and len(revision) < 10
        return {
            "revision": int(revision) if is_number else 0,
            "changed_by": self.request.user,
            "at": timezone.now(),
        }


def read_place(view: OfPlan, plan: Any, values: Any) -> Mapping[str, Any]:
    """
    Return the room and the moment that a form, or an address, says.

    Raises
    ------
    FormUnread
    """
    form = PlaceForm(values, rooms=queries.rooms_to_place(plan), zone=view.edition.zone)
    _refuse_unread(form)
    rooms = {room.pk: room for room in editions.rooms_of(view.edition)}
    return {
        "room": rooms[form.cleaned_data["room"]],
        "starts_at": form.cleaned_data["start"],
    }


def _refuse_unread(form: Any) -> None:
    if not form.is_valid():
        why = [
            f"{form.fields[name].label}: {' '.join(errors)}"
            for name, errors in form.errors.items()
        ]
        raise FormUnread(why=" ".join(why))


def _place(view: ChangePlan, plan: Any) -> str:
    session = view.session()
    where = read_place(view, plan, view.request.POST)
    operations.place(plan=plan, session=session, **where, **view.seen())
    return _now("“%(title)s” is in its new place.") % {"title": _title(session)}


def _unplace(view: ChangePlan, plan: Any) -> str:
    session = view.session()
    operations.unplace(plan=plan, session=session, **view.seen())
    return _now("“%(title)s” has no place now.") % {"title": _title(session)}


def _swap(view: ChangePlan, plan: Any) -> str:
    session, other = view.session(), view.session("other")
    operations.swap(plan=plan, session=session, other=other, **view.seen())
    titles = {"title": _title(session), "other": _title(other)}
    return _now("“%(title)s” and “%(other)s” have changed places.") % titles


def _lock(view: ChangePlan, plan: Any, *, is_locked: bool = True) -> str:
    session = view.session()
    operations.set_lock(plan=plan, session=session, is_locked=is_locked, **view.seen())
    said = (
        _now("“%(title)s” is locked: solving leaves it where it is.")
        if is_locked
        else _now("“%(title)s” is unlocked.")
    )
    return said % {"title": _title(session)}


def _unlock(view: ChangePlan, plan: Any) -> str:
    return _lock(view, plan, is_locked=False)


def _undo(view: ChangePlan, plan: Any) -> str:
    me: Any = view.request.user
    operations.undo(plan=plan, undone_by=me, at=timezone.now())
    return _now("Your last change is undone.")


def _rename(view: ChangePlan, plan: Any) -> str:
    form = RenameForm(view.request.POST)
    _refuse_unread(form)
    me: Any = view.request.user
    operations.rename_plan(
        plan=plan, name=form.cleaned_data["name"], renamed_by=me, at=timezone.now()
    )
    return _now("The plan has its new name.")


def _make_current(view: ChangePlan, plan: Any) -> str:
    me: Any = view.request.user
    operations.make_current(plan=plan, made_by=me, at=timezone.now())
    return _now("This is now the plan that is worked on and released.")


def _solve(view: ChangePlan, plan: Any) -> str:
    form = SolveForm(view.request.POST)
    _refuse_unread(form)
    me: Any = view.request.user
    operations.ask_to_solve(
        plan=plan, **form.cleaned_data, asked_by=me, at=timezone.now()
    )
    return _now("The solver looks for places. This page shows how far it is.")


def _prove(view: ChangePlan, plan: Any) -> str:
    form = SolveForm(view.request.POST)
    _refuse_unread(form)
    me: Any = view.request.user
    operations.ask_to_prove(
        plan=plan,
        seconds=form.cleaned_data["seconds"],
        seed=form.cleaned_data["seed"],
        asked_by=me,
        at=timezone.now(),
    )
    return _now(
        "The best plan is sought, and its proof. This page shows how far it is."
    )


def _stop(view: ChangePlan, plan: Any) -> str:
    me: Any = view.request.user
    operations.stop_solving(plan=plan, stopped_by=me, at=timezone.now())
    return _now("The solver stops, and hands over the best it has.")


def _title(session: Any) -> str:
    return queries.title_of(session)


_CHANGES: Mapping[str, Callable[[ChangePlan, Any], str]] = {
    "place": _place,
    "unplace": _unplace,
    "swap": _swap,
    "lock": _lock,
    "unlock": _unlock,
    "undo": _undo,
    "rename": _rename,
    "make_current": _make_current,
    "solve": _solve,
    "prove": _prove,
    "stop": _stop,
}


class RemovePlan(OfPlan):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        me: Any = request.user
        try:
            operations.remove_plan(
                plan=self.found_plan(), removed_by=me, at=timezone.now()
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _now("The plan is removed."))
        return redirect("programme:plans", self.edition.slug)


class MoveConflicts(OfPlan):
    """What would be wrong if a session were there, as JSON: asked while one moves."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        plan = self.found_plan()
        session = queries.session_to_place(self.edition, request.GET.get("session", ""))
        if session is None:
            raise Http404(_now("There is no such session."))
        try:
            where = read_place(self, plan, request.GET)
            operations.refuse_nowhere(plan=plan, session=session, **where)
        except Refusal as refusal:
            return JsonResponse({"place": str(refusal), "conflicts": []}, status=400)
        found = queries.conflicts_of_move(
            plan, session, where["room"], where["starts_at"]
        )
        return JsonResponse(
            {
                "place": queries.words_of_place(session, self.edition, **where),
                "conflicts": [
                    {"level": one.level, "words": f"{one.level_name}: {one.words}"}
                    for one in found
                ],
                "none": _now("No conflict."),
            }
        )


class PlanState(OfPlan):
    """What others have changed since a revision, and how far the solver is: JSON."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        plan = self.found_plan()
        seen = request.GET.get("revision", "")
        revision = int(seen) if seen.isdecimal() and len(seen) < 10 else plan.revision
        others = [
            change
            for change in queries.changes_since(plan, revision)
            if change.changed_by_id != request.user.pk
        ]
        run = queries.run_of(plan)
        return JsonResponse(
            {
                "revision": plan.revision,
                "changes": [
                    _now("%(name)s: %(what)s")
                    % {
                        "name": queries.name_of_editor(change.changed_by),
                        "what": queries.words_of_change(change, self.edition),
                    }
                    for change in others
                ],
                "solving": run is not None and run.done_at is None,
            }
        )

"""Settings of an edition's programme: rules, kinds, places by right, series."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.audit import queries as audit
from montada.djangokit.drafts import whole
from montada.djangokit.refusals import Refusal
from montada.djangokit.views import OperationView, Page
from montada.programme import operations, queries
from montada.programme.queries.rules import last_decision_about_rules
from montada.programme.web.asking import OfProgramme, of_edition
from montada.programme.web.settings_forms import (
    RULES_FORMS,
    KindForm,
    RightForm,
    RulesForm,
    SeriesForm,
)


class Settings(OfProgramme, Page):
    """Everything on one page; each form is sent by itself and named by its part."""

    template_name = "programme/settings.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        sent: RulesForm | None = kwargs.get("sent")
        seen = last_decision_about_rules(self.edition)
        rules = queries.rules_of(self.edition)
        forms: dict[str, RulesForm] = {
            form.part: form(rules=rules, seen=seen) for form in RULES_FORMS
        }
        if sent is not None:
            forms[sent.part] = sent
        return {
            **of_edition(self.edition),
            "forms": forms,
            "kinds": queries.kinds_of(self.edition),
            "rights": queries.rights_of(self.edition),
            "all_series": queries.series_of(self.edition),
        }

    def post(self, request: HttpRequest, edition: str) -> HttpResponse:
        part = request.POST.get("part", "")
        if part == "kinds":
            return self._open_kinds(request)
        chosen = next((form for form in RULES_FORMS if form.part == part), None)
        if chosen is None:
            raise Http404(_now("There is no such part of the settings."))
        rules = queries.rules_of(self.edition)
        last = last_decision_about_rules(self.edition)
        seen = request.POST.get("seen")
        form = chosen(
            request.POST, rules=rules, seen=last if seen is None else whole(seen)
        )
        status = 422
        if form.is_valid():
            try:
                self._set(request, form)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                # Whoever was told, and presses once more, means it.
                form.seen, status = last, refusal.status
            else:
                messages.success(request, _now("The rules hold from now on."))
                return redirect(f"{_settings(self.edition)}#{part}")
        shown = self.read(request, sent=form)
        return render(request, self.template_name, shown, status=status)

    def _set(self, request: HttpRequest, form: RulesForm) -> None:
        me: Any = request.user
        operations.set_rules(
            edition=self.edition,
            values=form.values(),
            seen=form.seen,
            set_by=me,
            at=timezone.now(),
        )

    def _open_kinds(self, request: HttpRequest) -> HttpResponse:
        me: Any = request.user
        operations.open_kinds(edition=self.edition, opened_by=me, at=timezone.now())
        messages.success(request, _now("The usual kinds and places are there."))
        return redirect(f"{_settings(self.edition)}#kinds")


def _settings(edition: Any) -> str:
    return reverse("programme:settings", args=[edition.slug])


class SetOne(OfProgramme, OperationView):
    """
    A form about one `row` of the settings, None for a new one.

    `fragment` is where it stands there; what can be removed says what is told then.
    """

    template_name = "programme/set_one.html"
    fragment = ""
    row: Any = None
    removed_message: ClassVar[Any] = ""

    def number_now(self) -> int:
        return audit.last_entry_about(self.row) if self.row else 0

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            **of_edition(self.edition),
            "can_remove": self.row and self.removed_message,
        }

    def remove(self) -> None:
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "remove" not in request.POST or not (self.row and self.removed_message):
            return super().post(request, *args, **kwargs)
        try:
            self.remove()
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        messages.success(request, str(self.removed_message))
        return redirect(self.get_success_url())

    def get_success_url(self) -> str:
        return f"{_settings(self.edition)}#{self.fragment}"


class SetKind(SetOne):
    form_class = KindForm
    fragment = "kinds"
    success_message = _("The kind of session is set.")
    extra_context = {"heading": _("Set a kind of session")}

    def permission_object(self) -> Any:
        edition = super().permission_object()
        self.row = queries.kind_of(edition, self.kwargs["code"])
        if self.row is None:
            raise Http404(_now("This edition has no such kind of session."))
        return edition

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"kind": self.row}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.set_kind(
            kind=self.row,
            values=cleaned,
            seen=self.seen,
            set_by=me,
            at=timezone.now(),
        )


class SetRight(SetOne):
    """Places by right: new ones, or with a number those that are there."""

    form_class = RightForm
    fragment = "rights"
    success_message = _("The places are set.")
    removed_message = _("These places are given no more by right.")
    extra_context = {"heading": _("Set places by right")}

    def permission_object(self) -> Any:
        edition = super().permission_object()
        if "pk" in self.kwargs:
            self.row = queries.right_of(edition, self.kwargs["pk"])
            if self.row is None:
                raise Http404(_now("There are no such places by right."))
        return edition

    def get_initial(self) -> dict[str, Any]:
        if self.row is None:
            return {"n_places": 1}
        organisation = self.row.organisation
        return {
            "holder": self.row.holder,
            "n_places": self.row.n_places,
            "organisation": organisation.slug if organisation else "",
            "action_line": self.row.action_line_id,
        }

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if self.row is not None:
            # Of the field: words that stay as they were keep their approver.
            form.fields["name"].initial = self.row.name
        return form

    def remove(self) -> None:
        me: Any = self.request.user
        operations.remove_place_by_right(
            right=self.row, seen=self.seen, removed_by=me, at=timezone.now()
        )

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.set_place_by_right(
            edition=self.edition,
            right=self.row,
            values=cleaned,
            seen=self.seen,
            set_by=me,
            at=timezone.now(),
        )


class SetSeries(SetOne):
    """A series: a new one, or with a number one that is there."""

    form_class = SeriesForm
    fragment = "series"
    success_message = _("The series is set.")
    removed_message = _("The series is ended; its sessions stay.")
    extra_context = {"heading": _("Set a series")}

    def permission_object(self) -> Any:
        edition = super().permission_object()
        if "pk" in self.kwargs:
            self.row = queries.one_series(edition, self.kwargs["pk"])
            if self.row is None:
                raise Http404(_now("There is no such series."))
        return edition

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition}

    def get_initial(self) -> dict[str, Any]:
        if self.row is None:
            return {}
        parts = sorted(self.row.sessions.all(), key=lambda row: row.part or 0)
        lines = "\n".join(f"{_number(row)} {queries.title_of(row)}" for row in parts)
        return {"is_in_order": self.row.is_in_order, "sessions": lines}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if self.row is not None:
            form.fields["title"].initial = self.row.title
        return form

    def remove(self) -> None:
        me: Any = self.request.user
        operations.remove_series(
            series=self.row, seen=self.seen, removed_by=me, at=timezone.now()
        )

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.set_series(
            edition=self.edition,
            series=self.row,
            **cleaned,
            seen=self.seen,
            set_by=me,
            at=timezone.now(),
        )


def _number(session: Any) -> str:
    return str(session.proposal.reference if session.proposal else session.slug)

"""Settings of an edition's programme: rules, kinds, places by right, series."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.djangokit.views import OperationView, Page, PermissionRequired
from montada.programme import operations, queries
from montada.programme.web.asking import found_edition
from montada.programme.web.settings_forms import (
    RULES_FORMS,
    KindForm,
    RightForm,
    RulesForm,
    SeriesForm,
)


class OfProgramme(PermissionRequired):
    """A page of those who run the programme of an edition."""

    permission = "programme.change_programme"

    def permission_object(self) -> Any:
        self.edition = found_edition(self.kwargs["edition"])
        return self.edition


class Settings(OfProgramme, Page):
    """Everything on one page; each form is sent by itself and named by its part."""

    template_name = "programme/settings.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        sent: RulesForm | None = kwargs.get("sent")
        rules = queries.rules_of(self.edition)
        forms = {
            form.part: sent if sent and sent.part == form.part else form(rules=rules)
            for form in RULES_FORMS
        }
        return {
            "edition": self.edition,
            "masthead_edition": self.edition,
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
        form = chosen(request.POST, rules=queries.rules_of(self.edition))
        status = 422
        if form.is_valid():
            try:
                self._set(request, form)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, _now("The rules hold from now on."))
                return redirect(f"{_settings(self.edition)}#{part}")
        shown = self.read(request, sent=form)
        return render(request, self.template_name, shown, status=status)

    def _set(self, request: HttpRequest, form: RulesForm) -> None:
        me: Any = request.user
        operations.set_rules(
            edition=self.edition, values=form.values(), set_by=me, at=timezone.now()
        )

    def _open_kinds(self, request: HttpRequest) -> HttpResponse:
        me: Any = request.user
        operations.open_kinds(edition=self.edition, opened_by=me, at=timezone.now())
        messages.success(request, _now("The usual kinds and places are there."))
        return redirect(f"{_settings(self.edition)}#kinds")


def _settings(edition: Any) -> str:
    return reverse("programme:settings", args=[edition.slug])


class SetOne(OfProgramme, OperationView):
    """A form about one row of the settings; `fragment` is where it stands there."""

    template_name = "programme/set_one.html"
    fragment = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"edition": self.edition, "masthead_edition": self.edition}
        return super().get_context_data(**kwargs) | shown

    def get_success_url(self) -> str:
        return f"{_settings(self.edition)}#{self.fragment}"


class SetKind(SetOne):
    form_class = KindForm
    fragment = "kinds"
    success_message = _("The kind of session is set.")
    extra_context = {"heading": _("Set a kind of session")}

    def get_form_kwargs(self) -> dict[str, Any]:
        self.kind: Any = queries.kind_of(self.edition, self.kwargs["code"])
        if self.kind is None:
            raise Http404(_now("This edition has no such kind of session."))
        return super().get_form_kwargs() | {"kind": self.kind}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.set_kind(
            kind=self.kind, values=cleaned, set_by=me, at=timezone.now()
        )


class SetRight(SetOne):
    """Places by right: new ones, or with a number those that are there."""

    form_class = RightForm
    fragment = "rights"
    success_message = _("The places are set.")
    extra_context = {"heading": _("Set places by right")}

    def permission_object(self) -> Any:
        edition = super().permission_object()
        self.right: Any = None
        if "pk" in self.kwargs:
            self.right = queries.right_of(edition, self.kwargs["pk"])
            if self.right is None:
                raise Http404(_now("There are no such places by right."))
        return edition

    def get_initial(self) -> dict[str, Any]:
        if self.right is None:
            return {"n_places": 1}
        organisation = self.right.organisation
        return {
            "holder": self.right.holder,
            "n_places": self.right.n_places,
            "organisation": organisation.slug if organisation else "",
            "action_line": self.right.action_line_id,
        }

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if self.right is not None:
            # Of the field: words that stay as they were keep their approver.
            form.fields["name"].initial = self.right.name
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"can_remove": self.right}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "remove" in request.POST and self.right is not None:
            me: Any = request.user
            operations.remove_place_by_right(
                right=self.right, removed_by=me, at=timezone.now()
            )
            messages.success(request, _now("These places are given no more by right."))
            return redirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.set_place_by_right(
            edition=self.edition,
            right=self.right,
            values=cleaned,
            set_by=me,
            at=timezone.now(),
        )


class SetSeries(SetOne):
    """A series: a new one, or with a number one that is there."""

    form_class = SeriesForm
    fragment = "series"
    success_message = _("The series is set.")
    extra_context = {"heading": _("Set a series")}

    def permission_object(self) -> Any:
        edition = super().permission_object()
        self.series: Any = None
        if "pk" in self.kwargs:
            self.series = queries.one_series(edition, self.kwargs["pk"])
            if self.series is None:
                raise Http404(_now("There is no such series."))
        return edition

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition}

    def get_initial(self) -> dict[str, Any]:
        if self.series is None:
            return {}
        parts = sorted(self.series.sessions.all(), key=lambda row: row.part or 0)
        lines = "\n".join(f"{_number(row)} {queries.title_of(row)}" for row in parts)
        return {"is_in_order": self.series.is_in_order, "sessions": lines}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if self.series is not None:
            form.fields["title"].initial = self.series.title
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"can_remove": self.series}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "remove" in request.POST and self.series is not None:
            me: Any = request.user
            operations.remove_series(
                series=self.series, removed_by=me, at=timezone.now()
            )
            messages.success(request, _now("The series is ended; its sessions stay."))
            return redirect(self.get_success_url())
        return super().post(request, *args, **kwargs)

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.set_series(
            edition=self.edition,
            series=self.series,
            **cleaned,
            set_by=me,
            at=timezone.now(),
        )


def _number(session: Any) -> str:
    return str(session.proposal.reference if session.proposal else session.slug)

"""Suggested labels: what waits for somebody to decide, and deciding."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from montada.djangokit.page_language import page_language
from montada.djangokit.refusals import Refusal
from montada.djangokit.views import (
    Page,
    PermissionRequired,
    narrowed_address,
    page_of,
)
from montada.participation import queries as participation
from montada.stocktaking import operations, queries

ROWS_PER_PAGE = 20
FILTERS = {"label": gettext_lazy("Label"), "country": gettext_lazy("Country")}


class Suggestions(PermissionRequired, Page):
    """Narrowed by `?label=C2` or `?label=4`, `?country=EGY`; `?order=newest`."""

    permission = "stocktaking.decide_label"
    template_name = "stocktaking/suggestions.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        names = queries.facet_labels(page_language())
        label = _chosen(request, "label", {**names["line"], **names["goal"]})
        country = _chosen(request, "country", names["country"])
        order: queries.Order = "surest"
        if request.GET.get("order") == "newest":
            order = "newest"
        me: Any = request.user
        found = queries.waiting_labels(
            reach=participation.reach_of(me),
            label=label,
            country_id=country,
            order=order,
        )
        page = page_of(request, found, ROWS_PER_PAGE)
        return {
            "page": page,
            "rows": queries.drawn_labels(page),
            "names": {name: list(found.values()) for name, found in names.items()},
            "label": label,
            "country": country,
            "order": order,
            "back": _address_after(request, page),
        }


def _chosen(request: HttpRequest, name: str, known: Container[str]) -> str:
    """
    Return the value of a filter, "" where it is not used.

    Raises
    ------
    Http404
    """
    value = request.GET.get(name, "")
    if value and value not in known:
        sentence = _("The filter “%(facet)s” has no value “%(value)s”.")
        raise Http404(sentence % {"facet": FILTERS[name], "value": value[:60]})
    return value


def _address_after(request: HttpRequest, page: Any) -> str:
    """Return where to come back to: a page whose last row was decided is no more."""
    if len(page) == 1 and page.number > 1:
        return request.path + narrowed_address(request, {})
    return request.get_full_path()


class DecisionForm(forms.Form):
    axis = forms.ChoiceField(choices=[("action_line", ""), ("goal", "")])
    code = forms.CharField(max_length=12)
    decision = forms.ChoiceField(choices=[("confirm", ""), ("decline", "")])
    back = forms.CharField(max_length=500, required=False)


class DecideLabel(PermissionRequired, View):
    """Two buttons send here; the answer is the page they stand on, with a word."""

    permission = "stocktaking.decide_label"
    http_method_names = ["post"]

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        project, form = queries.project(kwargs["slug"]), DecisionForm(request.POST)
        if project is None or not form.is_valid():
            raise Http404(_("There is no such label to decide."))
        self.project, self.cleaned = project, form.cleaned_data
        return super().dispatch(request, *args, **kwargs)

    def permission_object(self) -> Any:
        axis, code = self.cleaned["axis"], self.cleaned["code"]
        return queries.project_label(self.project, axis, code)

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        is_confirmed = self.cleaned["decision"] == "confirm"
        try:
            self._decide(is_confirmed)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            said = _("Confirmed.") if is_confirmed else _("Declined.")
            messages.success(request, said)
        back = self.cleaned["back"]
        is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()})
        return redirect(back if is_ours else reverse("site:project", args=[slug]))

    def _decide(self, is_confirmed: bool) -> None:
        me: Any = self.request.user
        decide = operations.confirm_label if is_confirmed else operations.decline_label
        decide(
            project=self.project,
            axis=self.cleaned["axis"],
            code=self.cleaned["code"],
            decided_by=me,
            at=timezone.now(),
        )

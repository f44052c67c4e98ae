"""The matrix, and one cell of it with its reasons and its past."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from montada.djangokit.views import OperationView, Page
from montada.framework import operations as framework
from montada.framework import queries
from montada.language.fields import LocalizedTextFormField
from montada.site.cells import CellPage, cell_page
from montada.site.matrix import MatrixTable, NoSuchGroup, table

LONGEST_VERSION = 9
"""Digits; a longer number is refused before it is computed with."""


class Matrix(Page):
    template_name = "site/matrix.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {"table": asked_table(request), "sources": queries.sources()["matrix"]}


def asked_table(request: HttpRequest) -> MatrixTable:
    """
    Return the matrix that `?group=` and `?version=` ask for.

    Raises
    ------
    Http404
    """
    version = request.GET.get("version", "")
    try:
        return table(request.GET.get("group"), _number(version) if version else None)
    except NoSuchGroup:
        raise no_such_group(request) from None
    except queries.NoSuchMatrixVersion:
        raise Http404(_("The matrix never had this version.")) from None


def no_such_group(request: HttpRequest) -> Http404:
    code = request.GET.get("group", "")[:40]
    return Http404(_("There is no group of countries “%(code)s”.") % {"code": code})


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_VERSION
    if not is_number:
        raise queries.NoSuchMatrixVersion(text)
    return int(text)


class CellForm(forms.Form):
    is_linked = forms.BooleanField(
        required=False, label=gettext_lazy("This action line serves this goal")
    )
    targets = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Through these targets"),
        help_text=gettext_lazy("With none chosen, the link is to the goal as a whole."),
    )
    rationale = LocalizedTextFormField(rows=3, label=gettext_lazy("Why"))

    def __init__(self, *args: Any, cell: CellPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        targets, rationale = self.fields["targets"], self.fields["rationale"]
        assert isinstance(targets, forms.MultipleChoiceField)
        targets.choices = [(t.code, t.code) for t in cell.targets_of_goal]
        self.fields["is_linked"].initial = cell.is_linked
        targets.initial = [target.code for target in cell.targets]
        rationale.initial = cell.now.rationale if cell.now else None


class Cell(OperationView):
    """Anybody reads a cell; who may change it is asked of the line's facilitators."""

    template_name = "site/matrix_cell.html"
    form_class = CellForm
    success_message = gettext_lazy("The matrix has a new version.")

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        cell = cell_page(kwargs["code"], kwargs["number"])
        if cell is None:
            raise Http404(_("The matrix has no such cell."))
        self.cell = cell
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not self._may_change():
            raise PermissionDenied(
                _("Only the facilitators of an action line change its cells.")
            )
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cell": self.cell}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "cell": self.cell,
            "may_change": self._may_change(),
        }

    def number_now(self) -> int:
        return self.cell.now.version if self.cell.now else 0

    def get_success_url(self) -> str:
        return self.request.path

    def operate(self, cleaned: dict[str, Any]) -> Any:
        assert self.request.user.is_authenticated
        return framework.change_matrix_cell(
            action_line_id=self.cell.line.code,
            goal_id=self.cell.goal.number,
            is_linked=cleaned["is_linked"],
            targets=cleaned["targets"],
            rationale=cleaned["rationale"],
            seen=self.seen,
            changed_by=self.request.user,
            at=timezone.now(),
        )

    def _may_change(self) -> bool:
        person = self.request.user
        permission = "framework.change_matrixlink"
        return person.is_authenticated and person.has_perm(permission, self.cell.line)

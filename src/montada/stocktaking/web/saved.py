"""Views of the register that people keep and share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from montada.djangokit.refusals import Refusal
from montada.djangokit.views import OperationView
from montada.stocktaking import operations, queries
from montada.stocktaking.operations.saved import LONGEST_NAME


class ViewForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name of the view"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"dir": "auto"}),
    )
    query = forms.CharField(
        required=False, max_length=8000, strip=False, widget=forms.HiddenInput
    )


class MyViews(LoginRequiredMixin, OperationView):
    """The list of one's views; what is sent to it becomes another one."""

    template_name = "stocktaking/saved_views.html"
    form_class = ViewForm
    success_url = reverse_lazy("stocktaking:views")
    success_message = gettext_lazy("The view is kept; its address can be shared.")

    def get_initial(self) -> dict[str, Any]:
        return {"query": self.request.GET.urlencode()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = queries.saved_views_of(self.request.user)
        return super().get_context_data(**kwargs) | {
            "views": [(view, _address(self.request, view)) for view in kept],
            "is_saving": self.request.method == "POST" or bool(self.request.GET),
        }

    def operate(self, cleaned: dict[str, Any]) -> Any:
        person: Any = self.request.user
        return operations.save_view(
            name=cleaned["name"],
            query=cleaned["query"],
            saved_by=person,
            at=timezone.now(),
        )


def _address(request: HttpRequest, view: Any) -> str:
    return request.build_absolute_uri(reverse("stocktaking:view", args=[view.key]))


def _view(key: str) -> Any:
    view = queries.saved_view(key)
    if view is None:
        raise Http404(_("There is no such view: who kept it may have deleted it."))
    return view


class OpenView(View):
    """Anybody may open a view who knows its address."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        address = reverse("stocktaking:list")
        return redirect(
            f"{address}?{query}" if (query := _view(key).query) else address
        )


class _Changing(LoginRequiredMixin, View):
    def post(self, request: HttpRequest, key: str) -> HttpResponseBase:
        try:
            messages.success(request, self.change(_view(key)))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return redirect("stocktaking:views")

    def change(self, view: Any) -> str:
        raise NotImplementedError


class RenameView(_Changing):
    def change(self, view: Any) -> str:
        person: Any = self.request.user
        name = self.request.POST.get("name", "")
        operations.rename_view(
            view=view, name=name, renamed_by=person, at=timezone.now()
        )
        return _("The view has another name; its address stays.")


class DeleteView(_Changing):
    def change(self, view: Any) -> str:
        person: Any = self.request.user
        operations.delete_view(view=view, deleted_by=person, at=timezone.now())
        return _("The view was deleted.")

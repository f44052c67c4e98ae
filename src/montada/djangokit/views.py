"""Pages: a handler reads, asks one query or operation, and shows a template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views import View
from django.views.generic import FormView

from montada.djangokit.drafts import whole
from montada.djangokit.refusals import Refusal


class Page(View):
    """
    A page that is only read.

    Subclasses set `template_name` and return the template's values from `read`.
    """

    template_name: ClassVar[str]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return render(request, self.template_name, self.read(request, **kwargs))

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        raise NotImplementedError


class PermissionRequired(View):
    """Lets in who holds `permission`; `permission_object` narrows it to one row."""

    permission: ClassVar[str]

    def permission_object(self) -> Any:
        return None

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        self.kwargs = kwargs
        if not request.user.has_perm(self.permission, self.permission_object()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class OperationView(FormView):  # type: ignore[type-arg]
    """
    A form whose sending is one operation.

    Subclasses write `operate`. A `Refusal` comes back as an error of the form, with the
    person's words kept, and status 409.
    """

    success_message: ClassVar[Any] = ""
    is_refused = False

    def operate(self, cleaned: dict[str, Any]) -> Any:
        raise NotImplementedError

    def number_now(self) -> int | None:
        """Return the number of what stands now; None where nobody asks for it."""
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**kwargs)
        last = self.number_now()
        if last is not None:
            # A form that comes back with a mistake is as old as it was when sent.
            is_old = self.seen is not None and not self.is_refused
            shown["seen"] = self.seen if is_old else last
        return shown

    @property
    def seen(self) -> int | None:
        """The number of what the form was drawn over; None where it does not say."""
        number = self.request.POST.get("seen")
        return None if number is None else whole(number)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.result = self.operate(form.cleaned_data)
        except Refusal as refusal:
            self.is_refused = True
            form.add_error(None, str(refusal))
            response = self.render_to_response(self.get_context_data(form=form))
            response.status_code = 409
            return response
        if self.success_message:
            messages.success(self.request, str(self.success_message))
        return redirect(self.get_success_url())


def narrowed_address(request: HttpRequest, changes: Mapping[str, str | None]) -> str:
    """Return this page's query with some filters changed, from its first page on."""
    query = request.GET.copy()
    for name, value in {**changes, "page": None}.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


def page_of(request: HttpRequest, rows: QuerySet[Any] | list[Any], size: int) -> Any:
    """
    Return the page of `rows` that `?page=` asks for; `numbers` are those around it.

    Raises
    ------
    Http404
        If there is no such page; the message says how many there are.
    """
    paginator = Paginator(rows, size)
    try:
        # Longer numbers than any page has are refused before they are computed with.
        page: Any = paginator.page(request.GET.get("page", "1")[:12])
    except (EmptyPage, PageNotAnInteger):
        raise Http404(
            ngettext(
                "There is no such page: the list has %(n_pages)s page.",
                "There is no such page: the list has %(n_pages)s pages.",
                paginator.num_pages,
            )
            % {"n_pages": paginator.num_pages}
        ) from None
    page.numbers = list(paginator.get_elided_page_range(page.number))
    return page

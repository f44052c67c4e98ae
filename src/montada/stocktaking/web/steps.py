"""What pages of an entry's life have in common: who is let in, and buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View

from montada.djangokit.refusals import Refusal
from montada.stocktaking import queries
from montada.stocktaking.permissions import sees_inside

if TYPE_CHECKING:
    from montada.stocktaking.models import Project, ProjectVersion


def found_project(slug: str) -> Project:
    """
    Return the project at an address, public or not.

    Raises
    ------
    Http404
    """
    project = queries.any_project(slug)
    if project is None:
        raise Http404(_("The register holds no project at this address."))
    return project


def found_version(pk: int) -> ProjectVersion:
    """As `found_project`, of a version."""
    version = queries.version(pk)
    if version is None:
        raise Http404(_("There is no such entry, or its author took it back."))
    return version


def check_inside(person: Any, project: Project) -> None:
    """Raise `PermissionDenied` unless a person sees what is not public."""
    if not sees_inside(person, project):
        raise PermissionDenied


class Step(LoginRequiredMixin, View):
    """A button: one operation, then the page on which it stands, with a word."""

    http_method_names = ["post"]
    done: ClassVar[Any]

    def operate(self, person: Any) -> None:
        """Do it; who may is decided by the operation."""
        raise NotImplementedError

    def fallback(self) -> str:
        """Return where to go if the page does not say where it stands."""
        return reverse("stocktaking:list")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            self.operate(request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, str(self.done))
        back = request.POST.get("back", "")
        is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()})
        return redirect(back if is_ours else self.fallback())

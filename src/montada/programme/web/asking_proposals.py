"""Pages about one proposal: found by its number, for who may read it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from montada.djangokit.refusals import Refusal
from montada.programme import queries
from montada.programme.web.asking import found_edition


class OfProposal(View):
    """A page about a proposal that its reader may read, as `self.row`."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.edition = found_edition(kwargs["edition"])
        self.person: Any = request.user
        self.row: Any = self.found()

    def found(self) -> Any:
        """Return the proposal as it is now, or raise `Http404`."""
        row = queries.proposal(self.edition, self.kwargs["reference"])
        if row is None or not queries.may_read_proposal(self.request.user, row):
            raise Http404(_("There is no such proposal, or it is not public."))
        return row

    @property
    def address(self) -> str:
        return reverse(
            "programme:proposal", args=[self.edition.slug, self.row.reference]
        )


class ProposalStep(LoginRequiredMixin, OfProposal):
    """
    A button on a proposal's page: one operation, then the page again.

    Subclasses write `act`, which returns what is said when it is done.
    """

    http_method_names = ["post"]
    fragment = ""

    def act(self, step: str) -> Any:
        raise NotImplementedError

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            said = self.act(request.POST.get("step", ""))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, str(said))
        return redirect(f"{self.address}{self.fragment}")


def one_of(rows: Any, pk: int) -> Any:
    """Return the row with a number among others, or raise `Http404`."""
    found = next((row for row in rows if row.pk == pk), None)
    if found is None:
        raise Http404(_("There is no such proposal, or it is not public."))
    return found

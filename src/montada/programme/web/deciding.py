"""Deciding about proposals, one or many, places by right, and appeals."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from montada.djangokit.page_language import page_language
from montada.djangokit.refusals import Refusal
from montada.djangokit.views import OperationView
from montada.programme import operations, queries
from montada.programme.choices import ACCEPTING
from montada.programme.queries import choosing, choosing_words, committee
from montada.programme.web.asking import OfProgramme, of_edition
from montada.programme.web.asking_proposals import OfProposal
from montada.programme.web.choosing_forms import AppealForm, DecideForm, PlaceForm


class OfOneProposal(OfProgramme, OperationView):
    """A form about one proposal, for those who decide about it."""

    def permission_object(self) -> Any:
        edition = super().permission_object()
        self.row: Any = queries.proposal(edition, self.kwargs["reference"])
        if self.row is None:
            raise Http404(_now("There is no such proposal, or it is not public."))
        return edition

    def get_success_url(self) -> str:
        where = [self.edition.slug, self.row.reference]
        return reverse("programme:decide", args=where)


class Decide(OfOneProposal):
    """Everything that speaks for a proposal, the decision, and a place by right."""

    template_name = "programme/decide.html"
    form_class = DecideForm
    success_message = _("It is decided, and its authors are told.")

    def get_initial(self) -> dict[str, Any]:
        run = choosing.run_of_committee(self.edition)
        why = choosing_words.shares_reason(self.row, page_language(), run)
        reason = choosing_words.reason_of(self.row.reference, run)
        if not reason or self.row.state != "received":
            return {}
        outcome = "accepted" if reason in ACCEPTING else "declined"
        return {"decision": f"{outcome}:{reason}", "words": why}

    def form_valid(self, form: Any) -> HttpResponse:
        self.outcome, self.reason = form.outcome, form.reason
        return super().form_valid(form)

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        decide = (
            operations.accept_proposal
            if self.outcome == "accepted"
            else operations.decline_proposal
        )
        return decide(
            proposal=self.row,
            reason=self.reason,
            words=cleaned["words"],
            decided_by=me,
            at=timezone.now(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run, reader = choosing.run_of_committee(self.edition), page_language()
        (one,) = committee.committee_rows(
            self.edition, [self.row.pk], reader=reader, run=run
        )
        right = self.row.by_right_id
        is_open = self.row.state == "received"
        shown = {
            **of_edition(self.edition),
            "one": one,
            "row": self.row,
            "decided": queries.decisions_shown(self.row, reader),
            "may_decide": is_open
            or (self.row.state == "declined" and queries.has_appealed(self.row)),
            "place_form": PlaceForm(edition=self.edition, initial={"right": right})
            if is_open
            else None,
        }
        return super().get_context_data(**kwargs) | shown


class GivePlace(OfOneProposal):
    """A place by right, given or taken back; a wrong one is said on the page."""

    http_method_names = ["post"]
    form_class = PlaceForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition}

    def form_invalid(self, form: Any) -> HttpResponse:
        raise Http404(_now("There are no such places by right."))

    def form_valid(self, form: Any) -> HttpResponse:
        me: Any = self.request.user
        try:
            operations.give_place(
                proposal=self.row,
                right=form.cleaned_data["right"],
                given_by=me,
                at=timezone.now(),
            )
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, _now("The place by right is set."))
        return redirect(self.get_success_url())


class DecideTogether(OfProgramme):
    """Those ticked on the committee's page; who cannot be decided about is named."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, edition: str) -> HttpResponse:
        form, picked = DecideForm(request.POST), request.POST.getlist("pick")
        address = redirect("programme:choosing", edition)
        if not form.is_valid() or not picked:
            messages.error(request, _now("Tick proposals, and choose a decision."))
            return address
        found = committee.proposals_named(self.edition, picked)
        me: Any = request.user
        try:
            done = operations.decide_together(
                proposals=list(found.values()),
                outcome=form.outcome,
                reason=form.reason,
                words=form.cleaned_data["words"],
                decided_by=me,
                at=timezone.now(),
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            say_together(request, done)
        return address


class AcceptChosen(OfProgramme):
    """All that a kept choice chose, each with its own reason."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, edition: str, pk: int) -> HttpResponse:
        run = choosing.run_of_committee(self.edition, pk)
        if run is None:
            raise Http404(_now("There is no such choice, or it is not public yet."))
        me: Any = request.user
        try:
            done = operations.accept_chosen(run=run, decided_by=me, at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            say_together(request, done)
        return redirect("programme:choosing", edition)


def say_together(request: HttpRequest, done: Any) -> None:
    """Say how many were decided about, and of each other one why it was not."""
    n = len(done.decided)
    said = ngettext(
        "%(n)s proposal is decided, and its authors are told.",
        "%(n)s proposals are decided, and their authors are told.",
        n,
    )
    messages.success(request, said % {"n": n})
    for one in done.left_out:
        shown = {"reference": one.reference, "why": one.why}
        messages.error(request, _now("%(reference)s: %(why)s") % shown)


class AppealDecision(LoginRequiredMixin, OfProposal, OperationView):
    """Its authors' word to a decision to decline; of a request, on the request's."""

    template_name = "programme/appeal.html"
    form_class = AppealForm
    success_message = _("The secretariat has your appeal, and answers it.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        appeal = self.appeal()
        if appeal.receipt:
            return redirect("consultation:appeal", appeal.receipt)
        return super().get(request, *args, **kwargs)

    def appeal(self) -> Any:
        found = queries.appeal_shown(self.row, self.person, timezone.now())
        if found is None or not found.is_readers:
            raise Http404(_now("There is no decision here that you can appeal."))
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {
            **of_edition(self.edition),
            "row": self.row,
            "appeal": self.appeal(),
        }
        return super().get_context_data(**kwargs) | shown

    def operate(self, cleaned: dict[str, Any]) -> Any:
        return operations.appeal_decision(
            proposal=self.row,
            words=cleaned["words"],
            appealed_by=self.person,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        return self.address

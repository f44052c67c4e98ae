"""What those of a proposal do: write it, name organisers, seat speakers, merge."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.djangokit.drafts import whole
from montada.djangokit.page_language import page_language
from montada.djangokit.views import OperationView
from montada.programme import operations, queries
from montada.programme.web.asking import OfProgramme, of_edition
from montada.programme.web.asking_proposals import OfProposal, ProposalStep, one_of
from montada.programme.web.proposal_forms import (
    MergeForm,
    NewProposalForm,
    OrganiserForm,
    ProposalForm,
    SeatForm,
    initial_of_proposal,
)


class Propose(OfProgramme, OperationView):
    """The secretariat enters what did not come as a request of the consultation."""

    template_name = "programme/write_proposal.html"
    form_class = NewProposalForm
    success_message = _("The proposal is entered.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition}

    def form_valid(self, form: Any) -> Any:
        self.facts = form.facts(form.cleaned_data["organisation"])
        return super().form_valid(form)

    def operate(self, cleaned: dict[str, Any]) -> Any:
        me: Any = self.request.user
        return operations.propose(
            edition=self.edition, facts=self.facts, submitted_by=me, at=timezone.now()
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = of_edition(self.edition)
        return super().get_context_data(**kwargs) | shown

    def get_success_url(self) -> str:
        where = [self.edition.slug, self.result.reference]
        return reverse("programme:proposal", args=where)


class Writing(LoginRequiredMixin, OfProposal, OperationView):
    """A form on a proposal that its reader may change."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        me = request.user
        if me.is_authenticated and not queries.may_write_proposal(me, self.row):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = of_edition(self.edition)
        return super().get_context_data(**kwargs) | shown | {"row": self.row}

    def get_success_url(self) -> str:
        return self.address


class EditProposal(Writing):
    template_name = "programme/write_proposal.html"
    form_class = ProposalForm
    success_message = _("The proposal is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"edition": self.edition, "row": self.row}

    def get_initial(self) -> dict[str, Any]:
        return initial_of_proposal(self.row)

    def form_valid(self, form: Any) -> Any:
        self.facts = form.facts()
        return super().form_valid(form)

    def operate(self, cleaned: dict[str, Any]) -> Any:
        return operations.change_proposal(
            proposal=self.row,
            facts=self.facts,
            revision=whole(self.request.POST.get("revision", "")),
            changed_by=self.person,
            at=timezone.now(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show who comes second what was saved meanwhile, beside their own words."""
        now, seen = self.found(), self.request.POST.get("revision")
        is_behind = seen is not None and whole(seen) != now.revision
        theirs = now if is_behind else None
        shown = {"theirs": theirs, "revision": now.revision}
        return super().get_context_data(**kwargs) | shown


class NameOrganiser(Writing):
    template_name = "programme/write_on_proposal.html"
    form_class = OrganiserForm
    success_message = _("The organisation is named; its people are asked.")
    extra_context = {"heading": _("Name an organiser"), "send": _("Ask them")}

    def get_initial(self) -> dict[str, Any]:
        return {"language": page_language()}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        return operations.name_organiser(
            proposal=self.row, **cleaned, asked_by=self.person, at=timezone.now()
        )


class AnswerOrganising(ProposalStep):
    fragment = "#organisers"

    def act(self, step: str) -> Any:
        organiser = one_of(self.row.organisers.all(), self.kwargs["pk"])
        now = timezone.now()
        if step == "drop":
            operations.drop_organiser(
                organiser=organiser, dropped_by=self.person, at=now
            )
            return _now("The organisation is taken out.")
        if step not in ("agree", "refuse"):
            raise Http404(_now("There is no such step."))
        operations.answer_organising(
            organiser=organiser,
            is_accepted=step == "agree",
            answered_by=self.person,
            at=now,
        )
        return _now("Thank you: those who asked are told.")


class SeatSpeaker(Writing):
    template_name = "programme/write_on_proposal.html"
    form_class = SeatForm
    success_message = _("They are on the panel; who has an address was written to.")
    extra_context = {
        "heading": _("Ask somebody to speak"),
        "send": _("Put them on the panel"),
    }

    def get_initial(self) -> dict[str, Any]:
        return {"language": page_language()}

    def form_valid(self, form: Any) -> Any:
        self.facts = form.facts()
        return super().form_valid(form)

    def operate(self, cleaned: dict[str, Any]) -> Any:
        return operations.seat_speaker(
            proposal=self.row,
            facts=self.facts,
            role=cleaned["role"],
            is_remote=cleaned["is_remote"],
            seated_by=self.person,
            at=timezone.now(),
        )


class SeatStep(ProposalStep):
    """Ask anew, take from the panel, or note what somebody without address says."""

    fragment = "#panel"

    def act(self, step: str) -> Any:
        seat = one_of(self.row.seats.all(), self.kwargs["pk"])
        now, me = timezone.now(), self.person
        if step == "ask":
            operations.ask_again(seat=seat, asked_by=me, at=now)
            return _now("The letter is on its way; the link in the one before is void.")
        if step == "drop":
            operations.unseat_speaker(seat=seat, unseated_by=me, at=now)
            return _now("They are not on the panel any more.")
        if step not in ("comes", "declines"):
            raise Http404(_now("There is no such step."))
        operations.answer_seat(
            seat=seat, is_coming=step == "comes", answered_by=me, at=now
        )
        return _now("The answer is noted.")


class OfferMerge(Writing):
    template_name = "programme/write_on_proposal.html"
    form_class = MergeForm
    success_message = _("It is proposed; those of the other proposal are asked.")
    extra_context = {
        "heading": _("Propose for merging"),
        "send": _("Propose it"),
        "explained": _(
            "This proposal goes on as a part of another. Its words, its people and its "
            "page stay; the organisers hold the session together. Nothing happens "
            "before the other side agrees."
        ),
    }

    def get_initial(self) -> dict[str, Any]:
        return {"into": self.request.GET.get("into", "")}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        into = queries.proposal(self.edition, cleaned["into"].strip().upper())
        if into is None or not queries.may_read_proposal(self.person, into):
            raise operations.NotMergeable
        return operations.offer_merge(
            proposal=self.row,
            into=into,
            words=cleaned["words"],
            offered_by=self.person,
            at=timezone.now(),
        )


class AnswerMerge(ProposalStep):
    fragment = "#merging"

    def act(self, step: str) -> Any:
        offer = one_of(queries.open_offers(self.row), self.kwargs["pk"])
        if step not in ("agree", "refuse"):
            raise Http404(_now("There is no such step."))
        operations.answer_merge(
            offer=offer,
            is_accepted=step == "agree",
            answered_by=self.person,
            at=timezone.now(),
        )
        return _now("Thank you: those of both proposals are told.")

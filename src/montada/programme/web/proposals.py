"""Proposals: the list with its filters, the page of one, and what looks alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from montada.djangokit.page_language import page_language
from montada.djangokit.refusals import Refusal
from montada.djangokit.views import Page, page_of
from montada.framework import queries as framework
from montada.programme import operations, queries
from montada.programme.choices import ProposalState, SeatState
from montada.programme.queries.pictures import photos_settable
from montada.programme.web.asking import OfProgramme, found_edition, of_edition
from montada.programme.web.asking_proposals import OfProposal, ProposalStep

ROWS = 50
LONGEST_WORDS = 200


class ProposalList(Page):
    template_name = "programme/proposals.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition = found_edition(kwargs["edition"])
        runs = queries.runs_programme(request.user, edition)
        filters = _filters(edition, page_language())
        choice = {name: request.GET.get(name, "") for name, *_rest in filters}
        for name, _title, options in filters:
            if choice[name] and choice[name] not in dict(options):
                raise Http404(_("There is no such filter."))
        words = request.GET.get("text", "")[:LONGEST_WORDS]
        of = queries.proposals_of if runs else queries.public_proposals
        rows = queries.narrowed_proposals(of(edition), choice=choice, words=words)
        return {
            **of_edition(edition),
            "runs": runs,
            "n_waiting": queries.n_requests_waiting(edition) if runs else 0,
            "filters": [(*one, choice[one[0]]) for one in filters],
            "text": words,
            "is_narrowed": bool(words or any(choice.values())),
            "page": page_of(request, rows, ROWS),
            "mine": [] if runs else _own(request, edition),
        }


def _own(request: HttpRequest, edition: Any) -> list[Any]:
    person: Any = request.user
    return queries.my_proposals(person, edition) if person.is_authenticated else []


def _filters(edition: Any, reader: str) -> list[tuple[str, str, list[Any]]]:
    """Return each filter with its title and what can be chosen."""

    def named(rows: Any) -> list[tuple[str, str]]:
        return [(row.code, row.name.shown_to(reader).text) for row in rows]

    lines = [
        (row.code, f"{row.code} · {row.title.shown_to(reader).text}")
        for row in framework.action_lines()
    ]
    return [
        ("state", _("State"), list(ProposalState.choices)),
        ("kind", _("Kind of session"), named(queries.kinds_of(edition))),
        ("line", _("Action line"), lines),
        ("group", _("Stakeholder group"), named(framework.stakeholder_groups())),
    ]


class ProposalPage(OfProposal, Page):
    template_name = "programme/proposal.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        row, me = self.row, self.person
        writes = queries.may_write_proposal(me, row)
        rules = queries.rules_of(self.edition)
        seats = list(row.seats.all())
        session, into = getattr(row, "session", None), row.merged_into
        is_off = session is not None and session.is_cancelled
        is_open = row.state in ("received", "accepted") and not is_off
        return {
            **of_edition(self.edition),
            "row": row,
            "reads_into": into and queries.may_read_proposal(me, into),
            "writes": writes,
            "runs": queries.runs_programme(me, self.edition),
            "is_changeable": writes and is_open,
            "is_off": is_off,
            "organisers": row.organisers.all(),
            "asked": queries.asked_of(me, row),
            "seats": [s for s in seats if writes or s.state == SeatState.CONFIRMED],
            "balance": queries.panel_balance(seats, page_language(), is_inside=writes),
            "photos": photos_settable(me, [s.speaker for s in seats if is_open])
            if writes
            else (),
            "session": session if session and session.is_public else None,
            "told": session if writes and is_open else None,
            "decided": queries.decisions_shown(row, page_language()),
            "appeal": queries.appeal_shown(row, me, timezone.now()),
            "merged": _read_by(me, row.merged.all()),
            "offers": _offers(row, me) if writes else (),
            "alike": queries.similar_proposals(row, me) if writes else (),
            "is_support_open": rules.is_support_open and row.state == "received",
            "n_supports": queries.n_supports(row),
            "supports": queries.supports_it(me, row),
        }


def _read_by(person: Any, rows: Iterable[Any]) -> list[tuple[Any, bool]]:
    """Return proposals, each with whether somebody may read it."""
    return [(row, queries.may_read_proposal(person, row)) for row in rows]


def _offers(row: Any, me: Any) -> list[tuple[Any, bool, Any, bool]]:
    """Return each open offer, whether I answer it, the other side, and if I read it."""
    offers = queries.open_offers(row)
    sides = (one.into if one.proposal_id == row.pk else one.proposal for one in offers)
    return [
        (offer, queries.may_answer_offer(me, offer), *side)
        for offer, side in zip(offers, _read_by(me, sides), strict=True)
    ]


class Support(ProposalStep):
    """ "I would come", given and taken back."""

    fragment = "#support"

    def act(self, step: str) -> Any:
        now = timezone.now()
        if step == "withdraw":
            operations.withdraw_support(proposal=self.row, person=self.person, at=now)
            return _("It is not counted any more that you would come.")
        operations.support(proposal=self.row, person=self.person, at=now)
        return _("It is counted that you would come.")


class Withdraw(ProposalStep):
    def act(self, step: str) -> Any:
        operations.withdraw_proposal(
            proposal=self.row, withdrawn_by=self.person, at=timezone.now()
        )
        return _("The proposal is withdrawn.")


class TakeIn(LoginRequiredMixin, Page):
    """The secretariat's button: requests of the consultation become proposals."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, edition: str) -> HttpResponse:
        of, me = found_edition(edition), request.user
        try:
            taken = operations.take_in_requests(
                edition=of,
                taken_by=me,  # type: ignore[arg-type]  # signed in
                at=timezone.now(),
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            said = ngettext(
                "%(n)s request is a proposal now.",
                "%(n)s requests are proposals now.",
                len(taken),
            )
            messages.success(request, said % {"n": len(taken)})
        return redirect("programme:proposals", edition)


class Alike(OfProgramme, Page):
    """Pairs of proposals that say about the same, for the secretariat to look at."""

    template_name = "programme/alike.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {
            **of_edition(self.edition),
            "pairs": queries.similar_pairs(self.edition),
        }

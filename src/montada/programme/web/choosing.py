"""Choosing: the committee's page, "what if", and kept choices with their ledger."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from montada.djangokit.page_language import page_language
from montada.djangokit.refusals import Refusal
from montada.djangokit.views import Page, page_of
from montada.programme import operations, queries
from montada.programme.choices import Endowment, ProposalState
from montada.programme.queries import (
    ballots,
    choosing,
    choosing_results,
    choosing_words,
    committee,
)
from montada.programme.web.asking import OfProgramme, found_edition, of_edition
from montada.programme.web.choosing_forms import (
    ChoiceForm,
    DecideForm,
    usual_choice,
)

ROWS = 50


class Choosing(OfProgramme, Page):
    """Every proposal with all that speaks for it, and what can be decided about it."""

    template_name = "programme/choosing.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition, reader = self.edition, page_language()
        state = request.GET.get("state", ProposalState.RECEIVED)
        sort = request.GET.get("sort", "reference")
        if state not in ("", *ProposalState.values) or sort not in committee.SORTS:
            raise Http404(_("There is no such filter."))
        run = choosing.run_of_committee(edition)
        ids = committee.sorted_proposals(edition, state=state, sort=sort, run=run)
        page = page_of(request, ids, ROWS)
        rules = queries.rules_of(edition)
        counts = committee.n_by_state(edition)
        return {
            **of_edition(edition),
            "page": page,
            "rows": committee.committee_rows(
                edition, page.object_list, reader=reader, run=run
            ),
            "run": run,
            "state": state,
            "states": [
                (value, label, counts.get(value, 0))
                for value, label in ProposalState.choices
            ],
            "sort": sort,
            "sorts": _sorts(),
            "rules": rules,
            "n_left": choosing.n_places_left(edition, rules.n_places),
            "rights": queries.rights_of(edition),
            "appeals": queries.all_appeals(edition),
            "form": DecideForm(),
        }


def _sorts() -> list[tuple[str, str]]:
    return [
        ("reference", _("Number")),
        ("score", _("Mark")),
        ("support", _("Who would come")),
        ("shares", _("Order of choice")),
    ]


class WhatIf(OfProgramme, Page):
    """All endowments side by side; POST keeps one of the choices."""

    template_name = "programme/what_if.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        form: ChoiceForm = kwargs.get("form") or self._asked(request)
        shown: dict[str, Any] = {
            **of_edition(self.edition),
            "form": form,
            "runs": choosing.runs_of(self.edition),
        }
        if not form.is_valid():
            return shown
        said, reader = form.cleaned_data, page_language()
        asked = choosing_results.Asked.of(
            said["n_places"], said["mix"], said["seed"], self._floors(form)
        )
        found = choosing.supposed(self.edition, said["endowment"], asked)
        references = {name for one in found for name in one.told}
        return shown | {
            "table": _side_by_side(found, ballots.names_of_sides(reader)),
            "compared": _compared(found, reader),
            # As text: a form's numbers are not those of the reader's language.
            "sent": [
                (n, str(v))
                for n, v in said.items()
                if v is not False and n != "endowment"
            ],
            "titles": committee.proposals_named(self.edition, sorted(references)),
            "n_proposals": len(references),
            "n_voters": found[0].result["n_voters"],
            "floors": choosing_words.floors_in_words(found[0].result, reader),
        }

    def _asked(self, request: HttpRequest) -> ChoiceForm:
        usual = usual_choice(self.edition)
        if "n_places" in request.GET:
            return ChoiceForm(request.GET)
        return ChoiceForm({n: str(v) for n, v in usual.items() if v is not False})

    def _floors(self, form: ChoiceForm) -> list[Any]:
        is_kept = form.cleaned_data["with_floors"]
        return queries.rules_of(self.edition).floors if is_kept else []

    def post(self, request: HttpRequest, edition: str) -> HttpResponse:
        form, me = ChoiceForm(request.POST), request.user
        if not form.is_valid():
            shown = self.read(request, form=form)
            return render(request, self.template_name, shown, status=422)
        said = form.cleaned_data
        try:
            run = operations.choose_by_shares(
                edition=self.edition,
                endowment=said["endowment"],
                mix=said["mix"],
                n_places=said["n_places"],
                floors=self._floors(form),
                seed=said["seed"],
                is_simulation=request.POST.get("keep") != "committee",
                made_by=me,  # type: ignore[arg-type]  # the permission asked
                at=timezone.now(),
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("programme:what_if", edition)
        messages.success(request, _("The choice is kept, with its ledger."))
        return redirect("programme:shares_run", edition, run.pk)


def _side_by_side(found: Any, names: Any) -> dict[str, Any]:
    """Return a row for each group, and in it what it has under each endowment."""
    groups = sorted(
        {(share.group, share.n_voters) for one in found for share in one.shares},
        key=lambda row: (-row[1], row[0]),
    )
    by_group = [{share.group: share for share in one.shares} for one in found]
    return {
        "heads": [Endowment(one.endowment).label for one in found],
        "rows": [
            (names.get(group, group), n, [of[group] for of in by_group])
            for group, n in groups
        ],
        "chosen": [len(one.chosen) for one in found],
    }


def _compared(found: Any, reader: str) -> list[dict[str, Any]]:
    """Return under each endowment what comes in and goes out, with the reasons."""
    shown = []
    for one in found:
        why = choosing_words.sentences_of(one.result, reader)
        shown.append(
            {
                "endowment": one.endowment,
                "name": Endowment(one.endowment).label,
                "chosen": [(name, why.get(name, "")) for name in one.chosen],
                "gained": [(name, why.get(name, "")) for name in one.gained],
                "lost": [(name, why.get(name, "")) for name in one.lost],
            }
        )
    return shown


class OfRun(View):
    """A kept choice: for the committee, and for everybody once decisions follow it."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.edition = found_edition(kwargs["edition"])
        self.runs = queries.runs_programme(request.user, self.edition)
        run = choosing.run_of_committee(self.edition, kwargs["pk"])
        if run is None or not (self.runs or choosing.is_told(run)):
            raise Http404(_("There is no such choice, or it is not public yet."))
        self.run: Any = run


class SharesRunPage(OfRun, Page):
    template_name = "programme/shares_run.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        run, reader = self.run, page_language()
        result, why = run.result, choosing_words.sentences_of(run.result, reader)
        places, unpaid = committee.order_of(run), choosing_words.unpaid_in(result)
        titles = committee.proposals_named(self.edition, list(result["told"]))
        if not self.runs:
            titles = {
                name: row
                for name, row in titles.items()
                if row.contribution is None or row.contribution.may_publish
            }
        names = ballots.names_of_sides(reader)
        return {
            **of_edition(self.edition),
            "run": run,
            "made_at": run.made_at.astimezone(self.edition.zone),
            "runs": self.runs,
            "chosen": [(name, place, why[name]) for name, place in places.items()],
            "unpaid": [(name, why[name]) for name in unpaid],
            "others": [
                (name, said)
                for name, said in why.items()
                if name not in {*places, *unpaid}
            ],
            "titles": titles,
            "shares": [
                (names.get(row["group"], row["group"]), row) for row in result["shares"]
            ],
            "floors": choosing_words.floors_in_words(result, reader),
            "gained": [
                (name, why.get(name, "")) for name in result["floors"]["gained"]
            ],
            "lost": [(name, why.get(name, "")) for name in result["floors"]["lost"]],
        }


class Ledger(OfRun):
    """The whole record of a choice, round by round, without any person."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        run = self.run
        answer = JsonResponse(
            {
                "edition": self.edition.slug,
                "made_at": run.made_at.isoformat(),
                "n_places": run.n_places,
                "mix": run.mix,
                **run.result,
            },
            json_dumps_params={"ensure_ascii": False, "indent": 1},
        )
        name = f"choice-{self.edition.slug}-{run.pk}.json"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


class Ballots(OfProgramme):
    """The ballots as they are now, under numbers in place of names."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        found = ballots.ballots_of(choosing.electable(self.edition))
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        name = f"ballots-{self.edition.slug}.csv"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        csv.writer(answer).writerows(ballots.ballot_rows(found.ballots))
        return answer

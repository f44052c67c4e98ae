"""Voting: one statement at a time, by plain forms, for somebody with a telephone."""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from montada.consultation.choices import VoteValue
from montada.consultation.operations.voting import (
    cast_vote,
    declare_group,
    take_back_vote,
)
from montada.consultation.queries.statements import (
    bare_statement,
    is_voting_open,
    statement_rules,
)
from montada.consultation.queries.voting import (
    ballot,
    key_of_guest,
    last_vote,
    next_statement,
    vote_on,
    voter_of,
)
from montada.consultation.web.asking import found_statement, present_edition
from montada.consultation.web.guests import admitted_token, guest_key, keep_token
from montada.djangokit.page_language import page_language
from montada.djangokit.refusals import Refusal
from montada.djangokit.views import OperationView, Page
from montada.framework import queries as framework
from montada.participation import queries as participation

SALT = "consultation.shown"
VALUES = {
    "agree": VoteValue.AGREE,
    "disagree": VoteValue.DISAGREE,
    "pass": VoteValue.PASS,
}
BUTTONS = [("agree", "1"), ("disagree", "2"), ("pass", "3")]


class VotePage(Page):
    """
    Shows the next statement, or the one asked for; sending votes on it.

    Where the edition's rules allow it, people who are not signed in vote as guests.

    `?done=` counts what was answered in this sitting; after a batch of them the page
    asks whether to go on.
    """

    template_name = "consultation/vote.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        edition, done = present_edition(), _count(request.GET.get("done"))
        is_open = is_voting_open(edition.pk, timezone.now())
        voter = voter_of(edition.pk, request.user, guest_key(request))
        rules = statement_rules(edition.pk)
        is_guest = rules.guests_vote and not request.user.is_authenticated
        context = {
            "edition": edition,
            "is_open": is_open,
            "done": done,
            "batch": rules.batch,
            "is_guest": is_guest,
            "may_vote": is_guest or request.user.is_authenticated,
            "ballot": (so_far := ballot(edition.pk, voter)),
            "last": last_vote(so_far) if is_open else None,
            "counted_as": _counted_as(voter),
            "buttons": [(name, VALUES[name].label, key) for name, key in BUTTONS],
        }
        if "statement" in request.GET:
            one = found_statement(_count(request.GET["statement"]))
            return context | {"statement": one, "mine": vote_on(one, voter)}
        if done >= rules.batch or not is_open:
            return context
        drawn = next_statement(so_far, draw=random.random())
        if drawn is None:
            return context
        one = drawn.statement
        return context | {
            "statement": one,
            "mine": vote_on(one, voter) if one.pk in so_far.answers else None,
            "shown": _signed(request, one.pk, drawn.chance),
        }

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = super().get(request, **kwargs)
        # Each look draws anew: an answer kept for all would show all the same.
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        is_person = request.user.is_authenticated
        if not (is_person or statement_rules(present_edition().pk).guests_vote):
            return redirect(f"{reverse('account_login')}?next={request.path}")
        done, token = _count(request.POST.get("done")), ""
        try:
            token = "" if is_person else admitted_token(request)
            done += self._act(request, key_of_guest(token) if token else "")
        except Refusal as refusal:
            messages.error(request, str(refusal))
        query = urlencode({"done": max(done, 0)})
        response = redirect(f"{request.path}?{query}")
        if token:
            keep_token(response, token)
        return response

    @staticmethod
    def _act(request: HttpRequest, key: str) -> int:
        """Vote or take a vote back; return how many answers more there are."""
        signed_in: Any = request.user
        person = signed_in if signed_in.is_authenticated else None
        one = bare_statement(_count(request.POST.get("statement")))
        if one is None:
            raise Http404(_("There is no such statement, or it is not public."))
        if request.POST.get("action") == "undo":
            take_back_vote(
                statement=one, person=person, guest_key=key, at=timezone.now()
            )
            messages.success(request, _("Your vote was taken back."))
            return -1
        value = VALUES.get(request.POST.get("value", ""))
        cast_vote(
            statement=one,
            person=person,
            guest_key=key,
            # What is no vote is refused by its name, not guessed.
            value=value if value is not None else 99,
            is_important="important" in request.POST,
            why=request.POST.get("why", ""),
            shown_with=_chance(request, one.pk),
            at=timezone.now(),
        )
        return 1


def _count(sent: str | None) -> int:
    """Return a small number as a page sends it; 0 for anything else."""
    return (
        int(sent)
        if sent and sent.isascii() and sent.isdecimal() and len(sent) < 10
        else 0
    )


def _counted_as(voter: Any) -> dict[str, Any]:
    """Return the group and the country under which somebody's votes are counted."""
    group, country = voter and voter.stakeholder_group_id, voter and voter.country_id
    groups, countries = framework.stakeholder_groups(), framework.countries()
    return {
        "group": next((one for one in groups if one.code == group), None),
        "country": next((one for one in countries if one.iso3 == country), None),
    }


def _signed(request: HttpRequest, pk: int, chance: float) -> str:
    who = request.user.pk or guest_key(request)
    return signing.dumps([who, pk, round(chance, 9)], salt=SALT)


def _chance(request: HttpRequest, pk: int) -> float | None:
    """Return the chance with which this reader was shown it, if we signed it."""
    try:
        who, shown, chance = signing.loads(
            request.POST.get("shown", ""), salt=SALT, max_age=86_400
        )
    except (signing.BadSignature, ValueError):
        return None
    is_this = (who, shown) == (request.user.pk or guest_key(request), pk)
    return float(chance) if is_this else None


class CountedAsForm(forms.Form):
    group = forms.ChoiceField(label=gettext_lazy("Stakeholder group"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nothing, reader = [("", _("not stated"))], page_language()
        fields: dict[str, Any] = self.fields
        fields["group"].choices = nothing + [
            (one.code, one.name.shown_to(reader).text)
            for one in framework.stakeholder_groups()
        ]
        fields["country"].choices = nothing + [
            (one.iso3, one.name.shown_to(reader).text)
            for one in participation.countries_by_name(reader)
        ]


class CountedAs(LoginRequiredMixin, OperationView):
    """As what somebody's votes are counted: their group, their country."""

    template_name = "consultation/counted_as.html"
    form_class = CountedAsForm
    success_message = gettext_lazy("Your votes are counted like this from now on.")

    def get_initial(self) -> dict[str, Any]:
        voter = voter_of(present_edition().pk, self.request.user)
        if voter is None:
            return {}
        return {"group": voter.stakeholder_group_id, "country": voter.country_id}

    def operate(self, cleaned: dict[str, Any]) -> Any:
        person: Any = self.request.user
        return declare_group(
            edition=present_edition(),
            person=person,
            stakeholder_group_id=cleaned["group"] or None,
            country_id=cleaned["country"] or None,
            at=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("consultation:vote")

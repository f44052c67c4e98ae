"""What is said of ballots, and of why a proposal was chosen or not."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from montada.djangokit.page_language import listed
from montada.programme.engine.shares.ballot_rows import (
    LONGEST_ID,
    BallotProblem,
    Fact,
)
from montada.programme.engine.shares.ballots import LARGEST_UTILITY, SMALLEST_UTILITY
from montada.programme.engine.shares.reasons import (
    GroupPart,
    MostSupported,
    NotChosen,
    PaidFor,
)

_PROBLEMS: dict[Fact, str | Promise] = {
    "no_voter": _("it names no voter."),
    "no_group": _("it names no group of the voter."),
    "no_proposal": _("it names no proposal."),
    "id_too_long": _("“%(first)s…” is longer than %(longest)s characters."),
    "id_unprintable": _("“%(first)s” has signs in it that cannot be shown."),
    "utility_no_number": _("the utility “%(first)s” is no number."),
    "utility_out_of_range": _(
        "the utility %(first)s is neither 0 nor from %(smallest)s to %(largest)s."
    ),
    "two_groups": _("the voter “%(first)s” stands in another group further up."),
    "twice": _(
        "the voter “%(first)s” has spoken of the proposal “%(second)s” already."
    ),
}


def sentence_of_problem(problem: BallotProblem) -> str:
    """Return what is wrong with a row, to stand after "Row 7:"."""
    first, second = (*problem.cells, "", "")[:2]
    return str(_PROBLEMS[problem.fact]) % {
        "first": first,
        "second": second,
        "longest": LONGEST_ID,
        "smallest": f"{SMALLEST_UTILITY:f}",
        "largest": f"{LARGEST_UTILITY:,.0f}",
    }


def why_paid_for(reason: PaidFor) -> str:
    """Return who paid for a proposal, of which groups, and how much each."""
    said = {
        "n": reason.n_payers,
        "groups": listed(_part(part) for part in reason.parts),
        "least": _amount(reason.least),
        "most": _amount(reason.most),
    }
    if said["least"] == said["most"]:
        return (
            ngettext(
                "Paid for by %(n)s supporter: %(groups)s; %(most)s each.",
                "Paid for by %(n)s supporters: %(groups)s; %(most)s each.",
                reason.n_payers,
            )
            % said
        )
    return (
        ngettext(
            "Paid for by %(n)s supporter: %(groups)s; %(least)s to %(most)s each.",
            "Paid for by %(n)s supporters: %(groups)s; %(least)s to %(most)s each.",
            reason.n_payers,
        )
        % said
    )


def why_most_supported(reason: MostSupported) -> str:
    """Return why a proposal took a place that nobody could pay for any more."""
    return ngettext(
        "Not paid for: it has the most support of those left, %(n)s supporter with "
        "%(share)s of all endowments.",
        "Not paid for: it has the most support of those left, %(n)s supporters with "
        "%(share)s of all endowments.",
        reason.n_supporters,
    ) % {"n": reason.n_supporters, "share": _percent(reason.support)}


def why_not_chosen(reason: NotChosen) -> str:
    """Return what a proposal lacked, and what its supporters' money went to."""
    if reason.more is None:
        return _now("Nobody supports it.")
    spent = [f"{one.proposal} ({_amount(one.paid)})" for one in reason.spent_on]
    said = _why_unpaid(reason) if reason.is_above else _why_too_little(reason)
    return said % {
        "n": reason.n_supporters,
        "owned": _amount(reason.owned),
        "left": _amount(reason.left),
        "share": _percent(reason.left / reason.owned if reason.owned else 0.0),
        "cost": _amount(reason.cost),
        "more": _percent(reason.more),
        "others": listed(spent),
    }


def _why_too_little(reason: NotChosen) -> str:
    if not reason.spent_on:
        return ngettext(
            "Its %(n)s supporter owns %(left)s of its cost of %(cost)s; the "
            "endowment would have to be %(more)s larger.",
            "Its %(n)s supporters own %(left)s of its cost of %(cost)s; their "
            "endowment would have to be %(more)s larger.",
            reason.n_supporters,
        )
    return ngettext(
        "Its %(n)s supporter has %(left)s left of its cost of %(cost)s, having "
        "spent on %(others)s; the endowment would have to be %(more)s larger.",
        "Its %(n)s supporters have %(left)s left of its cost of %(cost)s, having "
        "spent most on %(others)s; their endowment would have to be %(more)s "
        "larger.",
        reason.n_supporters,
    )


def _why_unpaid(reason: NotChosen) -> str:
    """Return why a proposal has no place though some with fewer supporters have."""
    if not reason.spent_on:
        return ngettext(
            "Not paid for, though more people support it than some of the chosen: "
            "its %(n)s supporter owns %(owned)s of its cost of %(cost)s; the "
            "endowment would have to be %(more)s larger.",
            "Not paid for, though more people support it than some of the chosen: "
            "its %(n)s supporters own %(owned)s of its cost of %(cost)s; their "
            "endowment would have to be %(more)s larger.",
            reason.n_supporters,
        )
    return ngettext(
        "Not paid for, though more people support it than some of the chosen: its "
        "%(n)s supporter has %(left)s left of %(owned)s (%(share)s), having spent on "
        "%(others)s; for its cost of %(cost)s the endowment would have to be %(more)s "
        "larger.",
        "Not paid for, though more people support it than some of the chosen: its "
        "%(n)s supporters have %(left)s left of %(owned)s (%(share)s), having spent "
        "most on %(others)s; for its cost of %(cost)s their endowment would have to be "
        "%(more)s larger.",
        reason.n_supporters,
    )


def _part(part: GroupPart) -> str:
    return _now("%(share)s %(group)s") % {
        "share": _percent(part.share),
        "group": part.group,
    }


def _amount(money: float) -> str:
    """Return an amount of places with four digits that count, without exponent."""
    return f"{money:.4g}" if money >= 1e-4 or money == 0 else f"{money:.6f}"


def _percent(share: float) -> str:
    return f"{share:.1%}" if share < 0.1 else f"{share:.0%}"

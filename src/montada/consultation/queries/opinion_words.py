"""What came of an opinion, in words and as programs read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from montada.consultation.engine.comments import Comment
from montada.consultation.engine.evidence import STABLE
from montada.consultation.engine.integrity import GUEST
from montada.consultation.engine.opinion import (
    FEWEST_PEOPLE,
    FEWEST_STATEMENTS,
    ByDeclared,
    Opinion,
    Reason,
)
from montada.consultation.engine.tallies import Tally, lower_bound
from montada.consultation.engine.votes import UNGROUPED, FloatArray

DIGITS = 6
"""After the point, of everything but counts."""

_REASONS: dict[Reason, str | Promise] = {
    "clear": _(
        "People part more clearly than in any of %(n_permutations)s deals of the same "
        "votes by chance (%(silhouette).3f against %(null_best).3f at best), and the "
        "groups are found again without a fifth of the votes (%(stability).2f)."
    ),
    "few_people": _(
        "too few: at least %(fewest_people)s people with enough votes are needed, "
        "seven each or as many as there are statements."
    ),
    "few_statements": _(
        "too few: at least %(fewest_statements)s statements with votes are needed."
    ),
    "all_alike": _("Everybody votes the same on every statement."),
    "tiny_groups": _(
        "Every way to part people leaves a group that is too small to be one."
    ),
    "as_by_chance": _(
        "People part no more clearly than votes dealt by chance do (%(silhouette).3f "
        "against %(null_best).3f)."
    ),
    "unstable": _(
        "Without a fifth of the votes other groups are found (%(stability).2f, "
        "%(stable).2f is needed)."
    ),
}


def reason_of(opinion: Opinion) -> str:
    """Return why the verdict is what it is, as a sentence."""
    numbers: dict[str, float] = {
        "fewest_people": FEWEST_PEOPLE,
        "fewest_statements": FEWEST_STATEMENTS,
        "stable": STABLE,
    }
    if evidence := opinion.evidence:
        numbers |= {
            "silhouette": evidence.silhouette,
            "null_best": evidence.null_best,
            "n_permutations": evidence.n_permutations,
            "stability": evidence.stability,
        }
    return str(_REASONS[opinion.reason]) % numbers


def as_json(opinion: Opinion, comments: Sequence[Comment] = ()) -> dict[str, Any]:
    """
    Return the answer as `docs/reference/opinion.schema.json` describes it.

    With `comments`, statements carry their words; where people have tiers, `by_tier` is
    there.
    """
    evidence = opinion.evidence
    answer: dict[str, Any] = {
        "verdict": opinion.verdict,
        "reason": reason_of(opinion),
        "groups": _groups(opinion),
        "participants": _participants(opinion),
        "statements": _statements(opinion),
        "evidence": {
            "silhouette": _rounded(evidence.silhouette if evidence else None),
            "null_best": _rounded(evidence.null_best if evidence else None),
            "stability": _rounded(evidence.stability if evidence else None),
        },
        "seed": opinion.seed,
        "engine": opinion.engine,
    }
    words = {one.id: one.text for one in comments}
    for row in answer["statements"] if words else ():
        row["text"] = words.get(row["id"], "")
    if tiers := list(_tiers(opinion)):
        answer["by_tier"] = tiers
    return answer


def _tiers(opinion: Opinion) -> Iterator[dict[str, Any]]:
    """Yield what each tier says for itself, the guests last."""
    if by := opinion.by_tier:
        people = by.groups.of.tolist()
        for place, name in enumerate(by.groups.names):
            yield _tier(opinion, name, people.count(place), by.counts, place)
    if guests := opinion.guests:
        yield _tier(opinion, GUEST, guests.n_people, guests.counts, 0)


def _tier(
    opinion: Opinion, name: str, size: int, counts: Tally, place: int
) -> dict[str, Any]:
    agree, seen = counts.agree[place], counts.seen[place]
    columns = zip(
        opinion.votes.statement_ids,
        seen.tolist(),
        agree.tolist(),
        counts.disagree[place].tolist(),
        counts.passed[place].tolist(),
        _listed(lower_bound(agree, seen)),
        strict=True,
    )
    names = ("id", "seen", "agree", "disagree", "pass", "consensus")
    rows = [dict(zip(names, column, strict=True)) for column in columns]
    return {"tier": name, "size": size, "statements": rows}


def _groups(opinion: Opinion) -> list[dict[str, Any]]:
    ids = opinion.votes.statement_ids
    return [
        {
            "id": number,
            "size": int((opinion.groups == number).sum()),
            "represents": [
                {
                    "statement": ids[one.statement],
                    "stance": one.stance,
                    "z": _rounded(one.z),
                }
                for one in represents
            ],
        }
        for number, represents in enumerate(opinion.represents)
    ]


def _participants(opinion: Opinion) -> list[dict[str, Any]]:
    rows = zip(
        opinion.votes.participant_ids,
        opinion.groups.tolist(),
        opinion.axes.places.round(DIGITS).tolist(),
        opinion.who_voted().tolist(),
        strict=True,
    )
    return [
        {
            "id": name,
            "group": None if group == UNGROUPED else group,
            "x": x if has_voted else None,
            "y": y if has_voted else None,
        }
        for name, group, (x, y), has_voted in rows
    ]


def _statements(opinion: Opinion) -> list[dict[str, Any]]:
    everybody = opinion.everybody
    columns = zip(
        opinion.votes.statement_ids,
        everybody.seen[0].tolist(),
        everybody.agree[0].tolist(),
        everybody.disagree[0].tolist(),
        everybody.passed[0].tolist(),
        _listed(opinion.consensus),
        _declared(opinion.by_type, opinion),
        _declared(opinion.by_region, opinion),
        _listed(opinion.divides),
        strict=True,
    )
    names = (
        "id",
        "seen",
        "agree",
        "disagree",
        "pass",
        "consensus",
        "consensus_by_type",
        "consensus_by_region",
        "divides",
    )
    return [dict(zip(names, column, strict=True)) for column in columns]


def _declared(by: ByDeclared | None, opinion: Opinion) -> list[float] | list[None]:
    if by is None:
        return [None] * opinion.votes.n_statements
    return _listed(by.consensus)


def _listed(numbers: FloatArray) -> list[float]:
    listed: list[float] = numbers.round(DIGITS).tolist()
    return listed


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, DIGITS)

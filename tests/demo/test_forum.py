"""The demonstration: real facts, one made-up edition, the same when built twice."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import transaction

from montada.audit import queries as audit
from montada.demo import forum
from montada.demo.calendar import STAGES
from montada.demo.people import VISITORS
from montada.edition import queries as editions
from montada.programme import queries as programme
from montada.selection import queries as selection
from montada.stocktaking import queries as stocktaking

pytestmark = pytest.mark.django_db


def build(stage: str, at: datetime) -> None:
    for _step in forum.build(stage=stage, seed=1, at=at):
        pass


def test_the_forum_is_whole_has_a_way_in_and_building_it_again_adds_nothing(
    now: datetime,
) -> None:
    build("consultation", now)
    n_decisions = audit.entries().count()

    build("consultation", now)

    assert audit.entries().count() == n_decisions
    assert editions.editions().filter(is_made_up=False).count() == 18
    assert selection.n_awards() == 531
    made_up = editions.editions().get(is_made_up=True)
    planned = programme.sessions_of(edition=made_up)
    assert planned.exclude(kind__is_stand=True).count() == 220
    assert programme.n_sessions() == 74 + planned.count()
    plan = programme.current_plan(made_up)
    assert plan is not None
    assert programme.faults_against_release(plan) == []
    # 525 of the prizes, and two made-up entries that were published.
    assert stocktaking.counts()[0] == 527

    keys = dict(forum.sign_in_keys(at=now))
    assert [visitor.kind for visitor in keys] == [v.kind for v in VISITORS]
    assert len(set(keys.values())) == len(VISITORS)


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_a_stage_opens_its_phase_in_the_only_made_up_edition(
    stage: str, now: datetime
) -> None:
    made_up = forum.made_up_edition(stage=stage, seed=1, at=now)

    open_now = {p.kind for p in editions.phases_of(made_up) if p.is_open_at(now)}

    assert made_up.is_made_up
    assert ("forum" if stage == "live" else stage) in open_now


def test_the_seed_decides_what_is_made_up(now: datetime) -> None:
    def seats(seed: int) -> list[int | None]:
        with transaction.atomic():
            made_up = forum.made_up_edition(stage="review", seed=seed, at=now)
            drawn = [room.seats for room in editions.rooms_of(made_up)]
            transaction.set_rollback(True)
        return drawn

    assert seats(1) == seats(1)
    assert seats(1) != seats(2)


def test_another_stage_needs_another_folder(now: datetime) -> None:
    forum.made_up_edition(stage="consultation", seed=1, at=now)

    with pytest.raises(forum.OtherStageOpen, match="MONTADA_VAR"):
        forum.made_up_edition(stage="review", seed=1, at=now)

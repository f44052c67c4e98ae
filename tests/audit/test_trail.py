"""The trail remembers decisions and lets nobody change them."""

from __future__ import annotations

from datetime import datetime

import pytest

from montada.audit import operations, queries
from montada.audit.models import Entry, TrailIsAppendOnly
from montada.framework import queries as framework

pytestmark = pytest.mark.django_db


def test_a_decision_is_remembered_with_its_reason(now: datetime) -> None:
    line = framework.action_line("C2")
    assert line

    entry = operations.record(
        action="framework.line_renamed",
        actor=None,
        subject=line,
        at=now,
        reason="The Plan of Action says so.",
        details={"before": "Access"},
    )

    assert queries.entries_about(line)[0] == entry
    assert entry.subject == "framework.actionline:C2"
    assert queries.last_entry_id() == entry.pk


def test_what_was_decided_cannot_be_changed_or_removed(now: datetime) -> None:
    line = framework.action_line("C2")
    assert line
    entry = operations.record(action="a.b", actor=None, subject=line, at=now)

    with pytest.raises(TrailIsAppendOnly):
        entry.save()
    with pytest.raises(TrailIsAppendOnly):
        entry.delete()
    with pytest.raises(TrailIsAppendOnly):
        Entry.objects.filter(pk=entry.pk).update(reason="other")
    with pytest.raises(TrailIsAppendOnly):
        Entry.objects.all().delete()

"""The forum's name is kept in memory until it changes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from montada.audit import queries as audit
from montada.participation import queries
from tests.site.test_forum_in_shell import set_up

# Committed for real: inside a test's transaction nothing is remembered.
pytestmark = pytest.mark.django_db(transaction=True)


def test_the_forum_is_read_once_until_it_is_set_up_anew(client: Client) -> None:
    def n_readings() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/ar/account/login/")
        return sum("participation_forum" in query["sql"] for query in asked)

    audit.forget()
    set_up("ar", "en")
    readings = [n_readings(), n_readings()]
    set_up("ar", "fr")

    assert [*readings, n_readings(), n_readings()] == [1, 0, 1, 0]
    forum = queries.forum()
    assert forum is not None
    assert forum.languages == ["ar", "fr"]
    audit.forget()

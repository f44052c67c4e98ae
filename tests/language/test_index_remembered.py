"""What processes remember of the index follows every commit, and no rollback."""

from __future__ import annotations

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from montada.language import operations, queries
from montada.language.models import IndexedText
from montada.language.queries.index import shelf
from tests.language.test_index import a_record, found

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_remembered_is_brought_up_to_date() -> None:
    operations.publish(texts=[a_record("1", "Farmers"), a_record("2", "Farmers")])
    assert found("farmers") == ["1", "2"]

    operations.withdraw(kind="test", keys=["1"])
    operations.publish(texts=[a_record("3", "Farmers")])

    assert found("farmers") == ["2", "3"]


def test_a_rollback_leaves_nothing_behind() -> None:
    operations.publish(texts=[a_record("1", "Farmers")])
    with transaction.atomic():
        operations.publish(texts=[a_record("2", "Farmers")])
        assert found("farmers") == ["1", "2"]
        transaction.set_rollback(True)
    operations.publish(texts=[a_record("3", "Farmers")])

    assert found("farmers") == ["1", "3"]


def test_what_did_not_change_is_not_read_again() -> None:
    operations.publish(texts=[a_record("1", "Farmers")])
    before = shelf.shelf(None)

    assert shelf.shelf(None) is before
    assert len(before) == IndexedText.objects.count()


def test_publishing_asks_for_one_encoding_and_not_for_two() -> None:
    path = "montada.language.tasks.embed_texts"
    assert not queries.is_task_waiting(path)

    operations.publish(texts=[a_record("1")])
    operations.publish(texts=[a_record("2")])

    assert queries.is_task_waiting(path)


@pytest.mark.parametrize("n", [1, 3])
def test_queries_do_not_grow_with_records(
    n: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    operations.publish(texts=[a_record(str(i), f"Farmers {i}") for i in range(n)])
    assert len(found("farmers")) == n
    # Whether there are vectors, the stamp, words, counts of terms, the search.
    with django_assert_num_queries(5):
        queries.find(queries.Query("farmers", "en"))

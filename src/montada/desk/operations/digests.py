"""Telling by mail what is new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from montada.desk.models import Reading
from montada.desk.queries.news import SETTLING, news_for_digest
from montada.desk.queries.readings import is_due, locked_reading, readings_due
from montada.participation import operations as participation
from montada.participation import queries
from montada.stocktaking import queries as stocktaking


@dataclass(frozen=True, slots=True)
class Digests:
    n_sent: int
    n_silent: int
    """People for whom nothing was new: nothing was written to them."""


def send_digests(*, at: datetime) -> Digests:
    """
    Write to everybody whose mail is due what is new among what they follow.

    One transaction a person: how far they were told moves with the message, so that
    nothing is told twice.
    """
    sent = [_send_digest(pk, at) for pk in readings_due(at)]
    return Digests(n_sent=sum(sent), n_silent=len(sent) - sum(sent))


@transaction.atomic
def _send_digest(pk: int, at: datetime) -> bool:
    reading = locked_reading(pk)
    if reading is None or not is_due(reading, at):
        return False
    until = at - SETTLING
    news = news_for_digest(reading, until=until)
    if news.items:
        _write(reading, news, at)
    reading.digested_at = until
    reading.save(update_fields=["digested_at"])
    return bool(news.items)


def _write(reading: Reading, news: stocktaking.News, at: datetime) -> None:
    person = reading.person
    with translation.override(person.language):
        rows = [(item, _address(item)) for item in news.items]
        following = queries.forum_address(reverse("desk:following"))
    participation.write_message(
        to_email=person.email,
        person=person,
        language=person.language,
        template="digest",
        values={"news": news, "rows": rows, "following_url": following},
        at=at,
    )


def _address(item: stocktaking.NewsItem) -> str:
    if item.project is None:
        return ""
    return queries.forum_address(reverse("site:project", args=[item.project.slug]))

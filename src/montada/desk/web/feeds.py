"""Atom feeds: public ones of what may be followed, and a secret one of each person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from unicodedata import category
from uuid import NAMESPACE_URL, uuid5

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from montada.desk import queries
from montada.desk.choices import FollowKind
from montada.desk.templatetags.desk import address_of
from montada.djangokit.page_language import page_language
from montada.participation import queries as participation

PUBLIC = (
    FollowKind.COUNTRY,
    FollowKind.GROUP,
    FollowKind.LINE,
    FollowKind.ORGANISATION,
)


class News(Feed):  # type: ignore[type-arg]
    """What is new, in the language of the feed's address."""

    feed_type = Atom1Feed

    def author_name(self) -> str:
        forum = participation.forum()
        return _words(forum.name) if forum else _("Montada")

    def items(self, obj: dict[str, Any]) -> Sequence[Any]:
        found: Sequence[Any] = obj["news"].items
        return found

    def title(self, obj: dict[str, Any]) -> str:
        return str(obj["title"])

    def link(self, obj: dict[str, Any]) -> str:
        return str(obj["link"])

    def item_title(self, item: Any) -> str:
        if item.project is None:
            return _("A project that you follow")
        return _words(item.project.title) or _("Project without a title")

    def item_description(self, item: Any) -> str:
        return _clean(render_to_string("desk/feed_item.txt", {"item": item}))

    def item_link(self, item: Any) -> str:
        if item.project is None:
            return reverse("desk:following")
        return reverse("site:project", args=[item.project.slug])

    def item_guid(self, item: Any) -> str:
        """Return a name that stays the same in every language and at every host."""
        key = item.project.key if item.project else ""
        name = f"{key} {item.kind} {item.at.isoformat()} {item.distinction}"
        return uuid5(NAMESPACE_URL, name).urn

    def item_pubdate(self, item: Any) -> datetime:
        moment: datetime = item.at
        return moment

    item_updateddate = item_pubdate


class PublicFeed(News):
    """`/feeds/country/EGY.atom`"""

    def get_object(self, request: HttpRequest, kind: str, key: str) -> dict[str, Any]:
        name = queries.name_of(FollowKind(kind), key) if kind in PUBLIC else None
        if name is None:
            raise Http404(_("There is no such feed."))
        title = _("New projects: %(name)s") % {"name": _words(name)}
        news = queries.news_at(FollowKind(kind), key, at=timezone.now())
        return {"news": news, "title": title, "link": address_of(kind, key)}


class MyFeed(News):
    """Under a secret address; who has it reads what its owner follows, and no more."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    def get_object(self, request: HttpRequest, key: str) -> dict[str, Any]:
        person = queries.person_of_feed(key)
        if person is None:
            raise Http404(_("There is no such feed."))
        return {
            "news": queries.news_of(person, at=timezone.now()),
            "title": _("What you follow"),
            "link": reverse("desk:following"),
        }


def _words(text: Any) -> str:
    """Return a text in several languages in that of the feed."""
    return _clean(text.shown_to(page_language()).text)


def _clean(text: str) -> str:
    """Return the text on one line, without characters that XML forbids."""
    kept = (c if category(c) not in ("Cc", "Cs", "Cn") else " " for c in text)
    return " ".join("".join(kept).split())

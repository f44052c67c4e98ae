"""The button under which something is followed, on whatever page shows it."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from montada.desk import queries
from montada.desk.choices import FollowKind

register = template.Library()


@register.inclusion_tag("desk/_follow.html", takes_context=True)
def follow(context: Any, kind: str, key: str) -> dict[str, Any]:
    """
    Write the button: `{% follow "country" country.iso3 %}`.

    One query for who is signed in; for everybody else the page stays the same.
    """
    request = context["request"]
    reader = request.user
    has_feed = kind != FollowKind.PROJECT
    return {
        "kind": kind,
        "key": key,
        "here": request.get_full_path(),
        "is_signed_in": reader.is_authenticated,
        "is_following": reader.is_authenticated
        and queries.is_following(reader, kind, key),
        "feed_url": reverse("desk:feed", args=[kind, key]) if has_feed else "",
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def address_of(kind: str, key: str) -> str:
    """Return the page of something that is followed."""
    if kind == FollowKind.GROUP:
        return f"{reverse('desk:list')}?group={key}"
    return reverse(_PAGES[FollowKind(kind)], args=[key])


_PAGES = {
    FollowKind.PROJECT: "site:project",
    FollowKind.ORGANISATION: "site:organisation",
    FollowKind.COUNTRY: "desk:country",
    FollowKind.LINE: "site:line",
}

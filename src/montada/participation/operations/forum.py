"""The first start: what the forum is called, and who may decide in it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.language.engine.harmless import harmless_text
from montada.language.engine.text import LANGUAGES, LocalizedText
from montada.participation import queries
from montada.participation.choices import RoleKind
from montada.participation.models import Forum, Person
from montada.participation.operations.people import LanguageUnknown, add_person
from montada.participation.operations.roles import grant_role


class ForumSetUpAlready(Refusal):
    code = "participation.forum_set_up_already"
    message = _("This forum has an administrator already.")


class SetupKeyWrong(Refusal):
    code = "participation.setup_key_wrong"
    message = _(
        "This is not the key that the server's terminal printed last. "
        "“montada setup --key” prints a new one."
    )


class ForumNameMissing(Refusal):
    code = "participation.forum_name_missing"
    message = _("The forum needs a name in at least one language.")


@transaction.atomic
def make_setup_key(*, at: datetime) -> str:
    """
    Return a new key for the first-start page; an earlier one stops working.

    Raises
    ------
    ForumSetUpAlready
    """
    if queries.has_administrator():
        raise ForumSetUpAlready
    key = secrets.token_urlsafe(12)
    forum, _created = Forum.objects.get_or_create(pk=1)
    forum.setup_key_digest = queries.digest_of(key)
    forum.save(update_fields=["setup_key_digest"])
    audit.record(action="forum.key_made", actor=None, subject=forum, at=at)
    return key


@transaction.atomic
def set_up_forum(
    *,
    name: LocalizedText,
    languages: Sequence[str],
    email: str,
    person_name: str = "",
    at: datetime,
) -> Person:
    """
    Name the forum and its administrator; said again with the same, nothing changes.

    Raises
    ------
    ForumNameMissing, LanguageUnknown
    """
    name = harmless_text(name)
    if not name:
        raise ForumNameMissing
    offered = list(dict.fromkeys(languages)) or list(LANGUAGES)
    for language in offered:
        if language not in LANGUAGES:
            raise LanguageUnknown(language=language)
    administrator = queries.person_of_email(email) or add_person(
        email=email, name=person_name, language=offered[0], added_by=None, at=at
    )
    grant_role(person=administrator, kind=RoleKind.SECRETARIAT, granted_by=None, at=at)
    _keep(name, offered, administrator, at)
    return administrator


@transaction.atomic
def set_up_forum_with_key(
    *,
    key: str,
    name: LocalizedText,
    languages: Sequence[str],
    email: str,
    person_name: str = "",
    at: datetime,
) -> Person:
    """
    Do as `set_up_forum`, for somebody at a browser: once, and with the terminal's key.

    Raises
    ------
    ForumSetUpAlready, SetupKeyWrong, ForumNameMissing, LanguageUnknown
    """
    if queries.has_administrator():
        raise ForumSetUpAlready
    kept = Forum.objects.select_for_update().filter(pk=1).first()
    digest = kept.setup_key_digest if kept else ""
    if not digest or not constant_time_compare(queries.digest_of(key.strip()), digest):
        raise SetupKeyWrong
    return set_up_forum(
        name=name, languages=languages, email=email, person_name=person_name, at=at
    )


def _keep(
    name: LocalizedText, languages: list[str], actor: Person, at: datetime
) -> None:
    forum, _created = Forum.objects.get_or_create(pk=1)
    said = (forum.name.as_json(), forum.languages)
    if forum.set_up_at is not None and said == (name.as_json(), languages):
        return
    forum.name, forum.languages, forum.setup_key_digest = name, languages, ""
    forum.set_up_at = forum.set_up_at or at
    forum.save()
    audit.record(
        action="forum.set_up",
        actor=actor,
        subject=forum,
        at=at,
        details={"name": name.by_language, "languages": languages},
    )

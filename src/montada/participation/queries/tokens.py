"""What is read about the keys with which applications act for people."""

from __future__ import annotations

from secrets import compare_digest

from montada.djangokit.rows import row_where
from montada.participation.models import ApiToken, Person
from montada.participation.queries.messages import digest_of


def tokens_of(person: Person) -> list[ApiToken]:
    """Return a person's keys that are not revoked, the newest first. One query."""
    return list(ApiToken.objects.filter(person=person, revoked_at__isnull=True))


def own_token(person: Person, pk: int) -> ApiToken | None:
    """Return a key of this person; somebody else's is not found."""
    return ApiToken.objects.filter(person=person, pk=pk).first()


def token_of_key(key: str) -> ApiToken | None:
    """Return the key that was shown once as `key`, with its person. Two queries."""
    digest = digest_of(key)
    found = row_where(ApiToken, key_digest=digest)
    if found is None or not compare_digest(found.key_digest, digest):
        return None
    if person := row_where(Person, id=found.person_id):
        found.person = person
    return found

"""What is read about people, their roles and the forum they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet

from montada.audit import queries as audit
from montada.language.engine.folding import folded
from montada.participation.choices import RoleKind
from montada.participation.models import Forum, Message, Person, Role
from montada.participation.queries.messages import ACCOUNT_CHANGED


@audit.remembered("forum.")
def forum() -> Forum | None:
    """
    Return what the forum was told about itself; nothing before its first start.

    Every page reads it: it is remembered until the next decision.
    """
    return Forum.objects.filter(set_up_at__isnull=False).first()


def person(pk: int) -> Person | None:
    return Person.objects.select_related("organisation").filter(pk=pk).first()


def person_of_email(email: str) -> Person | None:
    """Return who writes under an address; addresses differ by more than their case."""
    return Person.objects.filter(email__iexact=email.strip()).first()


def addresses_of(person: Person) -> frozenset[str]:
    """
    Return a person's addresses and former ones, in small letters; nobody else's is one.

    A former one is where a letter told them that their account had changed.
    """
    noted = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    told = Message.objects.filter(person=person, template=ACCOUNT_CHANGED)
    former = told.values_list("to_email", flat=True)
    found = {address.lower() for address in (*noted, *former)}
    others = Person.objects.exclude(pk=person.pk).filter(email__in=found)
    found -= set(others.values_list("email", flat=True))
    return frozenset(found | {person.email.lower()})


def people_of_organisations(ids: Iterable[int]) -> QuerySet[Person]:
    """Return who is of these organisations; who may not sign in any more too."""
    return Person.objects.filter(organisation__in=ids)


def people(words: str = "") -> QuerySet[Person]:
    """
    Return the people whose name or address holds all `words`, the newest first.

    Names are compared by their folded spelling. Erased people are left out.
    """
    present = Person.objects.filter(erased_at__isnull=True).order_by("-pk")
    if wanted := folded(words).split():
        found = [
            pk
            for pk, name, email in present.values_list("pk", "name", "email")
            if all(word in folded(f"{name} {email}") for word in wanted)
        ]
        present = present.filter(pk__in=found)
    return present.select_related("organisation").prefetch_related("roles__edition")


def roles_shown(person: Person) -> list[Role]:
    """Return a person's roles with their edition, country and line. One query."""
    return list(person.roles.select_related("edition", "country", "action_line"))


def role(pk: int) -> Role | None:
    return Role.objects.select_related("person", "edition").filter(pk=pk).first()


def administrators() -> QuerySet[Person]:
    """Return who may decide everything: the secretariat of all editions."""
    everywhere = Q(roles__kind=RoleKind.SECRETARIAT, roles__edition__isnull=True)
    return Person.objects.filter(
        everywhere | Q(is_superuser=True), is_active=True
    ).distinct()


def secretariat() -> QuerySet[Person]:
    """Return who works for the secretariat of any edition, for letters to them."""
    holds = Q(roles__kind=RoleKind.SECRETARIAT)
    return Person.objects.filter(holds, is_active=True).distinct()


def focal_points_of(country_id: str | None) -> QuerySet[Person]:
    """Return who speaks for a country; nobody for none."""
    holds = Q(roles__kind=RoleKind.FOCAL_POINT, roles__country=country_id)
    everybody = Person.objects.filter(holds, is_active=True).distinct()
    return everybody if country_id else everybody.none()


def has_administrator() -> bool:
    return administrators().exists()

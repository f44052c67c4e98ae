"""Tables of participation. Shape and constraints only; decisions live in operations."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from montada.language.fields import LocalizedTextField
from montada.participation.choices import (
    FormOfAddress,
    MessageState,
    RoleKind,
    role_name,
)


class PersonManager(BaseUserManager["Person"]):
    """What Django and allauth ask of the people's table."""

    def create_user(self, email: str, **values: Any) -> Person:
        person = self.model(email=email.strip().lower(), **values)
        person.set_unusable_password()
        person.save(using=self._db)
        # Confirmed with the first code: allauth confirms only addresses it knows.
        EmailAddress.objects.create(user=person, email=person.email, primary=True)
        return person


class Person(AbstractBaseUser, PermissionsMixin):
    """
    Somebody who takes part. With an e-mail address they can sign in.

    An erased person keeps this row, without anything personal in it: the trail and the
    statistics still point here.
    """

    email = models.EmailField(_("E-mail"), unique=True)
    name = models.CharField(_("Name"), max_length=200, blank=True)
    form_of_address = models.CharField(
        max_length=10, choices=FormOfAddress.choices, blank=True
    )
    """Said before the name, if they chose one."""
    language = models.CharField(_("Language"), max_length=5, default="ar")
    """The language in which they are written to."""
    timezone = models.CharField(_("Time zone"), max_length=40, blank=True)
    organisation = models.ForeignKey(
        "participation.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = PersonManager()

    class Meta:
        ordering = ("pk",)
        verbose_name_plural = "people"

    def __str__(self) -> str:
        if self.erased_at is not None:
            return gettext("somebody who was erased")
        return self.name or self.email

    def addressed_as(self) -> str:
        """Return the name as they wish to be called, in the reader's language."""
        if not (self.name and self.form_of_address):
            return str(self)
        return gettext("%(address)s %(name)s") % {
            "address": self.get_form_of_address_display(),
            "name": self.name,
        }


class Organisation(models.Model):
    """A ministry, company, university, NGO or international organisation."""

    slug = models.SlugField(max_length=120, unique=True)
    name = LocalizedTextField()
    sort_key = models.CharField(max_length=300, db_index=True)
    acronym = models.CharField(max_length=40, blank=True)
    stakeholder_group = models.ForeignKey(
        "framework.StakeholderGroup",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    country = models.ForeignKey(
        "framework.Country",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    """Of its seat."""
    regions = models.ManyToManyField(
        "framework.CountryGroup", blank=True, related_name="+"
    )
    """Where it works."""
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    """Set when two records were one organisation; old addresses lead to the other."""
    source_url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ("sort_key", "pk")

    def __str__(self) -> str:
        return str(self.name)


class OrganisationAlias(models.Model):
    """A name under which an organisation was met; found by its folded key."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="aliases"
    )
    text = models.CharField(max_length=300)
    key = models.CharField(max_length=300, db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "key"), name="alias_once_an_organisation"
            ),
        )

    def __str__(self) -> str:
        return self.text


class RoleScope(models.Model):
    """A role, and where it holds."""

    kind = models.CharField(max_length=20, choices=RoleKind.choices)
    edition = models.ForeignKey(
        "edition.Edition",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    """Empty: in every edition."""
    country = models.ForeignKey(
        "framework.Country",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    """Of a focal point."""
    action_line = models.ForeignKey(
        "framework.ActionLine",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    """Of a facilitator."""

    class Meta:
        abstract = True


class Role(RoleScope):
    """What a person may do, in one edition or in all of them."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    granted_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"

    def called(self) -> str:
        """Return its name as it is said of the person who holds it."""
        return role_name(self.kind, self.person.form_of_address)


class Invitation(RoleScope):
    """An offer of a role to somebody who has no account yet."""

    email = models.EmailField()
    language = models.CharField(max_length=5, default="ar")
    key_digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the key in the link; the key itself is only in the message."""
    invited_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.email} {self.kind}"


class Forum(models.Model):
    """What `montada setup` was told about this forum. One row."""

    name = LocalizedTextField(blank=True)
    languages = models.JSONField(default=list)
    """BCP 47 tags of the languages it is offered in, the first its own."""
    setup_key_digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the key that opens the first-start page; empty once it was used."""
    set_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(pk=1), name="forum_is_one_row"),
        )

    def __str__(self) -> str:
        return str(self.name)


class SignInLink(models.Model):
    """A one-time link that signs a person in; for demonstrations and first starts."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link of {self.person_id}"


class ApiToken(models.Model):
    """A key with which a program acts for a person, within its scopes."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    """What it is for, in the person's words."""
    key_digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the key, which is shown once and kept nowhere."""
    scopes = models.JSONField(default=list)
    """Values of `TokenScope`."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    """To the hour: not every request writes."""
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"token of {self.person_id}"


class Message(models.Model):
    """A message that waits to be mailed: nothing is mailed inside a request."""

    to_email = models.EmailField()
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(max_length=5)
    template = models.CharField(max_length=60)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    state = models.CharField(
        max_length=10, choices=MessageState.choices, default=MessageState.WAITING
    )
    error = models.TextField(blank=True)
    """What the mail server said last."""
    n_tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    """Not before this moment; moves on with every try."""
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.to_email}: {self.subject}"

"""Forms of participation: what was written, not what is allowed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from montada.djangokit.page_language import page_language
from montada.participation import queries
from montada.participation.choices import RoleKind

if TYPE_CHECKING:
    from montada.participation.models import Person


class MeForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    form_of_address = forms.ChoiceField(
        label=_("How we address you"),
        help_text=_("Before your name, in messages and in lists; leave it out freely."),
        choices=queries.forms_of_address,
        required=False,
    )
    language = forms.ChoiceField(
        label=_("Language in which you are written to"), choices=settings.LANGUAGES
    )
    timezone = forms.ChoiceField(label=_("Time zone"), required=False)
    organisation = forms.CharField(
        label=_("Organisation"),
        help_text=_(
            "As the register names it; leave it empty if you act for yourself."
        ),
        max_length=300,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = queries.timezones(page_language())
        chosen: Any = self.fields["timezone"]
        chosen.choices = [("", _("That of the edition")), *zones]

    def clean_organisation(self) -> Any:
        name = self.cleaned_data["organisation"].strip()
        if not name:
            return None
        found = queries.organisation_by_name(name=name, country_id=None)
        if found is None:
            raise forms.ValidationError(
                _(
                    "The register has no organisation of this name. Write to the "
                    "secretariat if it should."
                )
            )
        return found


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)


class RoleForm(forms.Form):
    """A role to grant; the editions offered are those the grantor decides about."""

    kind = forms.ChoiceField(label=_("Role"), choices=[("", "–"), *RoleKind.choices])
    edition = forms.ChoiceField(label=_("Edition"), required=False)
    country = forms.ChoiceField(
        label=_("Country"), help_text=_("Of a national focal point."), required=False
    )
    action_line = forms.ChoiceField(
        label=_("Action line"), help_text=_("Of a facilitator."), required=False
    )

    def __init__(self, *args: Any, grantor: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = page_language()
        self.places = queries.role_places(reader)
        is_administrator = grantor.has_perm("participation.administer")
        everywhere = [("", _("All editions"))] if is_administrator else []
        theirs = [
            (slug, edition.name.shown_to(reader).text)
            for slug, edition in self.places.editions.items()
            if grantor.has_perm("participation.change_role", edition)
        ]
        self._offer("edition", [*everywhere, *theirs])
        self.fields["edition"].required = not is_administrator
        none: list[tuple[str, Any]] = [("", "–")]
        self._offer("country", none + _named(self.places.countries, reader))
        lines = [
            (code, f"{_code(line, reader)} – {line.title.shown_to(reader).text}")
            for code, line in self.places.action_lines.items()
        ]
        self._offer("action_line", none + lines)

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean_edition(self) -> Any:
        return self.places.editions.get(self.cleaned_data["edition"])

    def clean_country(self) -> Any:
        return self.places.countries.get(self.cleaned_data["country"])

    def clean_action_line(self) -> Any:
        return self.places.action_lines.get(self.cleaned_data["action_line"])


class InvitationForm(RoleForm):
    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput({"autocomplete": "off", "dir": "ltr"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the message"), choices=settings.LANGUAGES
    )
    field_order = ("email", "kind", "edition", "country", "action_line", "language")


class EraseForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)
    is_sure = forms.BooleanField(
        label=_("Yes, erase everything personal; it cannot be brought back.")
    )


class TestMessageForm(forms.Form):
    email = forms.EmailField(
        label=_("Send a test message to"),
        widget=forms.EmailInput({"autocomplete": "email", "dir": "ltr"}),
    )


class NoFields(forms.Form):
    """A form that is only a button."""


def _named(rows: Any, reader: str) -> list[tuple[str, Any]]:
    pairs: Iterable[tuple[str, Any]] = rows.items()
    return [(key, row.name.shown_to(reader).text) for key, row in pairs]


def _code(line: Any, reader: str) -> str:
    return str(line.code_ar if reader == "ar" else line.latin_code)

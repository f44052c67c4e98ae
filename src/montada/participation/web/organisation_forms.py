"""Forms about organisations: what was written, not what is allowed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from montada.framework import queries as framework
from montada.language.engine.text import UNDETERMINED
from montada.language.fields import LocalizedTextFormField
from montada.participation import queries
from montada.participation.queries.organisations import LONGEST_NAME

if TYPE_CHECKING:
    from montada.participation.models import Organisation

    Choices = list[tuple[str, Any]]


class OrganisationField(forms.CharField):
    """Reads an organisation from its address or one of its names."""

    default_error_messages = {
        "nobody": _("The register knows nobody under “%(words)s”."),
        "several": _("Several go by this name. Give the address of one: %(slugs)s."),
    }

    def to_python(self, value: Any) -> Any:
        words = str(super().to_python(value) or "")
        if words in self.empty_values:
            return None
        found = queries.organisations_called(words)
        if len(found) == 1:
            return found[0]
        slugs = ", ".join(row.slug for row in found)
        code = "several" if found else "nobody"
        raise forms.ValidationError(
            self.error_messages[code],
            code=code,
            params={"words": words, "slugs": slugs},
        )

    # A row has no length: only the words had.
    def run_validators(self, value: Any) -> None:
        return None


class DescribeForm(forms.Form):
    name = LocalizedTextFormField(label=_("Name"))
    acronym = forms.CharField(label=_("Acronym"), max_length=40, required=False)
    stakeholder_group_id = forms.ChoiceField(
        label=_("Stakeholder group"), required=False
    )
    country_id = forms.ChoiceField(label=_("Country of seat"), required=False)
    regions = forms.MultipleChoiceField(
        label=_("Regions of work"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, organisation: Organisation, reader: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        # The field compares the words with these and keeps what nobody changed.
        self.fields["name"].initial = organisation.name
        if organisation.name.written_in == UNDETERMINED:
            self.fields["name"].help_text = _(
                "Known as “%(name)s”; nobody has said in which language that is."
            ) % {"name": organisation.name}
        unknown: Choices = [("", _("unknown"))]
        groups = framework.stakeholder_groups()
        countries = queries.countries_by_name(reader)
        self._offer(
            "stakeholder_group_id",
            unknown + _named(groups, "code", reader),
        )
        self._offer("country_id", unknown + _named(countries, "iso3", reader))
        self._offer("regions", _named(framework.country_groups(), "code", reader))

    def _offer(self, name: str, choices: Choices) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean_stakeholder_group_id(self) -> str | None:
        return self.cleaned_data["stakeholder_group_id"] or None

    def clean_country_id(self) -> str | None:
        return self.cleaned_data["country_id"] or None


class ParentForm(forms.Form):
    parent = OrganisationField(
        label=_("Part of"),
        help_text=_("Address or name in the register; empty: a part of none."),
        required=False,
    )


class AliasForm(forms.Form):
    alias = forms.CharField(
        label=_("Another name"),
        help_text=_("A spelling, a former name, a name in another language."),
        max_length=LONGEST_NAME,
    )


class MergeForm(forms.Form):
    kept = OrganisationField(
        label=_("The record that stays"),
        help_text=_("Its address or name in the register."),
    )
    is_sure = forms.BooleanField(
        label=_("Yes, these two are one organisation; this cannot be taken back.")
    )


def _named(rows: Iterable[Any], key: str, reader: str) -> Choices:
    return [(getattr(row, key), row.name.shown_to(reader).text) for row in rows]

"""What people fill in about a project; what is allowed is asked of the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from montada.djangokit.page_language import listed
from montada.language.engine.text import (
    LANGUAGES,
    OWN_NAMES,
    LocalizedText,
    TextState,
    Wording,
)
from montada.stocktaking import queries
from montada.stocktaking.choices import (
    Beneficiary,
    Coverage,
    EntryType,
    ProjectStatus,
)
from montada.stocktaking.engine.record import (
    TEXTS,
    Money,
    ProjectRecord,
    Replication,
)
from montada.stocktaking.engine.values import LabelOf
from montada.stocktaking.web.record_fields import (
    MOST_ROWS,
    NAMES,
    NOTHING,
    NumberField,
    country_field,
    day_field,
    line_field,
    text_field,
)


class RecordForm(forms.Form):
    """
    All that one person writes of a project, in one language.

    Broken rules are no errors of the form: a draft may break them. They are shown
    beside the fields by the page.
    """

    language = forms.ChoiceField(
        label=_("Language in which you write"),
        choices=[(tag, OWN_NAMES[tag]) for tag in LANGUAGES],
    )
    title = line_field(NAMES["title"], most=400)
    summary = text_field(
        "summary", _("What it is, for whom, with which technology, to what effect."), 6
    )
    organisation_name = line_field(NAMES["organisation"])
    stakeholder_group_id = forms.ChoiceField(
        label=NAMES["stakeholder_group"], required=False
    )
    country_id = country_field()
    entry_type = forms.ChoiceField(
        label=NAMES["entry_type"],
        choices=[*NOTHING, *EntryType.choices],
        required=False,
    )
    action_lines = forms.MultipleChoiceField(
        label=NAMES["action_lines"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    goals = forms.MultipleChoiceField(
        label=NAMES["goals"], required=False, widget=forms.CheckboxSelectMultiple
    )
    targets = line_field(
        NAMES["targets"], _("Codes with commas between them: 4.4, 9.c")
    )
    objectives = forms.MultipleChoiceField(
        label=NAMES["objectives"], required=False, widget=forms.CheckboxSelectMultiple
    )
    aims = text_field("aims", "", 4)
    activities = text_field("activities", "", 4)
    results = text_field("results", _("Economic, social, environmental, cultural."), 4)
    challenges = text_field("challenges", "", 3)
    future = text_field("future", "", 3)
    status = forms.ChoiceField(
        label=NAMES["status"],
        choices=[*NOTHING, *ProjectStatus.choices],
        required=False,
    )
    coverage = forms.ChoiceField(
        label=NAMES["coverage"], choices=[*NOTHING, *Coverage.choices], required=False
    )
    beneficiaries = forms.MultipleChoiceField(
        label=NAMES["beneficiaries"],
        choices=Beneficiary.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = day_field(NAMES["starts_on"])
    ends_on = day_field(NAMES["ends_on"])
    website = forms.CharField(
        label=NAMES["website"],
        max_length=500,
        required=False,
        widget=forms.URLInput({"dir": "ltr", "autocomplete": "url"}),
    )
    budget = NumberField(NAMES["budget"])
    currency = forms.CharField(
        label=_("Currency"),
        help_text=_("Three letters: EGP, USD, EUR."),
        max_length=3,
        required=False,
        widget=forms.TextInput({"dir": "ltr", "autocapitalize": "characters"}),
    )
    funded = NumberField(NAMES["funded"])
    own_share = NumberField(_("Of this, your own share"))
    donors = forms.CharField(
        label=_("Donors"),
        help_text=_("One on each line."),
        required=False,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    connectivity = line_field(_("Connectivity it needs"))
    income = line_field(_("Level of income for which it is affordable"))
    languages = line_field(_("Languages it speaks"))
    legal_base = line_field(_("Law or policy it rests on"))
    institution = line_field(_("Institution that runs it"))
    skills = line_field(_("Skills it asks for"))

    def __init__(self, *args: Any, reader: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = queries.facet_labels(reader)
        for name, facet, first in (
            ("stakeholder_group_id", "stakeholder", NOTHING),
            ("country_id", "country", NOTHING),
            ("action_lines", "line", []),
            ("goals", "goal", []),
        ):
            field: Any = self.fields[name]
            field.choices = [*first, *((v, la.text) for v, la in labels[facet].items())]
        objectives: Any = self.fields["objectives"]
        objectives.choices = queries.objective_choices(reader)
        written = self["language"].value() or reader
        for name in (*TEXTS, "organisation_name"):
            self.fields[name].widget.attrs["lang"] = written

    def clean_targets(self) -> list[str]:
        codes = [code.strip() for code in self.cleaned_data["targets"].split(",")]
        wanted = [code.lower() for code in codes if code]
        if unknown := queries.unknown_targets(wanted):
            raise forms.ValidationError(
                _("There is no target %(codes)s."), params={"codes": listed(unknown)}
            )
        return wanted

    def clean_currency(self) -> str:
        code: str = self.cleaned_data["currency"].strip().upper()
        if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
            raise forms.ValidationError(_("A currency has three letters, as EGP."))
        return code

    def labels(self, shown: Iterable[LabelOf]) -> list[LabelOf]:
        """Return what was chosen; of a field with an error, what was `shown` in it."""
        said, fields = self.cleaned_data, queries.LABEL_PARTS
        left = [label for label in shown if fields[label.axis] not in said]
        chosen = [
            LabelOf(axis, code, "author")
            for axis, name in fields.items()
            for code in said.get(name, ())
        ]
        return left + chosen

    def record(self, before: ProjectRecord) -> ProjectRecord:
        """Return `before` with what the form says; a field with an error stays."""
        said = self.cleaned_data
        kept = {
            name: said[name]
            for name in (
                "entry_type",
                "status",
                "coverage",
                "starts_on",
                "ends_on",
                "website",
            )
            if name in said
        }
        record = replace(
            before,
            **kept,
            beneficiaries=tuple(said.get("beneficiaries", before.beneficiaries)),
            money=self._money(before.money),
            replication=Replication(
                **{name: said.get(name, "") for name in REPLICATION}
            ),
        )
        was, language = before.written_in, said.get("language") or before.written_in
        return record.with_texts(
            {
                name: _written(before.text(name), was, language, said[name])
                for name in TEXTS
                if name in said
            }
        )

    def _money(self, before: Money) -> Money:
        said = self.cleaned_data
        donors = [name.strip() for name in said.get("donors", "").splitlines()]
        return Money(
            **{
                name: said.get(name, getattr(before, name))
                for name in ("budget", "currency", "funded", "own_share")
            },
            donors=tuple(name for name in donors if name)[:MOST_ROWS],
        )


REPLICATION = (
    "connectivity",
    "income",
    "languages",
    "legal_base",
    "institution",
    "skills",
)


def _written(
    before: LocalizedText, was: str, language: str, words: str
) -> LocalizedText:
    """
    Return the author's words; translations of other words become drafts again.

    Words that were left alone stay in their own language, unless the author says that
    the record is in another one than it `was`.
    """
    words = words.replace("\r\n", "\n")
    if str(before) == words and language in (was, before.written_in):
        return before
    if not words.strip():
        return LocalizedText()
    others = {
        tag: Wording(wording.text, TextState.DRAFT)
        for tag, wording in before.wordings.items()
        if tag not in (language, before.written_in)
    }
    return LocalizedText(language, {language: Wording(words), **others})


def initial_of(version: Any, labels: dict[str, list[str]]) -> dict[str, Any]:
    """Return what the form shows of a version."""
    record: ProjectRecord = version.record
    texts: dict[str, str] = {name: str(record.text(name)) for name in TEXTS}
    return {
        **texts,
        **{name: getattr(record, name) for name in _PLAIN},
        **{name: getattr(record.money, name) for name in _AMOUNTS},
        **{name: getattr(record.replication, name) for name in REPLICATION},
        **labels,
        "targets": ", ".join(labels["targets"]),
        "language": record.written_in,
        "donors": "\n".join(record.money.donors),
        "organisation_name": version.organisation_name,
        "country_id": version.project.country_id or "",
        "stakeholder_group_id": version.project.stakeholder_group_id or "",
    }


def labels_shown(sent: Mapping[str, str], version: Any) -> Sequence[LabelOf]:
    """
    Return the labels that a form showed its writer, or sent, the last time it was read.

    Those of the version where it does not say.
    """
    if (told := sent.get("labels_shown")) is None:
        labels: Sequence[LabelOf] = version.labels
        return labels
    pairs = (word.partition("/") for word in told.split())
    return [
        LabelOf(axis, code)
        for name, _slash, code in pairs
        for axis in queries.LABEL_PARTS
        if axis == name
    ]


_PLAIN = (
    "entry_type",
    "status",
    "coverage",
    "beneficiaries",
    "starts_on",
    "ends_on",
    "website",
)
_AMOUNTS = ("budget", "currency", "funded", "own_share")

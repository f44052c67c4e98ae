"""Fields of forms that Django has no fast or plain one for."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Of moments: any zone's clock can show what lies between, and calendars keep it."""


class CountedField(forms.CharField):
    """A text whose words are counted as one types."""

    is_counted = True


class NoteField(forms.CharField):
    """Some lines of at most so many characters; an end of a line counts as one."""

    def to_python(self, value: Any) -> Any:
        # Browsers count one where they type, and send two.
        return super().to_python(
            value.replace("\r\n", "\n") if isinstance(value, str) else value
        )


class BoundedFileField(forms.FileField):
    """A file of at most so many bytes; its reader says whether an empty one will do."""

    def __init__(self, *, most_bytes: int, **more: Any) -> None:
        super().__init__(allow_empty_file=True, **more)
        self.most_bytes = most_bytes

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file and file.size > self.most_bytes:
            raise forms.ValidationError(
                gettext("The file is larger than %(most)s MB. Split it.")
                % {"most": self.most_bytes // 1_000_000}
            )
        return file


class LongSelect(forms.Select):
    """One of some hundred options, without a template for each of them."""

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            "<option{}>{}</option>",
            (
                (flatatt({"value": key, "selected": str(key) == chosen}), label)
                for key, label in self.choices
            ),
        )
        return format_html(
            "<select{}>{}</select>", flatatt({**(attrs or {}), "name": name}), options
        )


class MomentField(forms.DateTimeField):
    """A moment within reason, by the clock of a place: set `zone` before."""

    zone = ZoneInfo("UTC")

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(
            {"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        )
        super().__init__(widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(self.zone).replace(tzinfo=None)
        return value

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(self.zone):
            moment = super().to_python(value)
        if moment is not None and not is_in_reason(moment):
            raise forms.ValidationError(
                gettext("Choose a moment in the years from %(first)s to %(last)s.")
                % {"first": FIRST_YEAR, "last": LAST_YEAR}
            )
        return moment


def is_in_reason(moment: datetime) -> bool:
    """Return whether a moment is one that every clock can show."""
    return FIRST_YEAR <= moment.year <= LAST_YEAR


class FormInZone(forms.Form):
    """A form whose moments are those of one place's clock."""

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, MomentField):
                field.zone = zone

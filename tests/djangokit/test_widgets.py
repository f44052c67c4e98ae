"""Fields that several forms share."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from montada.djangokit.widgets import BoundedFileField, FormInZone, MomentField


class When(FormInZone):
    at = MomentField()


@pytest.mark.parametrize(
    ("written", "is_taken"),
    [
        ("1970-01-01T00:00", True),
        ("2199-12-31T23:59", True),
        ("0001-01-01T00:00", False),
        ("1969-12-31T23:59", False),
        ("2200-01-01T00:00", False),
        ("9999-12-31T23:59", False),
    ],
)
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_moments_that_some_clock_cannot_show_are_refused_in_words(
    written: str, is_taken: bool, zone: str
) -> None:
    form = When({"at": written}, zone=ZoneInfo(zone))

    said = "Choose a moment in the years from 1970 to 2199."
    assert form.errors == ({} if is_taken else {"at": [said]})


class Upload(forms.Form):
    file = BoundedFileField(most_bytes=1_000_000)


@pytest.mark.parametrize(
    ("n_bytes", "errors"),
    [
        (0, {}),
        (1_000_000, {}),
        (1_000_001, {"file": ["The file is larger than 1 MB. Split it."]}),
    ],
)
def test_a_file_that_is_too_large_is_refused_in_words_and_an_empty_one_passed_on(
    n_bytes: int, errors: dict[str, list[str]]
) -> None:
    file = SimpleUploadedFile("rows.csv", b"a" * n_bytes)
    assert Upload({}, MultiValueDict({"file": [file]})).errors == errors

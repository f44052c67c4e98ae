"""Fields that several forms share."""

from __future__ import annotations

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from montada.djangokit.widgets import BoundedFileField


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

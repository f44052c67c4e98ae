"""The language of a title is told by its script, or not at all."""

from __future__ import annotations

import pytest

from montada.stocktaking.engine.titles import language_of_title


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("برنامج سفير", "ar"),
        ("منصة Balady الرقمية للبلديات", "ar"),
        ("Электронное правительство", "ru"),
        ("智慧城市", "zh"),
        ("Joven Club Móvil Ecológico", "und"),
        ("National Data Bank", "und"),
        ("National Data Bank (بنك البيانات الوطني)", "und"),
        ("کتابخانه دیجیتال", "und"),
        ("Цифрова країна", "und"),
        ("デジタル日本", "und"),
        ("2030", "und"),
        ("", "und"),
    ],
)
def test_language_of_title(title: str, language: str) -> None:
    assert language_of_title(title) == language

"""Fields that say something only in pairs: from when and until when."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms


def refuse_halves(
    form: forms.Form, pairs: Iterable[tuple[str, str]], words: str
) -> None:
    """Put `words` to the empty field of each pair of which one alone is filled in."""
    said = form.cleaned_data
    for first, last in pairs:
        if first in form.errors or last in form.errors:
            continue
        empty = [name for name in (first, last) if said.get(name) in (None, "")]
        if len(empty) == 1:
            form.add_error(empty[0], words)

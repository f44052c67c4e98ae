"""Words whose language no source states are shown as they are, without a mark."""

from __future__ import annotations

from montada.language.engine.text import UNDETERMINED, LocalizedText, direction_of
from montada.language.templatetags.text import localized


def test_undetermined_words_find_their_own_direction_and_bear_no_mark() -> None:
    text = LocalizedText.of(UNDETERMINED, "Joven Club <Móvil>")

    assert direction_of(UNDETERMINED) == "auto"
    assert localized(text) == (
        '<bdi lang="und" dir="auto">Joven Club &lt;Móvil&gt;</bdi>'
    )

"""Setting what an edition calls something."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.edition.choices import TermKey
from montada.edition.models import Term
from montada.edition.operations.editions import locked
from montada.edition.queries import term
from montada.language.engine.harmless import harmless_text
from montada.language.engine.text import LocalizedText


class TermUnknown(Refusal):
    code = "edition.term_unknown"
    message = _("Editions have no word of their own for “%(key)s”.")


@transaction.atomic
def set_term(
    *,
    edition_id: int,
    key: str,
    label: LocalizedText,
    set_by: AbstractBaseUser | None,
    at: datetime,
) -> None:
    """
    Say by what word an edition calls something; an empty one restores the usual word.

    Raises
    ------
    EditionUnknown, TermUnknown
    """
    edition = locked(edition_id)
    if key not in TermKey.values:
        raise TermUnknown(key=key)
    before, label = term(edition, key), harmless_text(label)
    if before == label:
        return
    if label:
        Term.objects.update_or_create(
            edition=edition, key=key, defaults={"label": label}
        )
    else:
        Term.objects.filter(edition=edition, key=key).delete()
    audit.record(
        action="edition.term_set" if label else "edition.term_removed",
        actor=set_by,
        subject=edition,
        at=at,
        details={"key": key, "before": before.as_json(), "after": label.as_json()},
    )

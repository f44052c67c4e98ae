"""Who reports, who pays, who takes part."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.etree import _Element as Element

from montada.stocktaking.engine.iati.codes import FUNDING, ROLES, STAKEHOLDERS
from montada.stocktaking.engine.iati.elements import Parts, attribute
from montada.stocktaking.engine.iati.texts import Texts
from montada.stocktaking.engine.iati.values import (
    NAMESPACE,
    Finding,
    Organisation,
    Remarks,
)
from montada.stocktaking.engine.record import Partner

ROLE = f"{{{NAMESPACE}}}role"
"""Our own files keep a partner's role for which IATI has no code."""


def read_organisation(activity: Parts, texts: Texts, remarks: Remarks) -> Organisation:
    """Return the reporting organisation; nameless ones are known by their reference."""
    elements = activity.get("reporting-org", ())
    if not elements:
        remarks.add(Finding.NO_ORGANISATION)
        return Organisation()
    kind, ref = attribute(elements[0], "type"), attribute(elements[0], "ref")
    if not ref:
        remarks.add(Finding.NO_ORGANISATION_REF)
    if kind not in STAKEHOLDERS:
        remarks.add(Finding.UNKNOWN_ORGANISATION_TYPE, kind)
    return Organisation(texts.line(elements), ref, kind, STAKEHOLDERS.get(kind, ""))


def is_secondary(activity: Parts) -> bool:
    """Whether who reports only reproduces what another organisation answers for."""
    return any(
        attribute(element, "secondary-reporter").lower() in {"1", "true"}
        for element in activity.get("reporting-org", ())
    )


def read_participants(
    elements: Sequence[Element], owner: Organisation, texts: Texts, remarks: Remarks
) -> tuple[tuple[str, ...], tuple[Partner, ...]]:
    """
    Return donors and partners, each once; `owner` may pay, but is no partner of itself.

    A partner's role is "accountable", "extending", "implementing" or "", unless one of
    our own files says more.
    """
    donors: list[str] = []
    partners: list[Partner] = []
    for element in elements:
        stated = attribute(element, "role")
        role = ROLES.get(stated, stated.lower())
        if role not in ROLES.values():
            remarks.add(Finding.UNKNOWN_ROLE, stated)
            role = ""
        role = texts.on_one_line(element.get(ROLE, role))
        ref = attribute(element, "ref")
        name = texts.name(element) or ref
        if role == FUNDING and name:
            donors.append(name)
        elif name and not _is_owner(name, ref, owner):
            partners.append(Partner(name, role))
    return tuple(dict.fromkeys(donors)), tuple(dict.fromkeys(partners))


def _is_owner(name: str, ref: str, owner: Organisation) -> bool:
    names = owner.name.by_language.values()
    return (bool(ref) and ref == owner.ref) or name in names

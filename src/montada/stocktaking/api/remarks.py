"""What focal points and the secretariat say of an entry, through their own systems."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from ninja.responses import Status

from montada.stocktaking import operations, queries
from montada.stocktaking.api.router import TO_WRITE, Slug, router
from montada.stocktaking.api.schemas import RemarkOut
from montada.stocktaking.api.written import RemarkIn
from montada.stocktaking.choices import RemarkKind, VersionState
from montada.stocktaking.permissions import sees_inside


@router.post("/{slug}/remarks", response={201: RemarkOut}, **TO_WRITE)
def make_remark(
    request: HttpRequest, slug: Slug, remark: RemarkIn
) -> Status[RemarkOut]:
    """
    Endorse an entry, ask its author for a change, or comment on it.

    Of the version that is being checked; where none is, of the published one.
    """
    me: Any = request.user
    version = _version_spoken_of(slug, me)
    how: dict[str, Any] = {"version": version, "at": timezone.now()}
    if remark.kind == RemarkKind.ENDORSEMENT:
        made = operations.endorse(**how, endorsed_by=me)
    elif remark.kind == RemarkKind.CHANGE_REQUEST:
        made = operations.ask_for_change(**how, text=remark.text, asked_by=me)
    else:
        made = operations.comment(**how, text=remark.text, made_by=me)
    told = RemarkOut(
        kind=made.kind,
        text=made.text,
        country=made.country_id,
        version=version.number,
        made_at=made.made_at,
    )
    return Status(201, told)


def _version_spoken_of(slug: str, person: Any) -> Any:
    project = queries.any_project(slug)
    if project is not None:
        under_way = queries.open_version(project)
        is_sent = under_way is not None and under_way.state != VersionState.DRAFT
        if is_sent and sees_inside(person, project):
            return under_way
        published = queries.published_version(project)
        if published and project.is_public:
            return published
    raise Http404(gettext("The register holds no project at this address."))

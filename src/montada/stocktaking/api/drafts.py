"""Writing for programs: the same steps as on the pages, for the person of the token."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Query
from ninja.responses import Status

from montada.djangokit import problems
from montada.djangokit.reads import Paging, paged
from montada.stocktaking import operations, queries
from montada.stocktaking.api import answers
from montada.stocktaking.api.checks import check_draft, check_labels
from montada.stocktaking.api.router import TO_WRITE, Id, Slug, router
from montada.stocktaking.api.schemas import DraftOut, FoundDrafts
from montada.stocktaking.api.written import (
    DraftIn,
    LabelsIn,
    SavedDraftIn,
)


@router.get("/drafts", response=FoundDrafts, **TO_WRITE)
def my_drafts(
    request: HttpRequest, response: HttpResponse, paging: Query[Paging]
) -> FoundDrafts:
    """Versions of my projects that are not published yet, wherever they stand."""
    versions = queries.my_open_versions(_me(request))
    shown = paged(versions, paging, request, response)
    rows = [answers.draft_listed(version) for version in shown]
    return FoundDrafts(count=len(versions), results=rows)


@router.post("", response={201: DraftOut}, **TO_WRITE)
def begin_project(
    request: HttpRequest, response: HttpResponse, draft: DraftIn
) -> Status[DraftOut]:
    """Begin a project as a draft, which nobody else sees; you own it."""
    check_draft(draft)
    version = operations.begin_project(
        record=queries.record_written(draft.record.model_dump(mode="json")),
        **_beside(draft),
        begun_by=_me(request),
        at=timezone.now(),
    )
    return _begun(version.pk, response)


@router.post("/{slug}/versions", response={201: DraftOut}, **TO_WRITE)
def begin_version(
    request: HttpRequest, response: HttpResponse, slug: Slug
) -> Status[DraftOut]:
    """Begin a version of a published project of mine, from what readers see."""
    project = queries.any_project(slug)
    me = _me(request)
    if project is None or not (project.is_public or queries.may_edit(me, project)):
        raise Http404(gettext("The register holds no project at this address."))
    version = operations.begin_version(project=project, begun_by=me, at=timezone.now())
    return _begun(version.pk, response)


@router.get("/drafts/{id}", response=DraftOut, **TO_WRITE)
def draft(request: HttpRequest, id: Id) -> DraftOut:  # noqa: A002 - as in the address
    """A version of mine with what is still wrong or missing in it."""
    return answers.draft(_mine(request, id), timezone.now())


@router.put("/drafts/{id}", response=DraftOut, **TO_WRITE)
def save_draft(
    request: HttpRequest,
    id: Id,  # noqa: A002 - as in the address
    draft: SavedDraftIn,
) -> DraftOut:
    """
    Save a draft whole, as `revision` of it was read.

    Broken rules do not keep it from being saved: `problems` tells them.
    """
    version = _mine(request, id)
    check_draft(draft, [file.pk for file in version.project.files.all()])
    saved = operations.save_draft(
        version=version,
        record=queries.record_written(
            draft.record.model_dump(mode="json"), version.record
        ),
        revision=draft.revision,
        **_beside(draft),
        saved_by=_me(request),
        at=timezone.now(),
    )
    return answers.draft(saved, timezone.now())


@router.put("/drafts/{id}/labels", response=DraftOut, **TO_WRITE)
def set_labels(
    request: HttpRequest,
    id: Id,  # noqa: A002 - as in the address
    labels: LabelsIn,
) -> DraftOut:
    """
    File a draft under these lines, goals, targets and objectives, no others.

    Readers see them once the version is published.
    """
    version = _mine(request, id)
    check_labels(labels.labels)
    saved = operations.set_labels(
        version=version,
        labels=queries.labels_written((one.axis, one.code) for one in labels.labels),
        set_by=_me(request),
    )
    return answers.draft(saved, timezone.now())


@router.post("/drafts/{id}/submit", response=DraftOut, **TO_WRITE)
def submit_draft(request: HttpRequest, id: Id) -> Any:  # noqa: A002 - as in the address
    """Send a version; the answer has its receipt. 409 tells what is still missing."""
    try:
        version = operations.submit_version(
            version=_mine(request, id), submitted_by=_me(request), at=timezone.now()
        )
    except operations.NotReady as refusal:
        errors = answers.errors_of(refusal.problems)
        return problems.refused(refusal, errors=errors)
    return answers.draft(version, timezone.now())


@router.api_operation(["DELETE"], "/drafts/{id}", response={204: None}, **TO_WRITE)
def discard_draft(request: HttpRequest, id: Id) -> Status[None]:  # noqa: A002 - as in the address
    """Throw a draft away; a project that had no other version goes with it."""
    operations.discard_draft(
        version=_mine(request, id), discarded_by=_me(request), at=timezone.now()
    )
    return Status(204, None)


def _me(request: HttpRequest) -> Any:
    return request.user


def _mine(request: HttpRequest, number: int) -> Any:
    """Return a version of the person's own; another's is not told to exist."""
    version = queries.version(number)
    if version is None or not queries.may_edit(request.user, version.project):
        raise Http404(gettext("You have no draft under this number."))
    return version


def _beside(draft: DraftIn) -> dict[str, Any]:
    return {
        "organisation_name": draft.organisation,
        "country_id": draft.country,
        "stakeholder_group_id": draft.stakeholder_group,
    }


def _begun(pk: int, response: HttpResponse) -> Status[DraftOut]:
    version: Any = queries.version(pk)
    told = answers.draft(version, timezone.now())
    response.headers["Location"] = told.url
    return Status(201, told)

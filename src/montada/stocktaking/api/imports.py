"""Files with many projects, sent by a program: kept, matched, tried, taken in."""

from __future__ import annotations

from typing import Annotated, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from ninja import File, Query
from ninja.files import UploadedFile
from ninja.responses import Status
from pydantic import Field

from montada.djangokit import problems
from montada.djangokit.reads import Paging, paged
from montada.stocktaking import operations, queries
from montada.stocktaking.api import answers
from montada.stocktaking.api.router import HERE, TO_IMPORT, Id, router
from montada.stocktaking.api.schemas import ImportOut, ImportRows
from montada.stocktaking.api.written import ColumnsIn, StartIn

MOST_BYTES = 200_000_000
RowStatus = Annotated[str, Field(max_length=10)]


@router.post("/imports", response={201: ImportOut}, **TO_IMPORT)
def send_file(
    request: HttpRequest, response: HttpResponse, file: File[UploadedFile]
) -> Any:
    """
    Send CSV, XLSX, JSON or IATI; columns are recognised, nothing goes in yet.

    The same file again changes nothing when it is taken in.
    """
    me = _may_import(request)
    if (file.size or 0) > MOST_BYTES:
        return problems.too_large()
    run = operations.begin_import(
        file=file, name=file.name or "", begun_by=me, at=timezone.now()
    )
    response.headers["Location"] = f"{HERE}/imports/{run.pk}"
    return Status(201, answers.import_run(run))


@router.get("/imports/{id}", response=ImportOut, **TO_IMPORT)
def import_run(request: HttpRequest, id: Id) -> ImportOut:  # noqa: A002 - as in the address
    """How far an import is; ask again while it is `waiting` or `running`."""
    return answers.import_run(_run(request, id))


@router.get("/imports/{id}/rows", response=ImportRows, **TO_IMPORT)
def import_rows(
    request: HttpRequest,
    response: HttpResponse,
    id: Id,  # noqa: A002 - as in the address
    paging: Query[Paging],
    status: RowStatus = "",
) -> ImportRows:
    """What is said of rows, such as why one was refused; the others only count."""
    rows = queries.import_rows(_run(request, id), status.replace("\x00", ""))
    shown = paged(rows, paging, request, response)
    results = [answers.import_row(one) for one in queries.said_of(shown)]
    return ImportRows(count=rows.count(), results=results)


@router.put("/imports/{id}/columns", response=ImportOut, **TO_IMPORT)
def match_columns(
    request: HttpRequest,
    id: Id,  # noqa: A002 - as in the address
    columns: ColumnsIn,
) -> ImportOut:
    """Say which column is which field; a column that is not named is left out."""
    run = operations.match_columns(
        run=_run(request, id),
        mapping=columns.mapping,
        system=columns.system,
        matched_by=_may_import(request),
        at=timezone.now(),
    )
    return answers.import_run(run)


@router.post("/imports/{id}/start", response={202: ImportOut}, **TO_IMPORT)
def start_import(
    request: HttpRequest,
    id: Id,  # noqa: A002 - as in the address
    start: StartIn,
) -> Status[ImportOut]:
    """Take the file in, or only try it; one that stopped goes on where it was."""
    run = operations.start_import(
        run=_run(request, id),
        is_trial=start.is_trial,
        started_by=_may_import(request),
        at=timezone.now(),
    )
    return Status(202, answers.import_run(run))


@router.post("/imports/{id}/stop", response=ImportOut, **TO_IMPORT)
def stop_import(request: HttpRequest, id: Id) -> ImportOut:  # noqa: A002 - as in the address
    """Stop after the rows that are being written; what is in stays in."""
    run = operations.stop_import(
        run=_run(request, id), stopped_by=_may_import(request), at=timezone.now()
    )
    return answers.import_run(run)


def _may_import(request: HttpRequest) -> Any:
    """Return who imports; the permission is that of the page."""
    if not request.user.has_perm("stocktaking.import_projects"):
        raise PermissionDenied
    return request.user


def _run(request: HttpRequest, number: int) -> Any:
    _may_import(request)
    run = queries.import_run(number)
    if run is None:
        raise Http404(gettext("There is no such import."))
    return run

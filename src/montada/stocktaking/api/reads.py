"""Reading the register: lists, records, versions. Nothing private is ever in it."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Query
from ninja.decorators import decorate_view
from ninja.errors import ValidationError
from pydantic import Field

from montada.audit import queries as audit
from montada.djangokit.page_language import page_language
from montada.djangokit.reads import Described, Paging, paged, unless_unchanged
from montada.stocktaking import queries
from montada.stocktaking.api import answers
from montada.stocktaking.api.router import Number, Slug, router
from montada.stocktaking.api.schemas import FoundProjects, ProjectOut, VersionListed

kept = decorate_view(unless_unchanged(audit.moment))
Values = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=50)]


class Filters(Described):
    """
    As in the address of the list for people: a project has one value of each filter.

    `none` asks for projects in which nothing is stated.
    """

    q: Annotated[str, Field(max_length=100)] = ""
    """Words of title, organisation or summary, in any language."""
    group: Values = []
    """Groups of countries (of the seat): `las`, `au`, …"""
    country: Values = []
    """Of the seat, ISO 3166-1 alpha-3."""
    line: Values = []
    goal: Values = []
    year: Values = []
    stakeholder: Values = []
    distinction: Values = []
    type: Values = []
    status: Values = []
    region: Values = []
    """Groups of countries of work."""
    work: Values = []
    """Countries of work."""
    language: Values = []
    freshness: Values = []
    evidence: Values = []
    """`1`: results that were measured."""
    gap: Values = []
    """`1`: money is missing."""
    suggested: Values = []
    """`1`: lines and goals that only a machine suggests count, too."""
    title: Values = []
    organisation: Values = []


@router.get("", response=FoundProjects)
@kept
def projects(
    request: HttpRequest,
    response: HttpResponse,
    filters: Query[Filters],
    paging: Query[Paging],
) -> FoundProjects:
    """Find projects; filters narrow each other, values of one filter widen it."""
    choice = filters.dict()
    words = choice.pop("q").replace("\x00", "").strip()
    try:
        found = queries.project_listing(
            choice=choice,
            query=words,
            language=page_language(),
            bounds=queries.register_at(timezone.now()).freshness,
        )
    except queries.NoSuchFilterValue as missing:
        raise _no_such_value(*missing.args) from None
    shown = paged(found.ids, paging, request, response)
    rows = queries.projects_listed(shown)
    return FoundProjects(count=len(found.ids), results=list(map(answers.listed, rows)))


@router.get("/{slug}", response=ProjectOut)
@kept
def project(request: HttpRequest, slug: Slug) -> ProjectOut:
    """One project as its newest published version says it, with who says what."""
    return answers.project(_page(slug))


@router.get("/{slug}/versions", response=list[VersionListed])
@kept
def project_versions(request: HttpRequest, slug: Slug) -> list[VersionListed]:
    """The versions that were published, the newest first; each stays as it is."""
    found = queries.project(slug)
    if found is None:
        raise _no_such_project()
    versions = queries.published_versions(found)
    return [answers.version_listed(slug, version) for version in versions]


@router.get("/{slug}/versions/{number}", response=ProjectOut)
@kept
def project_version(request: HttpRequest, slug: Slug, number: Number) -> ProjectOut:
    """A project as one published version says it: what prizes and showcases cite."""
    return answers.project(_page(slug, number))


def _page(slug: str, number: int | None = None) -> Any:
    page = queries.project_page(slug, page_language(), number=number)
    if page is None:
        raise _no_such_project()
    return page


def _no_such_project() -> Http404:
    return Http404(gettext("The register holds no project at this address."))


def _no_such_value(facet: str, value: str) -> ValidationError:
    sentence = gettext("The filter “%(facet)s” has no value “%(value)s”.")
    told = sentence % {"facet": facet, "value": value[:60]}
    return ValidationError([{"loc": ("query", facet), "msg": told}])

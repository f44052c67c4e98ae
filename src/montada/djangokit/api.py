"""The API's base: one NinjaAPI whose every error is a problem, and is documented."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path
from ninja import NinjaAPI
from ninja.errors import ValidationError, ValidationErrorContext
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from montada.djangokit import problems
from montada.djangokit.tokens import ByToken

WRITES = {"POST", "PUT", "PATCH", "DELETE"}


def make_api(*, title: str, version: str, description: str) -> NinjaAPI:
    """Return an API that answers errors as problems; a refusal is one with its code."""
    api = Api(
        title=title,
        version=version,
        description=description,
        docs_url=None,
        renderer=Legible(),
    )
    problems.answer_problems(api)
    return api


class Legible(JSONRenderer):
    """Leaves letters as they are: Arabic takes a third of the room."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        told = json.dumps(data, cls=self.encoder_class, ensure_ascii=False)
        return told.encode("utf-8", "replace")


class Api(NinjaAPI):
    """Answers problems at every address below its own, and says so in its schema."""

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        patterns = super()._get_urls()
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = problems.answering_problems(pattern.callback)
        return [*patterns, re_path("", _nothing_here)]

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> ValidationError:
        """Name fields as they were sent, without our own name of what holds them."""
        errors = []
        for context in error_contexts:
            ours = _names_of_holders(context.model)
            told = super().validation_error_from_error_contexts([context])
            for error in told.errors:
                source, *path = error["loc"]
                shown = path[1:] if path and path[0] in ours else path
                errors.append(error | {"loc": (source, *shown)})
        return ValidationError(errors)

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(
        self,
        *,
        path_prefix: str | None = None,
        path_params: dict[str, Any] | None = None,
    ) -> OpenAPISchema:
        prefix = path_prefix or self.get_root_path(path_params or {})
        return _Schema(self, prefix)


class _Schema(OpenAPISchema):
    """Adds to each operation the problems it may answer, and its token's scope."""

    def responses(self, operation: Operation) -> dict[int, Any]:
        self.schemas["Problem"] = problems.SCHEMA
        found = super().responses(operation)
        for status in _problems_of(operation):
            content = {"schema": {"$ref": "#/components/schemas/Problem"}}
            found[status] = {
                "description": HTTPStatus(status).phrase,
                "content": {problems.MEDIA_TYPE: content},
            }
        return found

    def operation_security(self, operation: Operation) -> list[dict[str, Any]] | None:
        found = super().operation_security(operation)
        scopes = [
            auth.scope for auth in operation.auth_callbacks if isinstance(auth, ByToken)
        ]
        return found and [{name: scopes for name in one} for one in found]


def _names_of_holders(model: Any) -> set[str]:
    paths = getattr(model, "__ninja_flatten_map__", {}).values()
    body = getattr(model, "__read_from_single_attr__", "")
    return {path[0] for path in paths if len(path) > 1} | {body}


def _problems_of(operation: Operation) -> list[int]:
    sources = {model.__ninja_param_source__ for model in operation.models}
    found = {422} if sources else set()
    if "path" in sources or "query" in sources:
        found.add(404)
    if operation.auth_callbacks:
        found |= {401, 403, 429}
    if WRITES & set(operation.methods):
        found |= {400, 409, 413}
    return sorted(found)


def _nothing_here(_request: HttpRequest) -> HttpResponse:
    return problems.not_found()

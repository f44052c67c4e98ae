"""Where the register's endpoints are gathered, and how programs are let in."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Path, Router

from montada.djangokit.tokens import ByToken, PerToken
from montada.participation import operations as participation

# One for all: an address with two methods must be registered in one place.
router = Router(tags=["projects"])

TO_WRITE: Any = {
    "auth": ByToken(participation.admit_program, "projects:write"),
    "throttle": PerToken(),
}
TO_IMPORT: Any = {
    "auth": ByToken(participation.admit_program, "projects:import"),
    "throttle": PerToken(),
}

HERE = "/api/v1/projects"
Slug = Annotated[str, Path(max_length=120, pattern=r"^[-\w]+$")]
Number = Annotated[int, Path(ge=1, le=32_000)]
Id = Annotated[int, Path(ge=1, le=2**53)]

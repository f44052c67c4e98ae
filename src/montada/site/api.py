"""The API: every feature's endpoints under one address, `/api/v1/`."""

from __future__ import annotations

from montada import __version__
from montada.djangokit.api import make_api

api = make_api(
    title="Montada",
    version=__version__,
    description="Open data of the forum. Texts name the language they were written in.",
)
# By name: a feature's endpoints are its own, and nobody else imports them.
api.add_router("/framework", "montada.framework.api.endpoints.router")
api.add_router("/projects", "montada.stocktaking.api.endpoints.router")
api.add_router("/statements", "montada.consultation.api.router")
api.add_router("/search", "montada.discovery.api.endpoints.router")

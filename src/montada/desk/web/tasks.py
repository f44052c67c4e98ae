"""My tasks: what waits for me, over all features."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest
from django.utils import timezone

from montada.desk import queries
from montada.djangokit.views import Page


class MyTasks(LoginRequiredMixin, Page):
    template_name = "desk/tasks.html"

    def read(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        me: Any = request.user
        return {"tasks": queries.tasks_of(me, at=timezone.now())}

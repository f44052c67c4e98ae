"""Pages on which somebody writes, and what they write is saved as they type."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import render
from django.urls import reverse
from django.views import View


class WritingView(LoginRequiredMixin, View):
    """
    A page about a draft; its script is `site/drafts.js`.

    Subclasses name the page that lists a writer's drafts.
    """

    back: ClassVar[str]
    """URL name of where a writer comes in again."""
    beside: ClassVar[tuple[str, ...]] = ("revision",)
    """Fields that stand beside the form: what the writer saw of what is stored."""

    @property
    def is_typing(self) -> bool:
        """Whether this is a saving as one types: what stands beside is answered."""
        return bool(self.request.headers.get("HX-Request"))

    def handle_no_permission(self) -> Any:
        """Lead to the sign-in page; beside what somebody is typing, only say so."""
        if not self.is_typing:
            return super().handle_no_permission()
        # With what its writer saw, the form can go on from there.
        sent = self.request.POST
        seen = {name: sent[name] for name in self.beside if name in sent}
        shown = {"seen": seen, "back": reverse(self.back)}
        return render(self.request, "site/_signed_out.html", shown, status=401)


def whole(number: str) -> int:
    """Return a number that a form sent; -1 for anything else."""
    return int(number) if number.isdecimal() and len(number) < 10 else -1

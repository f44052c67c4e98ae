"""
Action lines and goals as an editor writes them.

`{% line_name line %}`, `{{ line|line_code }}`, `{{ line|line_plain_name }}`,
`{{ codes|target_codes }}`, `{% goal_badge 4 %}`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from montada.djangokit.page_language import page_language
from montada.framework import queries
from montada.framework.models import ActionLine, Goal
from montada.language.queries import in_page_digits

register = template.Library()

START = "\N{LEFT-TO-RIGHT ISOLATE}"
END = "\N{POP DIRECTIONAL ISOLATE}"


@register.filter
def line_code(line: ActionLine) -> str:
    """Write «جيم7» for an Arabic reader, "C7" for others."""
    return in_page_digits(line.code_ar if page_language() == "ar" else line.latin_code)


@register.filter
def line_plain_name(line: ActionLine) -> str:
    """Write «جيم7 – الزراعة الإلكترونية» without marks, for titles and attributes."""
    return f"{line_code(line)} – {line.title.shown_to(page_language()).text}"


@register.inclusion_tag("framework/_line_name.html")
def line_name(line: ActionLine, marks: bool = True) -> dict[str, Any]:
    """Write «جيم7 – الزراعة الإلكترونية», with a mark where the title is a draft."""
    return {"line": line, "code": line_code(line), "marks": marks}


@register.filter
def target_codes(codes: str | Sequence[str]) -> str:
    """
    Write "9.1, 9.a" so that it keeps its order between Arabic words.

    Takes one code or several.
    """
    each = [codes] if isinstance(codes, str) else codes
    if page_language() != "ar":
        return ", ".join(each)
    return "، ".join(f"{START}{in_page_digits(code)}{END}" for code in each)


@register.simple_tag(takes_context=True)
def goal_badge(context: template.Context, goal: Goal | int) -> SafeString:
    """
    Draw a goal's number on its colour; its title is the accessible name.

    Given a number, the titles are read once for the whole page.
    """
    known = goal if isinstance(goal, Goal) else _goals_of_page(context).get(int(goal))
    number = known.number if known else goal
    title = known.title.shown_to(page_language()).text if known else ""
    name = gettext("Goal %(number)s: %(title)s") % {
        "number": in_page_digits(number),
        "title": title,
    }
    return format_html(
        '<span class="sdg sdg-{}" role="img" aria-label="{}" title="{}">{}</span>',
        number,
        name,
        name,
        in_page_digits(number),
    )


def _goals_of_page(context: template.Context) -> dict[int, Goal]:
    request = context.get("request")
    kept: dict[int, Goal] | None = getattr(request, "goals_by_number", None)
    if kept is None:
        kept = {goal.number: goal for goal in queries.goals()}
        if request is not None:
            request.goals_by_number = kept
    return kept

"""
The hardest records, added to a demonstration through its operations.

The longest Arabic title we could meet, no country, no organisation, four languages in
one list, text that tries to be markup.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from montada.demo.entries import MINISTRY
from montada.demo.forum import sign_in_keys
from montada.language.engine.text import LocalizedText
from montada.participation import queries as people
from montada.stocktaking import operations
from montada.stocktaking.engine.record import ProjectRecord
from montada.stocktaking.engine.values import LabelOf

LONGEST = (
    "برنامج التحديث المتكامل والربط البيني لسجلات الأحوال المدنية والهوية الرقمية "
    "الموحدة وإنتاج الإحصاءات الحيوية لخدمة المواطنين والمقيمين في المحافظات النائية "
    "والواحات والمناطق الحدودية، بما يضمن شمول الأشخاص ذوي الإعاقة وكبار السن والنساء "
    "الريفيات، واستدامة الخدمة دون اتصال دائم بالإنترنت، وقابلية التشغيل البيني مع نظم "
    "الدول المجاورة وفق المعايير الدولية المعتمدة"
)


def add() -> None:
    titles = (
        LocalizedText.of("ar", LONGEST),
        LocalizedText.of("ru", "Сопоставимыереестры" * 6),
        LocalizedText.of("zh", "面向偏远地区的数字公共服务与互联互通示范项目" * 3),
        LocalizedText.of("en", '<b>"Markup"</b> & <script>alert(1)</script>'),
    )
    for title in titles:
        operations.record_project(
            title=title,
            organisation=None,
            country_id=None,
            stakeholder_group_id=None,
            action_line_ids=[],
            goal_numbers=[],
            year=2027,
            source_url="https://example.org/" + "long-address-" * 12,
            at=timezone.now(),
        )
    for language in ("ar", "en"):
        _send_entry(f"آبار الواحات ({language})")


def more_links() -> dict[str, str]:
    """Return a second way in for each role, for who has to sign in again."""
    return {
        visitor.kind: reverse("participation:sign-in", args=[key])
        for visitor, key in sign_in_keys(at=timezone.now())
    }


def _send_entry(title: str) -> None:
    """Send an Egyptian ministry's entry: something for its focal point to endorse."""
    author, now = people.person_of_email(MINISTRY), timezone.now()
    assert author is not None
    draft = operations.begin_project(
        record=ProjectRecord(
            title=LocalizedText.of("ar", title),
            summary=LocalizedText.of("ar", f"{LONGEST} {LONGEST}"),
            entry_type="project",
        ),
        organisation_name="وزارة الموارد المائية",
        country_id="EGY",
        stakeholder_group_id="government",
        begun_by=author,
        at=now,
    )
    line = LabelOf("action_line", "C2")
    operations.set_labels(version=draft, labels=[line], set_by=author)
    operations.submit_version(version=draft, submitted_by=author, at=now)

"""Addresses of edition. The home of one edition is `site:edition`."""

from django.urls import path

from montada.edition.web import parts, steps, views

app_name = "edition"
urlpatterns = [
    path("", views.EditionList.as_view(), name="list"),
    # Two segments: `site:edition` answers to every single one.
    path("new/open/", views.OpenEdition.as_view(), name="open"),
    path("<slug:slug>/manage/", views.Desk.as_view(), name="manage"),
    path("<slug:slug>/manage/copy/", steps.CopyEdition.as_view(), name="copy"),
    path("<slug:slug>/manage/online/", steps.MoveOnline.as_view(), name="move_online"),
    path("<slug:slug>/manage/undo/<int:entry_id>/", steps.Undo.as_view(), name="undo"),
    path("<slug:slug>/manage/phases/", parts.SetPhase.as_view(), name="add_phase"),
    path(
        "<slug:slug>/manage/phases/<int:pk>/",
        parts.SetPhase.as_view(),
        name="set_phase",
    ),
    path(
        "<slug:slug>/manage/phases/<int:pk>/remove/",
        parts.RemovePhase.as_view(),
        name="remove_phase",
    ),
    path("<slug:slug>/manage/rooms/", parts.SetRoom.as_view(), name="add_room"),
    path(
        "<slug:slug>/manage/rooms/<int:pk>/", parts.SetRoom.as_view(), name="set_room"
    ),
    path(
        "<slug:slug>/manage/rooms/<int:pk>/remove/",
        parts.RemoveRoom.as_view(),
        name="remove_room",
    ),
    path("<slug:slug>/manage/terms/", parts.SetTerm.as_view(), name="set_term"),
]

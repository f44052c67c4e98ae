"""Addresses of participation."""

from django.urls import URLPattern, path

from montada.participation.web import (
    invitations,
    me,
    organisations,
    outbox,
    people,
    sign_in,
    tokens,
)

app_name = "participation"
urlpatterns: list[URLPattern] = [
    path("organisations/", organisations.Organisations.as_view(), name="organisations"),
    path(
        "organisations/<slug:slug>/describe/",
        organisations.DescribeOrganisation.as_view(),
        name="describe-organisation",
    ),
    path(
        "organisations/<slug:slug>/parent/",
        organisations.SetParent.as_view(),
        name="set-parent",
    ),
    path(
        "organisations/<slug:slug>/aliases/",
        organisations.AddAlias.as_view(),
        name="add-alias",
    ),
    path(
        "organisations/<slug:slug>/merge/",
        organisations.MergeOrganisation.as_view(),
        name="merge-organisation",
    ),
    path("me/", me.Me.as_view(), name="me"),
    path("me/programs/", tokens.Programs.as_view(), name="programs"),
    path(
        "me/programs/<int:pk>/revoke/",
        tokens.RevokeToken.as_view(),
        name="revoke-token",
    ),
    path("me/erase/", me.EraseMe.as_view(), name="erase-me"),
    path("people/", people.People.as_view(), name="people"),
    path("people/<int:pk>/", people.PersonPage.as_view(), name="person"),
    path("people/<int:pk>/erase/", people.ErasePerson.as_view(), name="erase-person"),
    path(
        "roles/<int:pk>/withdraw/", people.WithdrawRole.as_view(), name="withdraw-role"
    ),
    path("invitations/", invitations.Invitations.as_view(), name="invitations"),
    path(
        "invitations/<int:pk>/withdraw/",
        invitations.WithdrawInvitation.as_view(),
        name="withdraw-invitation",
    ),
    path(
        "invitations/<str:key>/",
        invitations.AcceptInvitation.as_view(),
        name="accept-invitation",
    ),
    path("outbox/", outbox.Outbox.as_view(), name="outbox"),
    path("outbox/<int:pk>/", outbox.MessagePage.as_view(), name="message"),
    path("outbox/<int:pk>/resend/", outbox.ResendMessage.as_view(), name="resend"),
    path("sign-in/<str:key>/", sign_in.SignInByLink.as_view(), name="sign-in"),
]

"""Addresses of the desk."""

from django.urls import path

from montada.desk.web import feeds, following, tasks, views

app_name = "desk"
urlpatterns = [
    path("countries/", views.CountryList.as_view(), name="list"),
    path("countries/<str:iso3>/", views.CountryPage.as_view(), name="country"),
    path("following/", following.Following.as_view(), name="following"),
    path("following/follow/", following.Follow.as_view(), name="follow"),
    path("following/unfollow/", following.Unfollow.as_view(), name="unfollow"),
    path("following/read/", following.MarkRead.as_view(), name="mark-read"),
    path("following/new-feed/", following.RenewFeed.as_view(), name="renew-feed"),
    path("tasks/", tasks.MyTasks.as_view(), name="tasks"),
    # Before the public ones, whose first part could be anything.
    path("feeds/mine/<str:key>.atom", feeds.MyFeed(), name="my-feed"),
    path("feeds/<str:kind>/<str:key>.atom", feeds.PublicFeed(), name="feed"),
]

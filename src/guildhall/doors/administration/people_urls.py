"""The addresses of groups, users and invitations."""

from django.urls import URLPattern, path

from . import groups, invitations, users, users_acts

urlpatterns: list[URLPattern] = [
    path("groups/", groups.groups, name="groups"),
    path("groups/printed/", groups.printed, name="groups-printed"),
    path("groups/new/", groups.new, name="group-new"),
    path("groups/changes/<int:pk>/undo/", groups.undo, name="groups-undo"),
    path("groups/of-staff/<slug:key>/", groups.group, name="group"),
    path("groups/of-staff/<slug:key>/end/", groups.end, name="group-end"),
    path("users/", users.users, name="users"),
    path("users/new/", users_acts.new, name="user-new"),
    path("users/<int:pk>/", users.user, name="user"),
    path("users/<int:pk>/groups/", users_acts.places, name="user-places"),
    path("users/<int:pk>/email/", users_acts.email, name="user-email"),
    path("users/<int:pk>/<slug:act>/", users_acts.act, name="user-act"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/new/", invitations.new, name="invitation-new"),
    path("invitations/many/", invitations.many, name="invitations-many"),
    path("invitations/<int:pk>/<slug:act>/", invitations.act, name="invitation-act"),
]

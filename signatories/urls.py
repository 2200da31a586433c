from django.urls import path

from signatories import (
    views,
    views_corrections,
    views_count,
    views_elsewhere,
    views_following,
    views_invitations,
    views_waiting,
)

app_name = "signatories"
urlpatterns = [
    path("statements/<slug:slug>/signatories/", views.signature_list, name="list"),
    path("statements/<slug:slug>/count.json", views_count.count_json, name="count"),
    path("statements/<slug:slug>/badge.svg", views_elsewhere.badge, name="badge"),
    path("statements/<slug:slug>/qr.svg", views_elsewhere.qr, name="qr"),
    path("statements/<slug:slug>/follow/", views_following.follow, name="follow"),
    path("sign/follow/<str:token>/", views_following.confirm, name="follow_confirm"),
    path("sign/unfollow/<str:token>/", views_following.leave, name="follow_leave"),
    path("embed/<slug:slug>/", views_elsewhere.embed, name="embed"),
    path("sign/confirm/<str:token>/", views.confirm, name="confirm"),
    path("sign/correction/<str:token>/", views_corrections.correction, name="correction"),
    path(
        "sign/correction/<str:token>/<slug:wish>/",
        views_corrections.correction,
        name="correction_wish",
    ),
    path("sign/invitation/<str:token>/", views_invitations.invitation, name="invitation"),
    path("sign/<slug:slug>/", views.sign, name="sign"),
    path("sign/<slug:slug>/code/", views_waiting.code, name="code"),
    path("sign/<slug:slug>/no-mail/", views_waiting.no_mail, name="no_mail"),
]

from django.urls import path

from signatories import (
    views,
    views_corrections,
    views_count,
    views_elsewhere,
    views_following,
    views_invitations,
    views_organizations,
    views_own,
    views_unsubscribe,
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
    path("organizations/suggest.json", views_organizations.suggest, name="suggest"),
    path("organizations/<int:pk>/logo/<str:filename>", views_organizations.logo, name="logo"),
    path("sign/confirm/<str:token>/", views.confirm, name="confirm"),
    path("sign/correction/<str:token>/", views_corrections.correction, name="correction"),
    path(
        "sign/correction/<str:token>/<slug:wish>/",
        views_corrections.correction,
        name="correction_wish",
    ),
    path("sign/unsubscribe/<str:token>/", views_unsubscribe.unsubscribe, name="unsubscribe"),
    path("sign/invitation/<str:token>/", views_invitations.invitation, name="invitation"),
    path("your-signature/", views_own.request_link, name="request_link"),
    path("sign/manage/<str:token>/", views_own.manage, name="manage"),
    path("sign/manage/<str:token>/data/", views_own.data, name="own_data"),
    path("sign/manage/<str:token>/<slug:step>/", views_own.take_step, name="own_step"),
    path("sign/<slug:slug>/", views.sign, name="sign"),
    path("sign/<slug:slug>/code/", views_waiting.code, name="code"),
    path("sign/<slug:slug>/no-mail/", views_waiting.no_mail, name="no_mail"),
]

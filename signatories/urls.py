from django.urls import path

from signatories import feeds
from signatories.views import (
    corrections,
    count,
    directory,
    elsewhere,
    following,
    invitations,
    lists,
    organizations,
    own,
    signing,
    unsubscribe,
    waiting,
)

app_name = "signatories"
urlpatterns = [
    path("statements/<slug:slug>/signatories/", lists.signature_list, name="list"),
    path("statements/<slug:slug>/signatories.csv", lists.signatories_csv, name="csv"),
    path("statements/<slug:slug>/count.json", count.count_json, name="count"),
    path("statements/<slug:slug>/badge.svg", elsewhere.badge, name="badge"),
    path("statements/<slug:slug>/qr.svg", elsewhere.qr, name="qr"),
    path("statements/<slug:slug>/follow/", following.follow, name="follow"),
    path("sign/follow/<str:token>/", following.confirm, name="follow_confirm"),
    path("sign/unfollow/<str:token>/", following.leave, name="follow_leave"),
    path("embed/<slug:slug>/", elsewhere.embed, name="embed"),
    path("organizations/suggest.json", organizations.suggest, name="suggest"),
    path("organizations/<int:pk>/logo/<str:filename>", organizations.logo, name="logo"),
    path("organizations/", directory.directory, name="organizations"),
    path("organizations/<slug:slug>/", directory.organization, name="organization"),
    path("organizations/<slug:slug>/feed.atom", feeds.organization, name="organization-feed"),
    path("sign/confirm/<str:token>/", signing.confirm, name="confirm"),
    path("sign/correction/<str:token>/", corrections.correction, name="correction"),
    path(
        "sign/correction/<str:token>/<slug:wish>/",
        corrections.correction,
        name="correction_wish",
    ),
    path("sign/unsubscribe/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("sign/invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("your-signature/", own.request_link, name="request_link"),
    path("sign/manage/<str:token>/", own.manage, name="manage"),
    path("sign/manage/<str:token>/data/", own.data, name="own_data"),
    path("sign/manage/<str:token>/<slug:step>/", own.take_step, name="own_step"),
    path("sign/<slug:slug>/", signing.sign, name="sign"),
    path("sign/<slug:slug>/code/", waiting.code, name="code"),
    path("sign/<slug:slug>/no-mail/", waiting.no_mail, name="no_mail"),
]

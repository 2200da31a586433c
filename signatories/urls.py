from django.urls import path

from signatories.mailings import follower_views, unsubscribe_views
from signatories.organizations import views as organization_views
from signatories.public import (
    count_page,
    count_views,
    directory_views,
    embed_views,
    feeds,
    list_views,
    mastodon,
    seal_feed,
)
from signatories.self_service import owner_answer_views, reconsent_views, renewal_views
from signatories.self_service import views as own_views
from signatories.signing import begun, invitation_views, waiting_views
from signatories.signing import views as signing_views
from statements.public import posts

app_name = "signatories"

posts.register(signing_views.CONFIRM_FIELD, signing_views.confirm_press)
posts.register(reconsent_views.FIELD, reconsent_views.answer_press)
posts.register(renewal_views.FIELD, renewal_views.verify_again_press)
posts.register(owner_answer_views.FIELD, owner_answer_views.answer_press)
posts.register(follower_views.CONFIRM_FIELD, follower_views.confirm_press)

urlpatterns = [
    path("statements/<slug:slug>/signatories/", list_views.signature_list, name="list"),
    path("statements/<slug:slug>/signatories.csv", list_views.signatories_csv, name="csv"),
    path("statements/<slug:slug>/count.json", count_views.count_json, name="count"),
    path("statements/<slug:slug>/count/", count_page.count, name="how_we_count"),
    path("statements/<slug:slug>/count/check/", count_page.check, name="check_receipt"),
    path("statements/<slug:slug>/count/audit.txt", count_page.all_days, name="sealed_days"),
    path("statements/<slug:slug>/count/feed.atom", seal_feed.seals, name="seal-feed"),
    path("statements/<slug:slug>/count/<int:number>.txt", count_page.one_day, name="sealed_day"),
    path("statements/<slug:slug>/badge.svg", embed_views.badge, name="badge"),
    path("statements/<slug:slug>/qr.svg", embed_views.qr, name="qr"),
    path("statements/<slug:slug>/mastodon/", mastodon.share, name="mastodon"),
    path("statements/<slug:slug>/follow/", follower_views.follow, name="follow"),
    path("sign/follow/<str:token>/", follower_views.confirm, name="follow_confirm"),
    path("sign/unfollow/<str:token>/", follower_views.leave, name="follow_leave"),
    path("embed/<slug:slug>/", embed_views.embed, name="embed"),
    path("organizations/suggest.json", organization_views.suggest, name="suggest"),
    path("organizations/<int:pk>/logo/<str:filename>", organization_views.logo, name="logo"),
    path("organizations/", directory_views.directory, name="organizations"),
    path("organizations/<slug:slug>/", directory_views.organization, name="organization"),
    path("organizations/<slug:slug>/feed.atom", feeds.organization, name="organization-feed"),
    path("sign/confirm/<str:token>/", signing_views.confirm, name="confirm"),
    path("sign/correction/<str:token>/", reconsent_views.correction, name="correction"),
    path(
        "sign/correction/<str:token>/<slug:answer>/",
        reconsent_views.correction,
        name="correction_answer",
    ),
    path("sign/verify-again/<str:token>/", renewal_views.verify_again, name="verify_again"),
    path("sign/ask/<str:token>/", owner_answer_views.ask, name="ask"),
    path("sign/ask/<str:token>/<slug:answer>/", owner_answer_views.ask, name="ask_answer"),
    path("sign/unsubscribe/<str:token>/", unsubscribe_views.unsubscribe, name="unsubscribe"),
    path("sign/invitation/<str:token>/", invitation_views.invitation, name="invitation"),
    path("sign/follow-asked/<str:token>/", follower_views.follow_asked, name="follow_asked"),
    path("your-signature/", own_views.request_link, name="request_link"),
    path("your-signature/asked/<str:token>/", own_views.link_requested, name="link_requested"),
    path("sign/manage/<str:token>/", own_views.manage, name="manage"),
    path("sign/manage/<str:token>/data/", own_views.data, name="own_data"),
    path("sign/manage/<str:token>/<slug:action>/", own_views.run_action, name="own_action"),
    path("sign/mail/<str:token>/", waiting_views.check_mail, name="check_mail"),
    path("sign/mail/<str:token>/no-mail/", waiting_views.no_mail_to, name="no_mail_to"),
    path("sign/<slug:slug>/", signing_views.sign, name="sign"),
    path("sign/<slug:slug>/begun/", begun.begun, name="begun"),
    path("sign/<slug:slug>/code/", waiting_views.code, name="code"),
    path("sign/<slug:slug>/no-mail/", waiting_views.no_mail, name="no_mail"),
]

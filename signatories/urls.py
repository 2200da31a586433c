from django.urls import path

from signatories import views, views_corrections, views_invitations, views_unsubscribe

app_name = "signatories"
urlpatterns = [
    path("statements/<slug:slug>/signatories/", views.signature_list, name="list"),
    path("sign/confirm/<str:token>/", views.confirm, name="confirm"),
    path("sign/correction/<str:token>/", views_corrections.correction, name="correction"),
    path(
        "sign/correction/<str:token>/<slug:wish>/",
        views_corrections.correction,
        name="correction_wish",
    ),
    path("sign/unsubscribe/<str:token>/", views_unsubscribe.unsubscribe, name="unsubscribe"),
    path("sign/invitation/<str:token>/", views_invitations.invitation, name="invitation"),
    path("sign/<slug:slug>/", views.sign, name="sign"),
]

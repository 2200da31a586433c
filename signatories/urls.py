from django.urls import path

from signatories import views, views_corrections, views_invitations, views_own

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
    path("sign/invitation/<str:token>/", views_invitations.invitation, name="invitation"),
    path("your-signature/", views_own.request_link, name="request_link"),
    path("sign/manage/<str:token>/", views_own.manage, name="manage"),
    path("sign/manage/<str:token>/data/", views_own.data, name="own_data"),
    path("sign/manage/<str:token>/<slug:step>/", views_own.take_step, name="own_step"),
    path("sign/<slug:slug>/", views.sign, name="sign"),
]

from django.urls import path

from signatories import (
    views,
    views_corrections,
    views_directory,
    views_invitations,
    views_lists,
)

app_name = "signatories"
urlpatterns = [
    path("statements/<slug:slug>/signatories/", views_lists.signature_list, name="list"),
    path("statements/<slug:slug>/signatories.csv", views_lists.signatories_csv, name="csv"),
    path("organizations/", views_directory.directory, name="organizations"),
    path("organizations/<slug:slug>/", views_directory.organization, name="organization"),
    path("sign/confirm/<str:token>/", views.confirm, name="confirm"),
    path("sign/correction/<str:token>/", views_corrections.correction, name="correction"),
    path(
        "sign/correction/<str:token>/<slug:wish>/",
        views_corrections.correction,
        name="correction_wish",
    ),
    path("sign/invitation/<str:token>/", views_invitations.invitation, name="invitation"),
    path("sign/<slug:slug>/", views.sign, name="sign"),
]

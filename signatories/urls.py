from django.urls import path

from signatories import views, views_corrections, views_invitations, views_organizations

app_name = "signatories"
urlpatterns = [
    path("statements/<slug:slug>/signatories/", views.signature_list, name="list"),
    path("organizations/suggest.json", views_organizations.suggest, name="suggest"),
    path("organizations/<int:pk>/logo/<str:filename>", views_organizations.logo, name="logo"),
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

from django.urls import path

from signatories import views

app_name = "signatories"
urlpatterns = [
    path("statements/<slug:slug>/signatories/", views.signature_list, name="list"),
    path("sign/confirm/<str:token>/", views.confirm, name="confirm"),
    path("sign/<slug:slug>/", views.sign, name="sign"),
]

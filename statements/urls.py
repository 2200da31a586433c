from django.urls import path

from statements import views

app_name = "statements"
urlpatterns = [
    path("", views.home, name="home"),
    path("statements/", views.statement_list, name="list"),
    path("statements/<slug:slug>/", views.statement_detail, name="detail"),
    path(
        "statements/<slug:slug>/attachments/<int:pk>/<str:filename>",
        views.attachment,
        name="attachment",
    ),
]

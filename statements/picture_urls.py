"""Outside the languages' prefixes: a picture is the same in all of them."""

from django.urls import path

from statements.public import picture_views

app_name = "lead_pictures"
urlpatterns = [
    path("statements/<slug:slug>/picture/<str:filename>", picture_views.size, name="size")
]

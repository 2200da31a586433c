from django.urls import path

from casa.operations import health

app_name = "operations"
urlpatterns = [
    path("", health.health, name="health"),
    path("ready/", health.ready, name="ready"),
    path("work/", health.work, name="work"),
]

"""The site's addresses as they are while DEBUG is on."""

from django.urls import include, path

from casa.urls import handler400, handler403, handler404, handler500  # noqa: F401
from casa.urls import urlpatterns as site

urlpatterns = [*site, path("demo/", include("casa.demo.urls"))]

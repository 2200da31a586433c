"""The demo's own pages under /demo/; casa/urls.py includes them only while DEBUG is on."""

from django.urls import URLPattern, re_path

from casa.demo import views
from casa.demo.inbox import NAME_PATTERN

app_name = "demo"
urlpatterns: list[URLPattern] = [
    re_path(r"^mail/$", views.inbox_page, name="inbox"),
    re_path(rf"^mail/(?P<name>{NAME_PATTERN})/$", views.message, name="message"),
    re_path(rf"^mail/(?P<name>{NAME_PATTERN})/html/$", views.message_html, name="message_html"),
]

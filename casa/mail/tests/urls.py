"""The site's addresses as they are where Postmark, or Mailgun, takes the mail."""

from django.urls import include, path

from casa.mail import webhook
from casa.urls import handler400, handler403, handler404, handler500  # noqa: F401
from casa.urls import urlpatterns as site

urlpatterns = [
    path("anymail/", include([*webhook.addresses("postmark"), *webhook.addresses("mailgun")])),
    *site,
]

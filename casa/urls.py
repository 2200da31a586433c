"""Every address of the site."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path

from casa.api import router
from casa.mail import stop_views, webhook
from casa.office import languages
from casa.operations.metrics import views
from casa.site import errors, well_known
from signatories.public import embed_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    *languages.urls(),
    path("anymail/", include(webhook.addresses(settings.MAIL_PROVIDER))),
    path("oembed/", embed_views.oembed, name="oembed"),
    path("api/v1/", include((router.urls(), router.api.urls_namespace))),
]
urlpatterns += [
    path("health/", include("casa.operations.urls")),
    path("metrics/", views.metrics, name="metrics"),
    path("robots.txt", well_known.robots, name="robots"),
    path("sitemap.xml", well_known.sitemap_index, name="sitemap-index"),
    path("sitemap-<slug:section>.xml", well_known.sitemap, name="sitemap"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path("", include("casa.site.social_images.urls")),
    path("", include("casa.appearance.urls")),
    path("", include("statements.picture_urls")),
]
if settings.DEBUG:
    urlpatterns += [path("demo/", include("casa.demo.urls"))]
urlpatterns += i18n_patterns(
    path("413/", errors.too_large, name="too_large"),
    path("mail/stop/<str:token>/", stop_views.stop, name="stop_mail"),
    path("", include("casa.pages.urls")),
    path("", include("casa.site.pdf.urls")),
    path("", include("statements.urls")),
    path("", include("signatories.urls")),
    path("", include("casa.pages.free_urls")),
    prefix_default_language=False,
)

if settings.DEBUG:
    # Replaces Django's own page. The slash at the end is required, so that a missing one is added.
    urlpatterns += [re_path(r"^.*/$", errors.not_found)]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

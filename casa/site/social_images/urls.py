"""Outside the languages' prefixes: each picture has one address, which names its language."""

from django.urls import path

from casa.site.social_images import views
from casa.site.social_images.views import TOUCH_ICON

app_name = "share"
urlpatterns = [
    path(
        "statements/<slug:slug>/share-<int:number>-<slug:language>.png",
        views.edition_image,
        name="edition",
    ),
    path(
        "statements/<slug:slug>/share-<int:number>-<slug:language>.jpg",
        views.edition_image,
        name="edition-photo",
    ),
    path("share-<slug:language>.png", views.site_image, name="site"),
    path("icon-192.png", views.icon, {"size": 192}, name="icon-192"),
    path("icon-512.png", views.icon, {"size": 512}, name="icon-512"),
    path(
        "icon-maskable-192.png",
        views.icon,
        {"size": 192, "maskable": True},
        name="icon-maskable-192",
    ),
    path(
        "icon-maskable-512.png",
        views.icon,
        {"size": 512, "maskable": True},
        name="icon-maskable-512",
    ),
    path("apple-touch-icon.png", views.icon, {"size": TOUCH_ICON}, name="touch-icon"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("site.webmanifest", views.manifest, name="manifest"),
]

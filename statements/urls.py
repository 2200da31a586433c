from django.urls import path

from statements import feeds, views, views_editions, views_previews, views_print

app_name = "statements"
urlpatterns = [
    path("", views.home, name="home"),
    path("feed.atom", feeds.statements, name="feed"),
    path("statements/", views.statement_list, name="list"),
    path("statements/<slug:slug>/", views.statement_detail, name="detail"),
    path("statements/<slug:slug>/feed.atom", feeds.statement, name="statement-feed"),
    path("statements/<slug:slug>/editions/", views_editions.edition_list, name="editions"),
    path(
        "statements/<slug:slug>/editions/<int:number>/",
        views_editions.edition_detail,
        name="edition",
    ),
    path("statements/<slug:slug>/print/", views_print.print_page, name="print"),
    path("statements/<slug:slug>/changes/<int:number>/", views_editions.changes, name="changes"),
    path(
        "statements/<slug:slug>/attachments/<int:pk>/<str:filename>",
        views.attachment,
        name="attachment",
    ),
    path("preview/<str:token>/", views_previews.preview, name="preview"),
    path("statements/<slug:slug>/pictures/<int:pk>/<str:filename>", views.picture, name="picture"),
]

from django.urls import path

from statements.public import (
    answer_views,
    edition_views,
    feeds,
    picture_views,
    preview_views,
    print_views,
    views,
)

app_name = "statements"
urlpatterns = [
    path("", views.home, name="home"),
    path("feed.atom", feeds.statements, name="feed"),
    path("statements/", views.statement_list, name="list"),
    path("statements/<slug:slug>/", views.statement_detail, name="detail"),
    path("statements/<slug:slug>/feed.atom", feeds.statement, name="statement-feed"),
    path("statements/<slug:slug>/editions/", edition_views.edition_list, name="editions"),
    path(
        "statements/<slug:slug>/editions/<int:number>/",
        edition_views.edition_detail,
        name="edition",
    ),
    path("statements/<slug:slug>/print/", print_views.print_page, name="print"),
    path("statements/<slug:slug>/changes/<int:number>/", edition_views.changes, name="changes"),
    path("statements/<slug:slug>/files/<int:pk>/", views.attachment, name="attachment"),
    path(
        "statements/<slug:slug>/attachments/<int:pk>/<str:filename>",
        views.attachment_by_name,
        name="attachment-by-name",
    ),
    path("answer/<str:token>/", answer_views.answer, name="answer"),
    path("preview/<str:token>/", preview_views.preview, name="preview"),
    path(
        "preview/<str:token>/picture/<str:filename>",
        picture_views.of_preview,
        name="preview-picture",
    ),
    path("statements/<slug:slug>/pictures/<int:pk>/<str:filename>", views.picture, name="picture"),
]

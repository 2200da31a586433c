from django.urls import path

from casa.site.pdf import views

app_name = "paper"
urlpatterns = [
    path("statements/<slug:slug>.pdf", views.statement, name="statement"),
    path(
        "statements/<slug:slug>/volume-<int:number>.pdf",
        views.volume,
        name="volume",
    ),
    path("statements/<slug:slug>/sheet.pdf", views.sheet, {"is_whole": False}, name="sheet"),
    path(
        "statements/<slug:slug>/sheet-with-all-words.pdf",
        views.sheet,
        {"is_whole": True},
        name="whole_sheet",
    ),
]

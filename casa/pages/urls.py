from django.urls import path

from casa.pages import views
from casa.pages.models import SitePage

app_name = "pages"
urlpatterns = [
    path(f"{key}/", views.page, {"key": key}, name=str(key.value)) for key in SitePage.Key
]

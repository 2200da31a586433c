from django.urls import path

from casa.site.pdf import views

app_name = "paper"
urlpatterns = [path("statements/<slug:slug>.pdf", views.statement, name="statement")]

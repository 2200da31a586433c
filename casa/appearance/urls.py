from django.urls import path

from casa.appearance import views

app_name = "appearance"
urlpatterns = [path("appearance/<str:filename>", views.picture, name="picture")]

"""Included behind all other addresses: a free page has none of them."""

from django.urls import path

from casa.pages import views

app_name = "free-pages"
urlpatterns = [path("<slug:slug>/", views.free_page, name="page")]

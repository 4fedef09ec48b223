"""Addresses of the account pages. There is no registration: an administrator makes accounts."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from hssk.access.views import Login, PasswordChange

urlpatterns = [
    path("login/", Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", PasswordChange.as_view(), name="password"),
]

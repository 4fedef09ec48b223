"""Addresses of the account pages. There is no registration: an administrator makes accounts."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from hssk.access.policy import for_everybody, for_strangers
from hssk.access.views import looks, posts
from hssk.access.views.login import Login, PasswordChange

urlpatterns = [
    path("posts/", posts.posts_page, name="posts"),
    path("posts/<int:post>/end/", posts.end, name="post-end"),
    path("looks/", looks.looks_page, name="looks"),
    path("looks/person/<uuid:person>/", looks.person_page, name="looks-person"),
    path("login/", for_strangers(Login.as_view()), name="login"),
    path("logout/", for_everybody(LogoutView.as_view()), name="logout"),
    path("password/", for_everybody(PasswordChange.as_view()), name="password"),
]

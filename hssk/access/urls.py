"""Addresses of the account pages. There is no registration: an administrator makes accounts."""

from allauth.account.views import account_inactive, reauthenticate
from allauth.mfa.base import views as factors
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from hssk.access.policy import for_everybody, for_strangers
from hssk.access.views import (
    keys,
    letting_in,
    looks,
    machines,
    posts,
    province,
    questions,
    reviewing,
    sittings,
)
from hssk.access.views.login import Login, PasswordChange
from hssk.access.views.second import all_factors

login = for_strangers(Login.as_view())
logout = for_everybody(sittings.Out.as_view())

PROVINCE = {"provider_id": "province"}

urlpatterns = [
    path("posts/", posts.posts_page, name="posts"),
    path("posts/review/", reviewing.review_page, name="posts-review"),
    path("posts/<int:post>/end/", posts.end, name="post-end"),
    path("posts/<int:post>/let-in/", letting_in.let_in, name="let-in"),
    path("posts/<int:post>/unlock/", letting_in.unlock, name="unlock"),
    path("looks/", looks.looks_page, name="looks"),
    path("looks/<int:look>/", looks.one_page, name="looks-one"),
    path("looks/seal/", looks.seal_page, name="looks-seal"),
    path("looks/person/<uuid:person>/", looks.person_page, name="looks-person"),
    path("looks/person/<uuid:person>/looks.xlsx", looks.person_file, name="looks-person-file"),
    path("questions/", questions.questions_page, name="questions"),
    path("login/", login, name="login"),
    path("logout/", logout, name="logout"),
    path("lock/", machines.lock, name="lock"),
    path("change/", machines.change, name="change"),
    path("here/", sittings.sittings_page, name="sittings"),
    path("here/end/", sittings.end, name="sitting-end"),
    path("here/still/", sittings.still, name="still"),
    path("here/code/", sittings.short_code_page, name="short-code"),
    # by the names that allauth asks for; one provider, so that no address has a key
    path("province/", province.begin, PROVINCE, name="openid_connect_login"),
    path("province/back/", province.callback, PROVINCE, name="openid_connect_callback"),
    path("province/forget/", province.forget, name="province-forget"),
    path("password/", for_everybody(all_factors(PasswordChange.as_view())), name="password"),
    # by the names that allauth asks for
    path("login/", login, name="account_login"),
    path("logout/", logout, name="account_logout"),
    path("asleep/", for_strangers(login_not_required(account_inactive)), name="account_inactive"),
    path("again/", for_everybody(reauthenticate), name="account_reauthenticate"),
    path("second/", keys.index, name="mfa_index"),
    path("second/code/", keys.second_step, name="mfa_authenticate"),
    path("second/again/", for_everybody(factors.reauthenticate), name="mfa_reauthenticate"),
    path("second/key/on/", keys.add, name="mfa_add_webauthn"),
    path("second/key/<int:pk>/off/", keys.remove, name="mfa_remove_webauthn"),
    path(
        "second/key/again/",
        for_everybody(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("second/on/", keys.phone_on, name="mfa_activate_totp"),
    path("second/off/", keys.phone_off, name="mfa_deactivate_totp"),
    path("second/codes/", keys.spare, name="spare-codes"),
]

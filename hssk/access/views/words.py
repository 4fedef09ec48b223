"""What the identity provider says: believed by its signature alone, and for what was asked."""

import hashlib
from datetime import timedelta
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")
STATED = ("exp", "iat", "iss", "aud", "sub")
CLOCKS = timedelta(minutes=1)  # how far their clock may be from ours
LONGEST = 191  # signs of the key by which the provider knows somebody
_ASKED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_ODD = (jwt.PyJWTError, LookupError, TypeError, ValueError, AttributeError)


class Client(OAuth2Client):
    """Asks for a token that answers this question and no other."""

    def get_redirect_url(self, authorization_url: str, scope: Any, extra_params: dict) -> str:
        once = {"nonce": _nonce(self.state)}
        return super().get_redirect_url(authorization_url, scope, {**extra_params, **once})


def _nonce(state: Any) -> str:
    """What a token must repeat. The state is of chance, kept in the session and good for once."""
    return hashlib.sha256(f"nonce|{state}".encode()).hexdigest()


class Words(OpenIDConnectOAuth2Adapter):
    """What the provider says, and nothing of it kept.

    Whatever shape it comes in, it is right or an OAuth2Error.
    """

    client_class = Client

    @property
    def openid_config(self) -> dict:
        try:
            found = super().openid_config
            if all(isinstance(found[each], str) for each in _ASKED):
                return found
        except _ODD as error:
            raise OAuth2Error("no provider of identity") from error
        raise OAuth2Error("no provider of identity")

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> dict:
        try:
            data = super().get_access_token_data(*args, **kwargs)
        except _ODD as error:
            raise OAuth2Error("no answer that is right") from error
        if not isinstance(data.get("id_token"), str):
            raise OAuth2Error("no token")
        # all that is asked of it: it opens nothing here
        return {"access_token": "-", "id_token": data["id_token"]}

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict:
        try:
            claims = jwt.decode(
                id_token, self._key_of(id_token), algorithms=SIGNED_WITH, audience=app.client_id,
                issuer=self.get_provider().app.settings["issuer"], leeway=CLOCKS,
                options={"require": list(STATED)},
            )  # fmt: skip
        except _ODD as error:
            raise OAuth2Error("no token that is right") from error
        sub = claims["sub"]
        if not sub or len(sub) > LONGEST or "\0" in sub:
            raise OAuth2Error("nobody is named")
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("said to somebody else")
        if claims.get("nonce") != _nonce(self.request.GET.get("state")):
            raise OAuth2Error("an answer to another question")
        return claims

    def _key_of(self, id_token: str) -> Any:
        """The key that the token names; where it names none, the only one there is."""
        with get_adapter().get_requests_session() as asking:
            answer = asking.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        name = jwt.get_unverified_header(id_token).get("kid")
        named = [key for key in keys if key.key_id == name] if name else keys
        if len(named) != 1:
            raise OAuth2Error("not signed by a key of theirs")
        return named[0]

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any
    ) -> Any:
        login = super().complete_login(request, app, token, **kwargs)
        login.claims = login.account.extra_data.get("id_token", {})
        login.account.extra_data = {}
        return login

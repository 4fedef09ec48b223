"""A small real identity provider for tests: `python provider.py PORT`, until it is killed.

`/be?sub=…&name=…&alg=…` says who signs in next, and how the token is signed.
"""

import base64
import hashlib
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY, STRANGE = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
who = {"sub": "1", "name": "", "with": "right", "stroke": ""}
codes = {}
ODD = {
    "another question": {"nonce": "of another"},
    "no question": {"nonce": None},
    "no end": {"exp": None},
    "nobody": {"sub": None},
    "a number for a key": {"sub": 5},
    "a key too long": {"sub": "7" * 500},
    "said to another": {"azp": "somebody else"},
    "a name that is none": {"hssk_name": "a\0b"},
}


class Provider(BaseHTTPRequestHandler):
    def do_GET(self):
        parts = urlsplit(self.path)
        asked = parse_qs(parts.query, keep_blank_values=True)
        said = {name: values[0] for name, values in asked.items()}
        issuer = f"http://127.0.0.1:{self.server.server_port}"
        if parts.path == "/be":
            who.update(said)
            self.tell({})
        elif who["with"] == "no configuration" and "openid" in parts.path:
            self.tell({})
        elif who["with"] == "down" and "openid" in parts.path:
            self.send_error(502)
        elif parts.path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self.tell({"keys": [{**public, "kid": "k", "alg": "RS256"}]})
        elif parts.path == "/authorize":
            codes["c"] = said
            self.send_response(302)
            self.send_header("Location", f"{said['redirect_uri']}?code=c&state={said['state']}")
            self.end_headers()
        else:
            self.tell({
                "issuer": f"{issuer}{who['stroke']}", "jwks_uri": f"{issuer}/keys",
                "authorization_endpoint": f"{issuer}/authorize", "token_endpoint": f"{issuer}/token",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            })  # fmt: skip

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        said = {name: values[0] for name, values in parse_qs(body).items()}
        asked = codes.pop("c")
        digest = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
        proven = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if said.get("client_secret") != "a secret" or asked.get("code_challenge") != proven:
            self.send_error(400)
            return
        now = int(time.time())
        claims = {
            "iss": f"http://127.0.0.1:{self.server.server_port}{who['stroke']}",
            "aud": asked["client_id"], "sub": who["sub"], "hssk_name": who["name"], "iat": now,
            "exp": now + 60, "nonce": asked.get("nonce"),
        }  # fmt: skip
        if who["with"] == "nothing":
            token = jwt.encode(claims, "", algorithm="none", headers={"kid": "k"})
        else:
            if who["with"] == "another audience":
                claims["aud"] = "somebody else"
            if who["with"] == "another issuer":
                claims["iss"] = "https://evil.example"
            if who["with"] == "an old token":
                claims["exp"] = now - 3600
            if who["with"] == "a clock ahead":
                claims["iat"] = now + 20
            claims |= ODD.get(who["with"], {})
            claims = {name: value for name, value in claims.items() if value is not None}
            key = STRANGE if who["with"] == "a strange key" else KEY
            names = {} if who["with"] == "a key unnamed" else {"kid": "k"}
            token = jwt.encode(claims, key, algorithm="RS256", headers=names)
            if who["with"] == "no token at all":
                token = 5
        self.tell({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def tell(self, words):
        body = json.dumps(words).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words):
        pass


if __name__ == "__main__":
    HTTPServer(("127.0.0.1", int(sys.argv[1])), Provider).serve_forever()

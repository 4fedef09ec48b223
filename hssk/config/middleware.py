"""Headers that hold for every page."""

from hssk.kit.addresses import is_guarded

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

# What a page may use of the device: over TLS security keys; and, on the pages on which people are
# checked in, over TLS or within this computer, the camera (to read a card).
CAMERA = frozenset({"plans:day", "plans:check-in", "plans:send-book"})
NEVER = "geolocation=(), microphone=(), payment=(), usb=(), serial=(), bluetooth=()"
KEYS = "publickey-credentials-get=(self), publickey-credentials-create=(self)"
NO_KEYS = "publickey-credentials-get=(), publickey-credentials-create=()"


def _features(request):
    host = request.META.get("HTTP_HOST", "")
    page = request.resolver_match.view_name if request.resolver_match else ""
    camera = "(self)" if page in CAMERA and is_guarded(request.is_secure(), host) else "()"
    keys = KEYS if request.is_secure() or host.partition(":")[0] == "localhost" else NO_KEYS
    return f"camera={camera}, {keys}, {NEVER}"


def strict_headers(get_response):
    """Only our own files may run or show on a page, and no page about people stays in a cache."""

    def respond(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Permissions-Policy", _features(request))
        if "no-store" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "no-store"
        return response

    return respond


GATEWAY = "/api/"


def no_cookies_at_the_gateway(get_response):
    """Software shows a token there: a cookie sent along opens nothing, and begins nothing."""

    def respond(request):
        if request.path_info.startswith(GATEWAY):
            request.META.pop("HTTP_COOKIE", None)
        return get_response(request)

    return respond

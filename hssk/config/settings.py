"""One strict set of settings. What differs between installations comes from the home."""

import os
from pathlib import Path

from hssk.config.enrolling import days_to_enrol
from hssk.config.limits import Limits
from hssk.config.provider import providers
from hssk.config.reach import Reach
from hssk.config.syslog import logging_to
from hssk.kit.home import Home
from hssk.kit.pg.connection import connection_of

HOME = Home.current()
HSSK_INVENTED = HOME.invented

DEBUG = False
SECRET_KEY = HOME.key("django") if HOME.exists else ""
FACTOR_KEY = HOME.key("factors") if HOME.exists else ""
CODE_KEY = HOME.key("codes") if HOME.exists else ""
SCOPE_KEY = HOME.key("scope") if HOME.exists else ""
REACH = Reach.of()
ALLOWED_HOSTS = REACH.hosts()
CSRF_TRUSTED_ORIGINS = REACH.origins()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "hssk.kit",
    "hssk.places",
    "hssk.access",
    "hssk.people",
    "hssk.records",
    "hssk.exchange",
    "hssk.coverage",
    "hssk.outreach",
    "hssk.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hssk.config.middleware.strict_headers",
    "hssk.config.middleware.no_cookies_at_the_gateway",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hssk.kit.language.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hssk.access.views.watch.Watch",
    "hssk.access.views.coming_back.ComeBack",
    "allauth.account.middleware.AccountMiddleware",
    "hssk.access.views.thresholds.Thresholds",
    "hssk.access.views.doorkeeper.Doorkeeper",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "hssk.config.urls"
WSGI_APPLICATION = "hssk.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hssk.config.context.installation",
                "hssk.config.navigation.navigation",
            ],
        },
    },
]

# The server signs in as the app, commands and workers as the machine; neither owns anything.
APP_ROLE = connection_of(HOME, "app").user
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **connection_of(HOME).django(),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "hssk.access.passwords.Leaked"},
    {"NAME": "hssk.access.passwords.Guessable"},
    {"NAME": "hssk.access.passwords.OurWords"},
]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "hssk.access.views.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up; the login asks for these
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True  # for as long as a session lasts, and no longer
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "hssk.access.forms.LoginForm",
    "reauthenticate": "hssk.access.forms.PasswordAgain",
}
# wrong passwords: of one name, whether there is such an account or not, and from one computer
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,50/5m/ip", "login": "120/m/ip"}
MFA_ADAPTER = "hssk.access.views.adapters.SecondFactors"
# Keys by TLS only (views/keys.py); spare codes are ours, for they are kept as slow digests.
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts have no e-mail
MFA_TOTP_TOLERANCE = 1  # half a minute either way: the clocks of old phones
MFA_FORMS = {
    "authenticate": "hssk.access.second_forms.CodeForm",
    "reauthenticate": "hssk.access.second_forms.CodeAgain",
    "activate_totp": "hssk.access.second_forms.FirstCode",
    "add_webauthn": "hssk.access.second_forms.NewKeyForm",
}
# From the first sign-in that asks for it, so long one factor opens people's data (rights.py says
# to whom); in an invented city nobody is asked, for nobody real is in it.
SECOND_STEP_WITHIN = None if HSSK_INVENTED else days_to_enrol()
# A provider of identity lets in whom we know, by a link made before; accounts and posts are ours.
SOCIALACCOUNT_ADAPTER = "hssk.access.views.province.Provider"
SOCIALACCOUNT_PROVIDERS = providers()
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_AUTO_SIGNUP = False
# How often somebody failed to come in: kept where a restart does not forget it.
CACHES = {
    "default": {
        "BACKEND": "hssk.access.counted.Counted",
        "LOCATION": "access_cache",
    }
}

# The gateway for software of facilities: how long a token lasts, how large a request may be (bytes)
# and of how many files, and how often (times, seconds) one account or address may ask; a wrong
# password counts by name and address together, so that nobody shuts out whom they only name.
GATEWAY_TOKEN_LASTS = 3600
GATEWAY_LARGEST, GATEWAY_MOST_FILES = 32 * 2**20, 50
GATEWAY_LIMITS = {
    "password": (5, 300), "token": (120, 60), "account": (300, 60), "address": (600, 60),
}  # fmt: skip

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME.static
MEDIA_ROOT = HOME.files
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# An upload passes through memory only when small; what it may hold is judged by the reader.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_TEMP_DIR = HOME.files if HOME.exists else None

# Behind TLS cookies never travel in the clear and belong to this very host (__Host-); plain http on
# loopback would never get a Secure cookie back.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = REACH.tls
SECURE_SSL_REDIRECT = REACH.tls
SECURE_HSTS_SECONDS = 365 * 86_400 if REACH.tls else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = REACH.tls
SESSION_ENGINE = "hssk.access.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# A session ends after these seconds with nobody there, at a shared machine after the shorter ones;
# after the longest in any case: a shift. Set by `hssk sessions`.
SITTING_IDLE, SITTING_SHARED_IDLE, SITTING_LONGEST = Limits.of(HOME.facts).seconds()
SESSION_COOKIE_AGE = SITTING_LONGEST
# for how many seconds a number beside an entry of the menu may be as it was (navigation.py)
COUNTS_STAND_FOR = float(os.environ.get("HSSK_COUNTS_STAND_FOR", "60"))
# In the session, which ends with who sat there: a cookie would tell the next at this machine.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
_OURS = f"{'__Host-' if REACH.tls else ''}hssk"
# Cookies do not know ports: two homes on one computer must not sign each other out.
SESSION_COOKIE_NAME = f"{_OURS}_{HOME.facts.get('id', 'x')[:8]}"
CSRF_COOKIE_NAME = f"{_OURS}_csrf_{HOME.facts.get('id', 'x')[:8]}"
MACHINE_COOKIE_NAME = f"{_OURS}_machine_{HOME.facts.get('id', 'x')[:8]}"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "hssk.config.discreet.DiscreetFormatter"}},
    "handlers": {
        "home": {
            "class": "hssk.config.discreet.LogOfHome",
            "filename": HOME.logs / "hssk.log",
            "maxBytes": 2 * 2**20,
            "backupCount": 3,
            "delay": True,
            "encoding": "utf-8",
            "formatter": "discreet",
        }
        if HOME.exists
        else {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["home"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
if _syslog := logging_to():
    LOGGING["handlers"]["syslog"] = _syslog  # type: ignore[index]
    LOGGING["root"]["handlers"] = ["home", "syslog"]  # type: ignore[index]
    # the looks lie in the database; only the collector is told of each
    LOGGING["loggers"]["hssk.access.looks"] = {  # type: ignore[index]
        "handlers": ["syslog"], "level": "INFO", "propagate": False,
    }  # fmt: skip

# SPDX-License-Identifier: MPL-2.0
"""Django's settings: one file for every mode; what differs comes from the environment."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from indgang.kernel.database.roles import APPLICATION, django_settings
from indgang.web.environment import folder, read

MODE = read("INDGANG_MODE")
DEMO, TEST = MODE == "demo", MODE == "test"
PACKAGE = Path(__file__).resolve().parent

SECRET_KEY = read("INDGANG_SECRET_KEY") or ("only-for-demo-and-test-" + "x" * 40 if DEMO or TEST else "")
MASTER_KEY = read("INDGANG_MASTER_KEY")
DEBUG = False
ALLOWED_HOSTS = [host for host in read("INDGANG_HOSTS").split(",") if host]
if DEMO or TEST:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", ".localhost", "testserver"]
ROOT_URLCONF = "indgang.web.urls"
WSGI_APPLICATION = "indgang.web.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
    "django.contrib.postgres",
    "indgang.kernel",
    "indgang.directory",
    "indgang.placements",
    "indgang.meetings",
    "indgang.guidance",
    "indgang.procurement",
    "indgang.agreements",
    "indgang.cases",
    "indgang.impact",
    "indgang.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "indgang.web.middleware.RequestIdentity",
    "indgang.web.middleware.RateLimits",
    "indgang.web.middleware.Tenant",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "indgang.web.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "indgang.web.middleware.WhoAsks",
    "indgang.web.middleware.Refusals",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "indgang.web.context.house",
            ],
            "builtins": ["indgang.kernel.templatetags.ui", "django.templatetags.i18n"],
        },
    }
]
FORM_RENDERER = "indgang.kernel.ui.forms.DesignSystemRenderer"

# The database: an address from the environment, else the embedded server that a command has started.
# A tool that only imports the settings gets an address at which nothing answers.
DATABASE_URL = read("DATABASE_URL") or os.environ.get("INDGANG_EMBEDDED_URL", "postgresql:///indgang")
DATABASES = {
    "default": django_settings(DATABASE_URL, role=APPLICATION)
    | {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False, "TEST": {"MIGRATE": False}}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

AUTH_USER_MODEL = "kernel.User"
AUTHENTICATION_BACKENDS = ["indgang.web.principal.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
if TEST:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "front"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "indgang.web.login.Accounts"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # ours lie in PostgreSQL: see indgang.kernel.limits
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_NAME = "indgang"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Dansk")), ("en", _("Engelsk"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_THOUSAND_SEPARATOR = (
    False  # numbers in addresses and fields stay plain; amounts use the filters |kr and |oere
)
FORMAT_MODULE_PATH = ["indgang.web.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = folder() / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TEST
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = TEST
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 26_500_000
MAX_FILE_BYTES = 25_000_000

HTTPS = not (DEMO or TEST)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if read("INDGANG_PROXIES") != "0" else None
SECURE_REDIRECT_EXEMPT = [r"^helbred/"]
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "indgang.web.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

PUBLIC_ORIGIN = read("INDGANG_PUBLIC_ORIGIN")
EMAIL_FROM = DEFAULT_FROM_EMAIL = SERVER_EMAIL = read("INDGANG_EMAIL_FROM")
_mail = urlsplit(read("INDGANG_EMAIL_URL") or f"file:{folder() / 'mail'}")
if _mail.scheme == "file":
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = _mail.path
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.scheme == "smtp+tls", _mail.scheme == "smtps"
    EMAIL_TIMEOUT = 20
IMAP_URL = read("INDGANG_IMAP_URL")
FILING_FOLDER = read("INDGANG_FILING_FOLDER")
LAW_PACKS = read("INDGANG_LAW_PACKS")
WAS_URL = read("INDGANG_WAS_URL")
TRUSTED_PROXIES = int(read("INDGANG_PROXIES"))
CVR_URL, CVR_CREDENTIALS = read("INDGANG_CVR_URL"), read("INDGANG_CVR_CREDENTIALS")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "indgang.web.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"indgang": {"level": "INFO"}, "django.security.DisallowedHost": {"level": "CRITICAL"}},
}

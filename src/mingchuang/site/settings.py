"""Django's settings, from the environment and the data folder. Every variable is named in docs/operation.md."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from mingchuang.records.kinds import installed_kinds
from mingchuang.site import data_folder, database, variables
from mingchuang.site.transport import HSTS_SECONDS

MINGCHUANG_DATA: Path = data_folder.root()
_given = variables.read(data_folder.environment(MINGCHUANG_DATA))

MINGCHUANG_REGION = _given.region
MINGCHUANG_HOST = _given.host
MINGCHUANG_PORT = _given.port
# True only while the server that this process belongs to listens on loopback: demonstration accounts need it.
MINGCHUANG_BOUND_LOOPBACK = os.environ.get("MINGCHUANG_BOUND_LOOPBACK") == "1"
MINGCHUANG_DEMO = (MINGCHUANG_DATA / data_folder.DEMONSTRATION_NAME).exists()
MINGCHUANG_HASH = _given.hash
MINGCHUANG_PREVIEW_HOURS = _given.preview_hours
MINGCHUANG_DEMO_SIZE = _given.demo_size
# The installation's public face. Registration numbers never show on a demonstration (ui.identity sees to that).
MINGCHUANG_SITE = {**_given.site, "demo": MINGCHUANG_DEMO}
# The address that citizens use: it stands in feeds, QR codes and cited links.
MINGCHUANG_ADDRESS = _given.address
MINGCHUANG_PROXIES = _given.proxies

SECRET_KEY = data_folder.secret_key(MINGCHUANG_DATA)
DEBUG = False
ALLOWED_HOSTS = list(_given.hosts)

INSTALLED_APPS = [
    "mingchuang.core",
    "mingchuang.press",
    "mingchuang.search",
    "mingchuang.ui",
    "mingchuang.records",
    *installed_kinds(),
    "mingchuang.ledger",
    "mingchuang.desk",
    "mingchuang.portal",
    "mingchuang.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
]

# No LocaleMiddleware: whatever a browser asks for, there is one language.
MIDDLEWARE = [
    "mingchuang.site.forwarding.VisitorAddress",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "mingchuang.site.outage.DatabaseOutage",
    "mingchuang.site.public_requests.NoSessionOnPublicPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "mingchuang.site.problem_pages.BodyLimit",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "mingchuang.site.urls"
WSGI_APPLICATION = "mingchuang.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "mingchuang.ui.engine.environment"},
    },
    {
        # allauth's pages only: ours are Jinja2.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

DATABASES = {"default": database.settings_for(_given.database, MINGCHUANG_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "mingchuang.core.demo_login.LoopbackOnlyBackend",
    "mingchuang.core.sign_in.OrdinaryBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "mingchuang.core.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/desk/"
CSRF_FAILURE_VIEW = "mingchuang.site.problem_pages.stale_form"
ACCOUNT_ADAPTER = "mingchuang.core.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # people here have names and accounts, not e-mail addresses
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
# Failed sign-ins are counted by axes, per account and address; allauth's count per account would let anybody lock one.
# Per address it stays, because the second factor is counted by it alone.
# A changed password is counted when it is sent, not when the form is looked at (site.account_urls). All by the minute:
# that is what the page for 429 says.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip", "change_password": None, "send_password": "5/m/user"}
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser or after half an hour, and nobody is asked
ACCOUNT_FORMS = {
    "login": "mingchuang.core.sign_in_forms.LoginForm",
    "change_password": "mingchuang.core.sign_in_forms.ChangePasswordForm",
    "reauthenticate": "mingchuang.core.sign_in_forms.ReauthenticateForm",
}
MFA_ADAPTER = "mingchuang.core.sign_in.SecondStep"
MFA_FORMS = {
    "authenticate": "mingchuang.core.sign_in_forms.CodeForm",
    "reauthenticate": "mingchuang.core.sign_in_forms.CodeAgainForm",
    "activate_totp": "mingchuang.core.sign_in_forms.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "明窗"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
# Per account and address: a neighbour behind the same address isn't locked out, nor the whole office by one attacker.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "mingchuang.core.lockouts.counted_name"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or a stranger who keeps trying keeps it shut for good
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True  # sign-ins are events in our own chain

SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _given.https
CSRF_TRUSTED_ORIGINS = [MINGCHUANG_ADDRESS] if _given.https else []
# An https address is always answered by a proxy in front of this server, and it says so (docs/operation.md).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _given.https else None
SECURE_HSTS_SECONDS = HSTS_SECONDS if _given.https else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = MINGCHUANG_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Hashed names; `bake` copies the collected files into the public folder, beside the pages that use them.
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}

FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

TASKS = {"default": {"BACKEND": "mingchuang.core.jobs.DatabaseBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": _given.log_level},
}

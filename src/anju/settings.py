"""All settings. Everything that differs between offices comes from the environment (docs/settings.md)."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from anju.core import env
from anju.vault.logs import Lines, Masked

PACKAGE = Path(__file__).resolve().parent

# --- where things are -------------------------------------------------------------------------------------------
ANJU_DATA_DIR = env.folder("ANJU_DATA_DIR", "./var")
ANJU_MASTER_KEY_FILE = Path(env.text("ANJU_MASTER_KEY_FILE", str(ANJU_DATA_DIR / "master.key")))
ANJU_KMS = env.text("ANJU_KMS")
ANJU_LAB = env.flag("ANJU_LAB")
ANJU_DEMO = env.flag("ANJU_DEMO")
DEBUG = env.flag("ANJU_DEBUG")

# --- secrets ----------------------------------------------------------------------------------------------------
SECRET_KEY = env.secret("ANJU_SECRET_KEY", ANJU_DATA_DIR / "secret.key")
SECRET_KEY_FALLBACKS = [key for key in env.text("ANJU_SECRET_KEY_FALLBACKS").split(",") if key]
ALLOWED_HOSTS = env.text("ANJU_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in env.text("ANJU_ORIGINS").split(",") if origin]
ANJU_HTTPS = env.flag("ANJU_HTTPS")


# --- database ---------------------------------------------------------------------------------------------------
def _database(url: str) -> dict[str, Any]:
    if url.startswith("sqlite:"):
        path = unquote(url.removeprefix("sqlite:").removeprefix("//")) or str(ANJU_DATA_DIR / "anju.sqlite3")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "CONN_MAX_AGE": 60,  # opening one costs 1-4 ms, and each keeps a cache
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                    "PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
                ),
            },
            "TEST": {"NAME": str(ANJU_DATA_DIR / "test.sqlite3")},
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "anju",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            "server_side_binding": True,  # with it, what is asked often is planned once per connection: half the work
            "prepare_threshold": env.number("ANJU_DB_PREPARE", 5) or None,
            "pool": {"min_size": 1, "max_size": env.number("ANJU_DB_POOL", 16), "timeout": 10},
            "options": "-c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000",
            "connect_timeout": 5,  # and a machine that fell silent is given up instead of waited for
            "tcp_user_timeout": 15_000,
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
        },
    }


_BESIDE = {"replica": env.text("ANJU_DB_READ"), "bell": env.text("ANJU_DB_DIRECT")}
DATABASES = {
    "default": _database(env.text("ANJU_DATABASE_URL", "sqlite:")),
    **{alias: _database(url) for alias, url in _BESIDE.items() if url},
}
DATABASE_ROUTERS = ["anju.core.replicas.Router"] if "replica" in DATABASES else []

# --- application ------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "anju.vault",
    "anju.files",
    "anju.journal",
    "anju.timers",
    "anju.estate",
    "anju.accounts",
    "anju.channels",
    "anju.notify",
    "anju.duty",
    "anju.tickets",
    "anju.incidents",
    "anju.feedback",
    "anju.learning",
    "anju.privacy",
    "anju.ui",
    "anju.desk",
    "anju.portal",
    "anju.field",
    "anju.wall",
    "anju.api",
    "anju.cli",
    "django.forms",  # after ours, whose widgets come first
    *(["anju.lab"] if ANJU_LAB else []),
]
MIDDLEWARE = [
    *(["anju.lab.middleware.settle"] if ANJU_LAB else []),
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "anju.ui.middleware.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "anju.ui.middleware.language",
    "anju.api.middleware.in_json",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "anju.ui.middleware.refusals",
    *(["anju.ui.middleware.changes"] if DATABASE_ROUTERS else []),
]
ROOT_URLCONF = "anju.urls"
WSGI_APPLICATION = "anju.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "anju.ui.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "anju.ui.templatetags.anju"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
APPEND_SLASH = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people and sessions ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Staff"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "anju.accounts.wording.HouseWords"},
]
LOGIN_URL = "/login/"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-anju_session" if ANJU_HTTPS else "anju_session"
ANJU_SESSION_HOURS = env.number("ANJU_SESSION_HOURS", 0 if ANJU_LAB else 12)
ANJU_SESSION_IDLE_MINUTES = env.number("ANJU_SESSION_IDLE_MINUTES", 0 if ANJU_LAB else 240)
ANJU_PROOF_MINUTES = env.number("ANJU_PROOF_MINUTES", 15)
ANJU_LOCK_MINUTES = env.number("ANJU_LOCK_MINUTES", 0 if ANJU_LAB or ANJU_DEMO else 10)
ANJU_SECOND_STEP = frozenset(
    env.text("ANJU_SECOND_STEP", "none" if ANJU_LAB or ANJU_DEMO else "ADM,PM,CSS,SUP,DM,FIN,COMP,HR").split(",")
)
SESSION_COOKIE_AGE = (ANJU_SESSION_HOURS or 12) * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-anju_csrf" if ANJU_HTTPS else "anju_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "anju.ui.pages.csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ANJU_HTTPS
SECURE_SSL_REDIRECT = ANJU_HTTPS and env.flag("ANJU_BEHIND_PROXY")
SECURE_HSTS_SECONDS = 31_536_000 if ANJU_HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# W002: ui.middleware sends X-Frame-Options; W005, W021: the office's other subdomains are not ours to decide on
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W005", "security.W021"]
if env.flag("ANJU_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- limits -----------------------------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 150 * 1024 * 1024  # nine photos of 10 MB in base64; the API checks each part first
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# --- language and time ------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- static files -----------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = ANJU_DATA_DIR / "static"
ANJU_MANUAL = PACKAGE.parent.parent / "docs" / "manual"
STATICFILES_DIRS = [ANJU_DATA_DIR / "vendor", ("manual", ANJU_MANUAL / "img")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": ("django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "anju.ui.storage.DoorStorage")
    },
}
WHITENOISE_USE_FINDERS = DEBUG or not (STATIC_ROOT / "staticfiles.json").exists()

# --- connectors -------------------------------------------------------------------------------------------------
ANJU_CHANNELS = {
    "S": env.text("ANJU_SMS", "sms.simulator"),
    "W": env.text("ANJU_WECHAT", "wechat.simulator"),
    "V": env.text("ANJU_VOICE", "voice.simulator"),
}
ANJU_GATEWAYS = {
    "sms": (env.text("ANJU_SMS_URL"), env.text("ANJU_SMS_TOKEN")),
    "wechat": (env.text("ANJU_WECHAT_URL"), env.text("ANJU_WECHAT_TOKEN")),
    "voice": (env.text("ANJU_VOICE_URL"), env.text("ANJU_VOICE_TOKEN", "lab" if ANJU_LAB else "")),
}
ANJU_WATCH_TOKEN = env.text("ANJU_WATCH_TOKEN")
ANJU_INSIDE_HOSTS = frozenset(env.text("ANJU_INSIDE_HOSTS").split(","))
ANJU_PARALLEL = env.number("ANJU_PARALLEL", 60)  # messages under way per worker and channel; see notify.lanes for SMS
ANJU_METRICS_TOKEN = env.text("ANJU_METRICS_TOKEN")
ANJU_BACKUP_HOURS = env.number("ANJU_BACKUP_HOURS", 26)
ANJU_BASE_URL = env.text("ANJU_BASE_URL", "http://localhost:8000")

# --- logs -------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": Masked, "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": Lines, "format": "%(message)s"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json" if env.flag("ANJU_LOG_JSON") else "plain"}
    },
    "root": {"handlers": ["console"], "level": env.text("ANJU_LOG_LEVEL", "INFO")},
}

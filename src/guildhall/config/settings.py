"""All settings. Those that differ between installations come from the environment, as GUILDHALL_…"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

from guildhall.config import postgresql, sqlite


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(f"GUILDHALL_{name}", str(int(default))) == "1"


def _value(name: str, default: str) -> str:
    return os.environ.get(f"GUILDHALL_{name}", default)


PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(_value("DATA", str(PACKAGE.parent.parent / "data"))).resolve()
DEMONSTRATION = _flag("DEMO")
DEBUG = _flag("DEBUG")
SITE_URL = _value("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
KNOWN_KEY = "only-for-tests-and-never-in-production-0123456789-abcdefghij"
SECRET_KEY = _value("SECRET_KEY", KNOWN_KEY)
SECRET_KEY_FALLBACKS = [key for key in _value("OLD_SECRET_KEYS", "").split(",") if key]
ALLOWED_HOSTS = [
    urlsplit(SITE_URL).hostname or "localhost",
    *[h for h in _value("ALSO_HOSTS", "").split(",") if h],
]
_HTTPS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "guildhall.foundation.kit",
    "guildhall.foundation.access.apps.AccessConfig",
    "guildhall.foundation.audit",
    "guildhall.foundation.authority",
    "guildhall.foundation.texts",
    "guildhall.foundation.loading",
    "guildhall.foundation.outbox",
    "guildhall.foundation.files",
    "guildhall.foundation.documents",
    "guildhall.people.accounts",
    "guildhall.people.organisations",
    "guildhall.people.groups",
    "guildhall.people.membership",
    "guildhall.people.responsibilities",
    "guildhall.people.calendars",
    "guildhall.people.schoolsite",
    "guildhall.people.invitations",
    "guildhall.people.families",
    "guildhall.people.consent",
    "guildhall.records.children",
    "guildhall.records.persons",
    "guildhall.records.linkage",
    "guildhall.records.chronology",
    "guildhall.paperwork.forms",
    "guildhall.paperwork.submissions",
    "guildhall.mail.messages",
    "guildhall.mail.post",
    "guildhall.work.closures",
    "guildhall.work.traded",
    "guildhall.work.notices",
    "guildhall.work.cases",
    "guildhall.work.eligibility",
    "guildhall.work.schoolcases",
    "guildhall.work.keying",
    "guildhall.work.schoolfolder",
    "guildhall.work.governors",
    "guildhall.work.downloads",
    "guildhall.work.many",
    "guildhall.work.intake",
    "guildhall.work.meals",
    "guildhall.work.invoices",
    "guildhall.work.returns",
    "guildhall.work.schoolfinance",
    "guildhall.work.transfers",
    "guildhall.work.annualreviews",
    "guildhall.work.actions",
    "guildhall.work.emergency",
    "guildhall.work.admissions",
    "guildhall.work.communications",
    "guildhall.work.sharing",
    "guildhall.work.ehcprocess",
    "guildhall.work.advice",
    "guildhall.work.alerts",
    "guildhall.work.documentstore",
    "guildhall.work.privacy",
    "guildhall.doors.account",
    "guildhall.doors.filling",
    "guildhall.doors.inbox",
    "guildhall.doors.families",
    "guildhall.doors.professionals",
    "guildhall.doors.schools",
    "guildhall.doors.building",
    "guildhall.doors.posting",
    "guildhall.doors.council",
    "guildhall.doors.administration",
    "guildhall.demonstration",
    "guildhall.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "guildhall.config.headers.PolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "guildhall.config.errors.DatabaseDownMiddleware",
    "guildhall.foundation.authority.middleware.FreshnessMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "guildhall.config.input.NoNulMiddleware",
    "guildhall.people.membership.middleware.PersonMiddleware",
    "guildhall.people.accounts.middleware.SessionLimitsMiddleware",
    "guildhall.people.membership.middleware.HolderMiddleware",
    "guildhall.people.accounts.middleware.HeldPostMiddleware",
    "guildhall.foundation.audit.middleware.AuditContextMiddleware",
    "guildhall.people.accounts.middleware.LanguageMiddleware",
    "guildhall.people.consent.middleware.ConsentMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "guildhall.doors.administration.middleware.AdministrationMiddleware",
    "guildhall.doors.council.opening.ReasonMiddleware",
    "guildhall.config.errors.NotAllowedMiddleware",
    "guildhall.foundation.access.middleware.DoorMiddleware",
]

ROOT_URLCONF = "guildhall.config.urls"
WSGI_APPLICATION = "guildhall.config.wsgi.application"
ROUTES_WITHOUT_DOOR: list[str] = []

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "guildhall.config.navigation.page_context",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "guildhall.foundation.texts.templatetags.texts",
                "guildhall.foundation.kit.templatetags.kit",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        _value("DATABASE", f"sqlite:///{DATA / 'guildhall.sqlite3'}"),
        conn_max_age=None,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {
        "ENGINE": sqlite.ENGINE,
        "OPTIONS": sqlite.connection_options(sqlite.use_own_library()),
        "TEST": {"NAME": ":memory:"},  # said, because only Django's own engine is known to stay in memory
    }
else:
    DATABASES["default"]["OPTIONS"] = postgresql.connection_options(DATABASES["default"].get("OPTIONS", {}))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["guildhall.people.accounts.hashers.BoundedArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "guildhall.people.accounts.passwords.LengthValidator"},
    {"NAME": "guildhall.people.accounts.passwords.KindsValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "forename", "surname")},
    },
]

# How many passwords this machine works out at once, and how many people may wait for that in each process.
# Each who waits needs one of the server's threads (scripts/serving.py).
HASHES_AT_ONCE = int(_value("HASHES_AT_ONCE", "0")) or max(1, (os.cpu_count() or 1) // 2)
SIGN_INS_WAITING = int(_value("SIGN_INS_WAITING", "3"))
BEHIND_PROXY = _flag("BEHIND_PROXY")

SESSION_ENGINE = "guildhall.people.membership.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_NAME = "__Host-session" if _HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "guildhall.config.errors.csrf_failed"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_SSL_REDIRECT = _HTTPS and _flag("REDIRECT_TO_HTTPS", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_HSTS_PRELOAD = _HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# Notices name children, and a cookie stays on a shared computer.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"
FORMAT_MODULE_PATH = ["guildhall.config.formats"]

PLAIN_STATIC = _flag("PLAIN_STATIC", True)
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PLAIN_STATIC
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = PLAIN_STATIC
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 30
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = _value("TEMP", "") or None

FILES_ROOT = DATA / "files"
# Where a look at a child is noted while the database takes nothing: best on another disk than that one.
AUDIT_SPOOL = Path(_value("AUDIT_SPOOL", "") or DATA / "spool")
AUDIT_SPOOL_BYTES = int(_value("AUDIT_SPOOL_MB", "16")) * 1024 * 1024
CLAMD = _value("CLAMD", "")  # host:port or the path of a socket; empty means that there is no scanner
# Where mail goes: "files" writes it below the data folder, anything else is smtp[s]://user:password@host:port
MAIL = _value("MAIL", "files")
MAIL_FOLDER = DATA / "mail"
MAIL_TIMEOUT = float(_value("MAIL_TIMEOUT", "20"))  # seconds in which the mail server must answer
# The folder of the mailbox that the sender's address leads to: reports of what did not arrive are read there.
BOUNCES_FOLDER = _value("BOUNCES", "")
# The folder that the authority's document store takes approved forms from, such as a mounted share.
DOCUMENT_STORE = _value("DOCUMENT_STORE", "")

# Who says the page components' own words. Named here, because the components know no room above them.
WORDS = "guildhall.foundation.texts.queries.say"

# Handlers of the outbox, by kind of work. A table, because the outbox knows no room above it.
OUTBOX_HANDLERS = {
    "email": "guildhall.foundation.outbox.email.deliver",
    "scan": "guildhall.foundation.files.tasks.scan",
    "infected-file": "guildhall.work.cases.tasks.tell_of_infected_file",
    "password-link": "guildhall.people.accounts.tasks.send_password_link",
    "held-post": "guildhall.people.accounts.tasks.forget_held_post",
    "consent-publish": "guildhall.people.consent.tasks.publish",
    "form-publish": "guildhall.paperwork.forms.tasks.publish",
    "eligibility": "guildhall.work.eligibility.tasks.ask",
    "privacy-run": "guildhall.work.privacy.tasks.retain",
    "privacy-pack": "guildhall.work.privacy.tasks.gather",
    "linkage-batch": "guildhall.records.linkage.tasks.compare_batch",
    "linkage-training": "guildhall.records.linkage.tasks.train_weights",
    "post-publish": "guildhall.mail.post.tasks.publish",
    "post-chase": "guildhall.mail.post.tasks.chase",
    "users-import": "guildhall.people.membership.tasks.add_users",
    "involvement.changed": "guildhall.work.alerts.tasks.changed",
    "alert-run": "guildhall.work.alerts.tasks.run",
    "alert-message": "guildhall.work.alerts.tasks.send",
    "returns-check": "guildhall.work.returns.tasks.check_file",
    "document-export": "guildhall.work.documentstore.tasks.export",
    "job": "guildhall.foundation.outbox.tasks.run_job",
}
# How long a worker that fell silent keeps its task, and the first wait before failed work is tried again.
OUTBOX_LEASE = timedelta(seconds=float(_value("LEASE_SECONDS", "60")))
OUTBOX_FIRST_WAIT = timedelta(seconds=float(_value("RETRY_SECONDS", "60")))
# How often the scheduler looks which alerts are due.
ALERTS_EVERY = timedelta(seconds=float(_value("ALERTS_SECONDS", "60")))
# Periodic jobs: name → (how often, what to call with the moment).
SCHEDULE = {
    "drafts-expire": (timedelta(hours=1), "guildhall.work.intake.tasks.warn_and_expire_drafts"),
    "audit-seal": (timedelta(minutes=1), "guildhall.foundation.audit.tasks.seal"),
    "audit-verify": (timedelta(days=1), "guildhall.foundation.audit.tasks.verify"),
    "files-rescan": (timedelta(minutes=1), "guildhall.foundation.files.tasks.rescan_waiting"),
    "files-sweep": (timedelta(hours=6), "guildhall.foundation.files.tasks.sweep_orphans"),
    "accounts-unused": (timedelta(hours=6), "guildhall.people.membership.tasks.disable_unused"),
    "users-imports-forget": (timedelta(days=1), "guildhall.people.membership.tasks.forget_imports"),
    "accounts-sweep": (timedelta(hours=6), "guildhall.people.accounts.tasks.sweep"),
    "schoolcases-reviews": (timedelta(hours=1), "guildhall.work.schoolcases.tasks.remind_of_reviews"),
    "responsibilities-remind": (
        timedelta(hours=6),
        "guildhall.people.responsibilities.tasks.remind_of_requests",
    ),
    "others-forget": (timedelta(days=1), "guildhall.work.many.tasks.forget_left"),
    "schoolfolder-forget": (timedelta(days=1), "guildhall.work.schoolfolder.tasks.forget_removed"),
    "admissions-forget": (timedelta(days=1), "guildhall.work.admissions.tasks.forget_old"),
    "emergency-look-after": (timedelta(days=1), "guildhall.work.emergency.tasks.look_after"),
    "school-finance-look-after": (timedelta(days=1), "guildhall.work.schoolfinance.tasks.look_after"),
    "transfers-look-after": (timedelta(hours=6), "guildhall.work.transfers.tasks.look_after"),
    "invoices-forget": (timedelta(days=1), "guildhall.work.invoices.tasks.forget_old"),
    "returns-forget": (timedelta(days=1), "guildhall.work.returns.tasks.forget_old"),
    "meals-forget": (timedelta(days=1), "guildhall.work.meals.tasks.forget_gone"),
    "advice-chase": (timedelta(hours=1), "guildhall.work.advice.tasks.chase"),
    "advice-forms": (timedelta(minutes=2), "guildhall.work.advice.tasks.take_forms"),
    "actions-late": (timedelta(hours=1), "guildhall.work.actions.tasks.tell_late"),
    "actions-forget": (timedelta(days=1), "guildhall.work.actions.tasks.forget_old"),
    "annual-reviews-due": (timedelta(hours=6), "guildhall.work.annualreviews.tasks.remind_of_due"),
    "annual-reviews-forget": (timedelta(days=1), "guildhall.work.annualreviews.tasks.forget_old"),
    "traded-forget": (timedelta(days=1), "guildhall.work.traded.tasks.forget_old"),
    "notices-forget": (timedelta(days=1), "guildhall.work.notices.tasks.forget_old"),
    "messages-old": (timedelta(minutes=5), "guildhall.mail.messages.tasks.remove_old"),
    "post-daily": (timedelta(minutes=30), "guildhall.mail.post.tasks.send_daily"),
    "privacy-odd": (timedelta(hours=6), "guildhall.work.privacy.tasks.odd_readings"),
    "privacy-sweep": (timedelta(hours=6), "guildhall.work.privacy.tasks.sweep"),
    "linkage-batches": (timedelta(days=1), "guildhall.records.linkage.tasks.forget_batches"),
    "linkage-doubts": (timedelta(minutes=10), "guildhall.records.linkage.services.look_again"),
    "linkage-waiting": (timedelta(minutes=2), "guildhall.records.linkage.services.look_at_waiting"),
    "documents-export": (timedelta(minutes=5), "guildhall.work.documentstore.tasks.put_exports"),
    "communications-forget": (timedelta(days=7), "guildhall.work.communications.tasks.forget"),
    "outbox-bounces": (timedelta(minutes=5), "guildhall.foundation.outbox.tasks.read_bounces"),
    "alerts-due": (ALERTS_EVERY, "guildhall.work.alerts.tasks.look"),
    "alerts-forget": (timedelta(days=1), "guildhall.work.alerts.tasks.forget"),
    "outbox-tidy": (timedelta(days=1), "guildhall.foundation.outbox.tasks.tidy"),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"one_line": {"()": "guildhall.config.logs.OneLineForALostDatabase"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["one_line"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

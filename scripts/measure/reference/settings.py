"""The bare program that figures are compared with: Django, eight middleware, a session and a user."""

import os
from pathlib import Path

import dj_database_url

from guildhall.config import sqlite

DATA = Path(os.environ["REFERENCE_DATA"])
SECRET_KEY = "a reference that serves nobody but the measurements, on one machine"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "scripts.measure.reference",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]
ROOT_URLCONF = "scripts.measure.reference.urls"
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("REFERENCE_DATABASE", f"sqlite:///{DATA / 'reference.sqlite3'}"),
        conn_max_age=None,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = sqlite.connection_options(sqlite.use_own_library())
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": ["'self'"]}}
USE_TZ = True

"""Carrying a composed message away: by SMTP, or as a file below the data folder."""

import os
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from ssl import create_default_context
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from guildhall.foundation.kit.faults import fault_point

from .failures import FarSideDown, RefusedForGood, Undeliverable

TIMEOUT_SECONDS: float = settings.MAIL_TIMEOUT


class AskedToWait(Exception):
    """The mail server answered 4xx to this message: not now, perhaps later."""


def carry(message: EmailMessage, *, put_at: datetime) -> None:
    """Send or write ``message``. Raises FarSideDown, RefusedForGood or AskedToWait."""
    if settings.MAIL == "files":
        write(message, put_at=put_at, folder=Path(settings.MAIL_FOLDER))
    else:
        send(message, urlsplit(settings.MAIL))


def write(message: EmailMessage, *, put_at: datetime, folder: Path) -> Path:
    """Write ``message`` whole or not at all; again for the same message replaces its own file."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = message["Message-ID"].strip("<>").partition("@")[0]
    path = folder / f"{put_at.astimezone(UTC):%Y%m%dT%H%M%S.%f}-{mark}.eml"
    half = path.with_suffix(".part")
    with half.open("wb") as file:
        file.write(bytes(message))
        file.flush()
        os.fsync(file.fileno())
    fault_point("email.before_rename")
    half.replace(path)
    _sync_folder(folder)
    return path


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def send(message: EmailMessage, server: SplitResult) -> None:
    """Hand ``message`` to ``server`` (smtp:// or smtps://, with user and password if it wants them)."""
    with _failures_told(), _connection(server) as smtp:
        if server.scheme == "smtp" and smtp.has_extn("starttls"):
            smtp.starttls(context=create_default_context())
            smtp.ehlo()
        if server.username:
            _log_in(smtp, unquote(server.username), unquote(server.password or ""))
        fault_point("email.before_send")
        smtp.send_message(message, **_reports_wanted(smtp, message))
        fault_point("email.after_send")


def _reports_wanted(smtp: smtplib.SMTP, message: EmailMessage) -> dict[str, Any]:
    """Ask to be told what became of ``message``, where reports are read and the server can (RFC 3461)."""
    if not settings.BOUNCES_FOLDER or not smtp.has_extn("dsn"):
        return {}
    mark = str(message["Message-ID"]).strip("<>").partition("@")[0]
    return {
        "mail_options": ["RET=HDRS", f"ENVID={mark}"],
        "rcpt_options": ["NOTIFY=SUCCESS,FAILURE"],
    }


def _connection(server: SplitResult) -> smtplib.SMTP:
    host, name = server.hostname or "localhost", urlsplit(settings.SITE_URL).hostname
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(
            host,
            server.port or 465,
            local_hostname=name,
            timeout=TIMEOUT_SECONDS,
            context=create_default_context(),
        )
    smtp = smtplib.SMTP(host, server.port or 25, local_hostname=name, timeout=TIMEOUT_SECONDS)
    smtp.ehlo()
    return smtp


def _log_in(smtp: smtplib.SMTP, user: str, password: str) -> None:
    try:
        smtp.login(user, password)
    except smtplib.SMTPException as error:
        raise FarSideDown(f"The mail server does not let us in: {error}") from error


@contextmanager
def _failures_told() -> Iterator[None]:
    """smtplib's many failures as our three. Only an answer about this very message is for good."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code, reason = next(iter(error.recipients.values()))
        raise _answer(code, reason, for_good=Undeliverable) from error
    except smtplib.SMTPDataError as error:
        raise _answer(error.smtp_code, error.smtp_error, for_good=Undeliverable) from error
    except smtplib.SMTPSenderRefused as error:
        raise _answer(error.smtp_code, error.smtp_error, for_good=_sender_refused) from error
    except smtplib.SMTPNotSupportedError as error:
        raise RefusedForGood(str(error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise FarSideDown(f"{type(error).__name__}: {error}") from error


def _answer(code: int, reason: bytes | str, *, for_good: Callable[[int, str], Exception]) -> Exception:
    words = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
    if code == 421:
        return FarSideDown(f"421 {words}")
    return for_good(code, words) if code >= 500 else AskedToWait(f"{code} {words}")


def _sender_refused(code: int, words: str) -> Exception:
    """Ours to put right: it says nothing about the reader's address."""
    return RefusedForGood(f"{code} {words}")

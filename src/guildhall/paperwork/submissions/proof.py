"""What proves that a submission is the one that was sent."""

import hashlib
import json

from .models import Submission


def fingerprint(submission: Submission) -> str:
    """SHA-256, in hex, of everything that was sealed, in one canonical spelling."""
    sealed = {
        "reference": submission.reference,
        "version": submission.version_id,
        "sender": submission.sender_id,
        "answers": submission.answers,
        "files": submission.files,
        "texts": submission.texts,
        "subject": submission.subject,
        "language": submission.language,
        "sent_at": submission.sent_at.isoformat(),
    }
    plain = json.dumps(sealed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()

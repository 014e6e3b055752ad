"""The verbs of accounts: registering, signing in, changing one's details."""

from .consent import answer, publish_statement
from .details import (
    NotAllowed,
    WrongOldPassword,
    ask_new_email,
    change_details,
    change_language,
    change_password,
    change_two_step,
    check_old_password,
    confirm_email,
    dismiss_prompt,
    end_sessions,
    invite_to_set_password,
    require_authenticator,
    send_password_link,
    set_password_by_link,
)
from .guards import Shut
from .held_posts import forget_post, hold_post
from .proofs import LinkNoLongerCounts, proof_of_link
from .registration import AddressTaken, agree_to_terms, confirm, register, send_another_code
from .registration import WrongCode as WrongRegistrationCode
from .registration import check_code as check_registration_code
from .sign_in import (
    CodesLocked,
    WrongCode,
    WrongPassword,
    check_code,
    check_password,
    note_entry,
    note_leaving,
    refuse_locked,
    send_code,
    unlock,
)
from .sweeping import sweep

__all__ = [
    "AddressTaken",
    "CodesLocked",
    "LinkNoLongerCounts",
    "NotAllowed",
    "Shut",
    "WrongCode",
    "WrongOldPassword",
    "WrongPassword",
    "WrongRegistrationCode",
    "agree_to_terms",
    "answer",
    "ask_new_email",
    "change_details",
    "change_language",
    "change_password",
    "change_two_step",
    "check_code",
    "check_old_password",
    "check_password",
    "check_registration_code",
    "confirm",
    "confirm_email",
    "dismiss_prompt",
    "end_sessions",
    "forget_post",
    "hold_post",
    "invite_to_set_password",
    "note_entry",
    "note_leaving",
    "proof_of_link",
    "publish_statement",
    "refuse_locked",
    "register",
    "require_authenticator",
    "send_another_code",
    "send_code",
    "send_password_link",
    "set_password_by_link",
    "sweep",
    "unlock",
]

"""The menu of each door, of each account and of the footer, as tables."""

from dataclasses import dataclass

from guildhall.doors.account.letting_in import OWN_PAGES
from guildhall.foundation.access.permissions import Permission

DOORS = ("families", "professionals", "schools", "council")


@dataclass(frozen=True)
class Entry:
    """One entry of a menu: where it leads, its text, who sees it, and which count stands beside it.

    ``panel``: the panel of the families' home that must be on (setting ``tiles.…``).
    ``module``: the module that must be on (setting ``modules.…``).
    """

    url: str
    text: str
    permission: Permission = Permission.HOLD_ACCOUNT
    count: str = ""
    panel: str = ""
    module: str = ""


_SENT = (
    Entry("filling:saved", "shared.Menu_Saved", Permission.FILL_IN_FORMS),
    Entry("filling:submitted", "shared.Menu_Submitted", Permission.FILL_IN_FORMS),
    Entry(
        "inbox:list", "shared.Menu_Messages", Permission.READ_OWN_MESSAGES, count="messages", panel="messages"
    ),
)

# At most six entries a door (pages.md).
MENU: dict[str, tuple[Entry, ...]] = {
    "families": (
        Entry("families:home", "shared.Menu_Home"),
        Entry("families:family", "shared.Menu_Family", Permission.KEEP_FAMILY, panel="family"),
        Entry("families:shared", "send.Shared_Heading", Permission.READ_SHARED),
        *_SENT,
    ),
    "professionals": (
        Entry("professionals:home", "shared.Menu_Home"),
        Entry("professionals:shared", "send.Shared_Heading", Permission.READ_SHARED),
        *_SENT,
    ),
    "schools": (
        Entry("schools:home", "shared.Menu_Home"),
        Entry("schools:account-management", "schools.Accounts_Heading", Permission.USE_SCHOOL),
        Entry("schools:users", "schools.Tile_Users", Permission.MANAGE_SCHOOL_USERS),
        Entry("schools:post", "schools.Link_Post", Permission.USE_SCHOOL, count="post"),
        *_SENT[2:],
    ),
    "council": (
        Entry("council:home", "shared.Menu_Home"),
        Entry("council:review", "shared.Menu_Review", Permission.READ_FORMS, count="review"),
        Entry("council:matching", "shared.Menu_Matching", Permission.MATCH_CHILDREN, count="matching"),
        Entry("council:children", "shared.Menu_Children", Permission.READ_CHILDREN),
        Entry(
            "administration:home", "administration.General_Heading", Permission.EDIT_SETTINGS, module="portal"
        ),
        Entry("posting:list", "schools.Posting_Heading", Permission.PUBLISH_POST),
        Entry("council:status", "administration.Status_Heading", Permission.SEE_STATUS),
        Entry("council:audit", "administration.AuditPage_Heading", Permission.READ_AUDIT),
        Entry("inbox:list", "shared.Menu_Messages", Permission.READ_OWN_MESSAGES, count="messages"),
    ),
}

# The drop-down by somebody's name, at the doors that have one (CP-041), and the menu at the side there.
ACCOUNT_MENU = (
    Entry("account:home", "shared.Header_Account"),
    Entry("filling:saved", "shared.Account_Recover", Permission.FILL_IN_FORMS),
    Entry("filling:submitted", "shared.Account_Submitted", Permission.FILL_IN_FORMS),
    Entry("account:update", "shared.Account_Update"),
)
ACCOUNT_SIDE = (
    Entry("professionals:home", "shared.Account_SideHome"),
    Entry("filling:saved", "shared.Account_SideRecover", Permission.FILL_IN_FORMS),
    Entry("filling:submitted", "shared.Account_SideSubmitted", Permission.FILL_IN_FORMS),
)
MENU_BY_NAME = frozenset({"professionals", "schools"})
# The doors whose sign-in page has words of its own, and those whose people are invited.
OWN_SIGN_IN = frozenset(OWN_PAGES)
INVITED = frozenset({"schools", "council"})
# The two addresses by which social care and early help are known (CP-002): one home page.
KNOWN_BY = {"social-care": "professionals", "early-help": "professionals"}
# What stands last in the trail of an account page.
TRAIL = {
    "filling:saved": "shared.Account_Recover",
    "filling:submitted": "shared.Account_Submitted",
    "account:personal": "account.Personal_Heading",
    "account:contact": "account.Contact_Heading",
    "account:update": "account.Update_Heading",
    "account:change-email": "account.ChangeEmail_Heading",
    "account:new-email": "account.NewEmail_Heading",
    "account:change-password": "account.ChangePassword_Heading",
    "account:secret-question": "account.ChangeSecretQuestion_Heading",
    "account:two-step": "account.TwoStepPage_Heading",
    "account:consent": "account.Consent_Heading",
    "account:withdraw": "account.Withdraw_Heading",
    "account:withdraw-statement": "account.NewStatement_Heading",
    "account:withdraw-decline": "account.WithdrawDecline_Heading",
    "account:language-preference": "account.LanguagePage_Heading",
    "account:emails": "account.Emails_Heading",
    "account:rights": "account.Rights_Heading",
    "account:rights-ask": "account.Rights_Ask",
    "account:ways": "account.Ways_Heading",
    "account:add-app": "account.NewApp_Heading",
    "account:add-passkey": "account.NewPasskey_Heading",
    "account:recovery-codes": "account.NewCodes_Heading",
    "account:rename-way": "account.RenameWay_Heading",
    "account:remove-way": "account.Way_Remove",
    "account:sessions": "account.Sessions_Heading",
}

FOOTER = (
    Entry("families:about", "shared.Footer_About"),
    Entry("families:contact", "shared.Footer_Contact"),
    Entry("families:terms", "shared.Footer_Terms"),
    Entry("families:privacy", "shared.Footer_Privacy"),
    Entry("families:cookies", "shared.Footer_Cookies"),
)

"""Reading how the authority has its documents look."""

from guildhall.foundation.authority import queries as authority

from .document import Look

LOGO = "print-logo"


def look() -> Look:
    """The fonts and the logo that the authority set (SP-233, SP-234)."""
    found = authority.picture(LOGO)
    content = authority.picture_content(LOGO, found[0]) if found else None
    return Look(
        panel_font=str(authority.setting("printing.panel_font")),
        panel_size=int(authority.setting("printing.panel_size")),
        sub_font=str(authority.setting("printing.sub_font")),
        sub_size=int(authority.setting("printing.sub_size")),
        logo=content[0] if content else b"",
    )

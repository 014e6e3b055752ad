"""The secure services behind the one sign-in: which there are, and who may use each. Pure."""

from .models import SchoolPlace

# In the order of the page. The words of "file-transfer" are schools.Secure_FileTransfer and …_Words.
SERVICES = (
    "file-transfer",
    "data-collections",
    "results",
    "register",
    "teacher-services",
    "funding",
    "post-16",
    "performance",
)


def services_of(place: SchoolPlace) -> tuple[str, ...]:
    """Those that the person of ``place`` is authorised for at that school, in order."""
    return tuple(key for key in SERVICES if key in place.secure)

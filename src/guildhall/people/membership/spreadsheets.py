"""What a spreadsheet of users has."""

from guildhall.foundation.loading.spreadsheets import Template

_NEEDED = ("email", "forename", "surname", "job_title")
USERS = Template("schools.Import_", (*_NEEDED, "mobile", "is_admin", "urn"), _NEEDED, most=5_000)

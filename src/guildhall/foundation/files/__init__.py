"""Uploaded files: quarantine, type check, scan, storage, download. Knows no form."""

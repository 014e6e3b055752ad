"""Uploaded files: quarantine, type check, scan, storage, download. Knows no form.

``services.accept_upload`` takes one, ``views.serve`` gives one out, ``queries.state_words`` says where
its check stands.
"""

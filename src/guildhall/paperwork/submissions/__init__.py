"""Drafts that people fill in, and what was sent, which never changes. Decides nothing about a case.

``merging`` joins the saves of two open pages; ``prefill`` writes down what is already known; ``services``
write; ``queries`` start from whose drafts and submissions they are. Carrying a finished draft to an
officer is ``work.intake``.
"""

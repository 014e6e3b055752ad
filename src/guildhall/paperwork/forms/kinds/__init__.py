"""The kinds of question. A kind owns all that follows from it: reading, checking, speaking, drawing.

A new kind is one class here, one line in ``table.py``, its errors in ``texts/shared.yaml``, a row in each
table of its tests and in docs/guides/form-file-format.md.
"""

"""Rows of a file on their way in: kept until somebody has looked at them, then applied once or forgotten.

Knows no room: a room reads its file, says what each row would do (``staging``), and does it.
"""

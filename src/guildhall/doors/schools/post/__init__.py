"""The post that the council sends to a school, as each person there reads, forwards and answers it.

Who sees which item is decided by ``guildhall.mail.post``; these pages only show it.
"""

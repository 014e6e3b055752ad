"""Filling in a form, at whichever door: start, steps, files, summary, sending, receipt, saved and sent forms.

``views`` hold one stretch of the way each; ``pages`` put together what a step shows. Choosing a child or a
form belongs to the families' and professionals' doors; answering an officer to the inbox.
"""

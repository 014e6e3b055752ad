"""The counter: a finished draft is sealed and carried to the room its form names.

``destinations`` is the one table from a form's destination to the team that receives it, ``declarations``
what a sender agrees to, ``services`` the sending itself and the end of drafts that nobody finished.
Reviewing what came in is ``work.cases``.
"""

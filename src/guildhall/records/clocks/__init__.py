"""By when the law wants something done: rule packs as data, and the arithmetic of their dates.

A pack is a file of ``packs/``; what becomes of a step, and who has it, the rooms of work know.
"""

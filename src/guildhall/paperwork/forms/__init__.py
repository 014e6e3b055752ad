"""Form definitions, immutable numbered versions, question kinds, conditions and the Walk.

``definition`` reads a file into its frozen ``shape``; ``walk`` judges answers on it; ``steps`` reads and
draws one page; ``spoken`` says answers in words. Drafts and submissions are another room's.
"""

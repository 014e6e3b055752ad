"""Forms that somebody enters about a child the council knows, or for a family that told them.

``ChildForm``: an officer's form that goes straight to a chronology. ``Keyed``: one from paper or telephone.
"""

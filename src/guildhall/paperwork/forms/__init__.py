"""Form definitions, immutable numbered versions, question kinds, conditions and the Walk."""

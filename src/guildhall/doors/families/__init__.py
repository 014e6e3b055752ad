"""The families' door: home, My Family, forms, messages, My account."""

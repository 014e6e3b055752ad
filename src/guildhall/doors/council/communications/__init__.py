"""The communication log of a case and of a child, and what did not arrive, as officers see them."""

"""The pages of My Traded Services."""

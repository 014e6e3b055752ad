"""The pages of Activities and Events."""

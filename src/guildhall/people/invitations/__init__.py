"""Invitations of professionals: who was asked to have an account, and whether they took it up."""

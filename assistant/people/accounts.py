"""Accounts: who owns a conversation. Until sign-in exists there is one, made for the person at this computer."""

PERSONAL_ACCOUNT = "personal"
"""The account that owns everything on a personal installation."""

"""Practising a conversation: role-play on the dialogue that a case carries."""

"""People: accounts, and later roles, teams, loans and the development log."""

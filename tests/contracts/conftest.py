import assistant.coach.conversations  # noqa: F401  declares its tables

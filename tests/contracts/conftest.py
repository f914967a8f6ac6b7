import assistant.coach.conversations
import assistant.people.bookcase  # noqa: F401  both declare their tables

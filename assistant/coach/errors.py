"""What a person can do about a question or a conversation that the coach cannot work with."""

from knowledge.errors import SalescoachError


class EmptyQuestionError(SalescoachError):
    """The question has no words in it, or far too many."""

    default_hint = "Type a question of one or two sentences."


class ConversationNotFoundError(SalescoachError):
    """The account has no such conversation or turn."""

    default_hint = "It may have been deleted. Start a new conversation."

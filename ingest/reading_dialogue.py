"""Reading the branching conversation of a practice case (docs/content.md): a wrong field is named by its place."""

from pydantic import TypeAdapter, ValidationError

from ingest.front_matter import FieldReader
from knowledge.dialogue import Dialogue

_DIALOGUE = TypeAdapter(Dialogue)


def read_dialogue(reader: FieldReader, checks: int) -> Dialogue | None:
    """Return the conversation of a case with so many checks; None when it carries none.

    Raises:
        InvalidCaseError: a field is missing or wrong, or the conversation cannot be played.
    """
    value = reader.fields.get("dialogue")
    if value is None:
        return None
    try:
        dialogue = _DIALOGUE.validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
        raise reader.wrong(f"dialogue.{place}".rstrip("."), f"is wrong: {first['msg']}") from error
    problem = next(dialogue.problems(checks), None)
    if problem is not None:
        place, what = problem
        raise reader.wrong(f"dialogue.{place}", what)
    return dialogue

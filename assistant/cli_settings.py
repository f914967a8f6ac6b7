"""Reads the settings for the command line, and writes the page that documents them."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic.fields import FieldInfo

from assistant.settings import Settings
from knowledge.errors import SalescoachError

_DEFAULTS = {"home": "the user's data folder, on Linux `~/.local/share/salescoach`"}
"""Defaults that differ between computers, in words."""


class SettingsError(SalescoachError):
    """A setting has a value that cannot be used."""

    default_hint = "See docs/settings.md for each setting's meaning."


def load_settings() -> Settings:
    """Return the settings of this process; raises SettingsError without repeating any value."""
    try:
        return Settings()
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False, include_context=False)[0]
        name = _variable_name(tuple(str(part) for part in problem["loc"]))
        raise SettingsError(f"The setting {name} is not usable: {problem['msg']}.", name=name) from error


def settings_page() -> str:
    """Return docs/settings.md."""
    rows = "\n".join(f"| `{name}` | {default} | {description} |" for name, default, description in _rows())
    return (
        "# Settings\n\n"
        "Set these in the environment or in a file named `.env` in the folder where you start Salescoach. "
        "None is required.\n"
        "`make docs` writes this page from `assistant/settings.py`.\n\n"
        "| setting | default | meaning |\n| --- | --- | --- |\n"
        f"{rows}\n"
    )


def _rows() -> Iterator[tuple[str, str, str]]:
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, BaseModel):
            for inner, inner_field in type(field.default).model_fields.items():
                yield _variable_name((name, inner)), _default(inner, inner_field), inner_field.description or ""
        else:
            yield _variable_name((name,)), _default(name, field), field.description or ""


def _variable_name(path: tuple[str, ...]) -> str:
    """Return the name of the environment variable that sets a field."""
    field = Settings.model_fields.get(path[0])
    alias: Any = field.validation_alias if field else None
    if alias is not None:
        return str(alias.choices[0])
    if path[0].isupper():  # pydantic names aliased fields by their alias
        return path[0]
    return "SALESCOACH_" + "__".join(path).upper()


def _default(name: str, field: FieldInfo) -> str:
    if name in _DEFAULTS:
        return _DEFAULTS[name]
    value = field.get_default()
    shown = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
    return f"`{shown}`" if shown else "empty"

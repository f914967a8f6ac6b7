"""The settings as a person sets them: the variable, whether it is set, and what it means."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import AliasChoices, BaseModel, SecretStr
from pydantic.fields import FieldInfo

from assistant.settings import Settings
from assistant.ui.wording import Wording, table

_CREDENTIALS = re.compile(r"://[^/@\s]+@")


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One environment variable; `value` is empty for a secret and for what is not set."""

    name: str
    value: str
    is_secret_set: bool
    meaning: str


def setting_rows(settings: Settings, wording: Wording) -> list[SettingRow]:
    """Return every setting with its value now; a secret never leaves the settings."""
    dutch = table("settings_nl")
    return [
        SettingRow(
            name=name,
            value="" if isinstance(value, SecretStr) else without_credentials(str(value)),
            is_secret_set=isinstance(value, SecretStr) and bool(value.get_secret_value()),
            meaning=dutch[name] if wording.language == "nl" else field.description or "",
        )
        for name, field, value in _fields(settings)
    ]


def without_credentials(address: str) -> str:
    """Return an address without the user name and password that a database address may hold."""
    return _CREDENTIALS.sub("://***@", address)


def _fields(settings: Settings) -> Iterator[tuple[str, FieldInfo, object]]:
    prefix = str(Settings.model_config.get("env_prefix", ""))
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        if isinstance(value, BaseModel):
            for inner_name, inner in type(value).model_fields.items():
                yield f"{prefix}{name}__{inner_name}".upper(), inner, getattr(value, inner_name)
        elif isinstance(field.validation_alias, AliasChoices):
            yield str(field.validation_alias.choices[0]), field, value
        else:
            yield f"{prefix}{name}".upper(), field, value

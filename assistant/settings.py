"""Every knob on one page, read once at the edge (page script, command line, bench)."""

from pathlib import Path

import platformdirs
from pydantic import AliasChoices, BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ModelSettings(_Section):
    """The language model; without a name or a key the coach works in library mode."""

    name: str = Field(
        default="",
        description="Model name at the endpoint, or gguf:PATH for a local file (extra 'local'). "
        "Empty: gpt-4.1-mini when OPENAI_API_KEY or OPENAI_BASE_URL is set, else library mode.",
    )
    timeout_seconds: float = Field(
        default=60.0, gt=0, description="Longest silence of the endpoint before the coach falls back."
    )
    max_retries: int = Field(default=1, ge=0, description="Retries after a rate limit or a server error.")
    temperature: float = Field(default=0.2, ge=0, le=2, description="Sampling temperature.")
    max_tokens: int = Field(default=900, gt=0, description="Longest answer, in tokens.")


class EmbeddingSettings(_Section):
    """The embedding model; its name is part of the vector collection's identity."""

    model: str = Field(
        default="minilm",
        description="minilm (built in), onnx:FOLDER with model.onnx and tokenizer.json, or openai:NAME.",
    )
    batch_size: int = Field(default=32, gt=0, description="Passages embedded at a time.")


class IngestSettings(_Section):
    """Limits on what is read into the library."""

    max_megabytes: int = Field(default=100, gt=0, description="Largest file that is read, in megabytes.")
    max_characters: int = Field(
        default=20_000_000, gt=0, description="Largest text taken out of one file, in characters."
    )


class Settings(BaseSettings):
    """All settings, from the environment (or an .env file in the working folder)."""

    model_config = SettingsConfigDict(
        env_prefix="SALESCOACH_",
        env_nested_delimiter="__",
        env_file=".env",
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    home: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("salescoach", appauthor=False)),
        description="Folder with the database, the vectors and the word index.",
    )
    language: str = Field(default="", description="nl or en; empty: the browser's language.")
    log_content: bool = Field(default=False, description="Also write question and answer texts to the log.")
    starter: bool = Field(default=True, description="Index the starter library at start-up.")
    database_url: str = Field(
        default="",
        validation_alias=AliasChoices("DATABASE_URL", "database_url"),
        description="SQLAlchemy address of the catalog; empty: SQLite in the home folder.",
    )
    chroma_url: str = Field(
        default="",
        validation_alias=AliasChoices("CHROMA_URL", "chroma_url"),
        description="http(s)://HOST:PORT of a Chroma server; empty: embedded in the home folder.",
    )
    openai_api_key: SecretStr = Field(
        default=SecretStr(""),
        validation_alias=AliasChoices("OPENAI_API_KEY", "openai_api_key"),
        description="Key for the endpoint; may stay empty for local endpoints.",
    )
    openai_base_url: str = Field(
        default="",
        validation_alias=AliasChoices("OPENAI_BASE_URL", "openai_base_url"),
        description="Any OpenAI-compatible endpoint; empty: OpenAI itself.",
    )
    model: ModelSettings = ModelSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    ingest: IngestSettings = IngestSettings()

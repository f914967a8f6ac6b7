"""What can go wrong between the coach and a language model; the coach answers from the library instead."""

from knowledge.errors import SalescoachError


class ModelError(SalescoachError):
    """The language model gave no usable reply."""

    default_hint = "Test the connection on the Status page."


class ModelUnreachableError(ModelError):
    """Nothing answers at the address, or the endpoint fails by itself (HTTP 5xx)."""

    retryable = True
    default_hint = (
        "Check that the endpoint runs and that OPENAI_BASE_URL is right "
        "(it begins with http:// or https:// and mostly ends in /v1)."
    )


class ModelRefusedError(ModelError):
    """The endpoint rejects the request: key, model name, rights or the request itself."""

    default_hint = (
        "Check OPENAI_API_KEY, OPENAI_BASE_URL and SALESCOACH_MODEL__NAME, "
        "and that the model takes at least 8,000 tokens."
    )


class ModelRateLimitedError(ModelError):
    """The endpoint allows no more requests now (HTTP 429)."""

    retryable = True
    default_hint = "Wait a moment and ask again, or look at the limits and the credit of the account at the endpoint."

    def __init__(self, message: str, *, hint: str = "", retry_after: float | None = None, **details: str) -> None:
        super().__init__(message, hint=hint, **details)
        self.retry_after = retry_after
        """Seconds the endpoint asks to wait, where it says so."""


class ModelTimedOutError(ModelError):
    """The endpoint stayed silent for too long, or never came to an end."""

    retryable = True
    default_hint = "Ask again; for a slow (local) model allow a longer silence with SALESCOACH_MODEL__TIMEOUT_SECONDS."


class ModelCutOffError(ModelError):
    """The stream broke, or stopped without saying that it was finished."""

    retryable = True
    default_hint = "Ask again; if it keeps happening, look at the endpoint's log and at proxies in between."


class LocalModelError(ModelError):
    """The model file, or the package that runs it, is missing or unusable."""

    default_hint = (
        "Check the path in SALESCOACH_MODEL__NAME (gguf:PATH) and install the extra: pip install 'salescoach[local]'."
    )

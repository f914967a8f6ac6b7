"""One GET from the web, with limits: the only place where documents are downloaded."""

import time
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

import httpx

from ingest.errors import OversizedDocumentError, WebAddressError, WebUnreachableError
from ingest.limits import IngestLimits

_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; Salescoach)",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/pdf,*/*;q=0.8",
}
_SIGN_IN = frozenset({401, 402, 403, 407, 451})
_FOR_NOW = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a web server answered; `url` is the address that was asked for, without its fragment."""

    url: str
    data: bytes
    media_type: str
    charset: str


def fetch(address: str, limits: IngestLimits) -> Fetched:
    """Return what is at a web address, after redirects.

    Raises:
        WebAddressError: not an http(s) address, or the server refuses.
        WebUnreachableError: no answer, or a temporary refusal; trying again may help.
        OversizedDocumentError: more than the limit.
    """
    url = checked_address(address)
    try:
        with (
            httpx.Client(
                follow_redirects=True,
                max_redirects=limits.max_redirects,
                timeout=limits.request_seconds,
                headers=_HEADERS,
            ) as client,
            client.stream("GET", url) as response,
        ):
            _refuse_failure(url, response.status_code)
            data = _body(url, response, limits)
            media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
            return Fetched(url, data, media_type, response.charset_encoding or "")
    except httpx.TimeoutException as error:
        raise WebUnreachableError(f"{url!r} does not answer in time.", address=url) from error
    except httpx.TooManyRedirects as error:
        raise WebAddressError(f"{url!r} sends on from page to page without end.", address=url) from error
    except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
        raise WebAddressError(f"{url!r} leads to something that is not a web page.", address=url) from error
    except httpx.HTTPError as error:
        raise WebUnreachableError(f"{url!r} cannot be reached: {_reason(error)}.", address=url) from error


def checked_address(address: str) -> str:
    """Return a web address without its fragment.

    Raises:
        WebAddressError: it is not a complete http or https address.
    """
    url = urldefrag(address.strip()).url
    try:
        parts = urlsplit(url)
        is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_web = False
    if not is_web:
        raise WebAddressError(
            f"{address!r} is not a web address.",
            hint="An address begins with http:// or https:// and the name of a site.",
            address=address,
        )
    return url


def _refuse_failure(url: str, status: int) -> None:
    if status < 400:
        return
    if status in _FOR_NOW or status >= 500:
        raise WebUnreachableError(f"{url!r} answers that it cannot serve the page now (status {status}).", address=url)
    if status in _SIGN_IN:
        raise WebAddressError(f"{url!r} asks for a sign-in or refuses programs (status {status}).", address=url)
    raise WebAddressError(
        f"{url!r} does not exist (status {status}).", hint="Check the address in a browser.", address=url
    )


def _body(url: str, response: httpx.Response, limits: IngestLimits) -> bytes:
    # The timeout of the client is for silence; this one is for a server that keeps dripping.
    deadline = time.monotonic() + limits.download_seconds
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_bytes():
        chunks.append(chunk)
        size += len(chunk)
        if size > limits.max_bytes:
            raise OversizedDocumentError(
                f"{url!r} is larger than {limits.max_megabytes} MB.", name=url, limit=str(limits.max_megabytes)
            )
        if time.monotonic() > deadline:
            raise WebUnreachableError(f"{url!r} is too slow: it is still not complete.", address=url)
    return b"".join(chunks)


def _reason(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.ConnectError):
        return "no connection"
    if isinstance(error, httpx.DecodingError):
        return "its answer is damaged"
    return "the connection broke"

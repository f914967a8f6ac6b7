"""Who may call the app: programs on this computer, and pages of this app.

There is no sign-in yet, so the app answers the loopback address only. A web page elsewhere may not reach it through a
name that it points at this computer (the Host header tells), nor post or connect to it across origins.
"""

import ipaddress
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

_POLICY_VIOLATION = 1008
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def is_loopback(host: str) -> bool:
    """Return whether a host name (without port) is this computer."""
    name = host.strip("[]").rstrip(".").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


class LocalOnly:
    """Middleware that refuses foreign hosts, cross-origin writes and cross-origin connections.

    It can guard the routes of `/api` as well as a whole app; the two do not get in each other's way.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        # A connection can carry anything, so it is judged like a write.
        reason = _refusal(str(scope.get("method", "POST")), Headers(scope=scope))
        if not reason:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(_POLICY_VIOLATION, reason)(scope, receive, send)
        else:
            body = {"error": reason, "hint": "Call it on this computer, as http://127.0.0.1 or http://localhost."}
            await JSONResponse(body, status_code=403)(scope, receive, send)


def _refusal(method: str, headers: Headers) -> str:
    host = headers.get("host", "")
    if not is_loopback(_split(f"//{host}").hostname or ""):
        return "This interface answers only on the loopback address."
    if method in _SAFE_METHODS:
        return ""
    origin = headers.get("origin")
    if origin is not None and _split(origin).netloc.lower() != host.lower():
        return "A page of another site may not call this interface."
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return "A page of another site may not call this interface."
    return ""


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # an unclosed bracket, for one
        return urlsplit("")

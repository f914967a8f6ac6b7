"""The `/api` routes: health, search and ask (server-sent events), described at `/api/openapi.json` and `/api/docs`.

The services are synchronous; every call to them runs in a worker thread.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar, assert_never

import anyio
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route

from assistant.api_openapi import documentation_page, openapi_document
from assistant.api_schema import (
    AnswerEvent,
    AskBody,
    ErrorBody,
    HealthBody,
    NoticeEvent,
    PassageBody,
    PassagesEvent,
    SearchBody,
    SearchQuery,
    StepFinishedEvent,
    StepStartedEvent,
    TokenEvent,
)
from assistant.api_security import LocalOnly
from assistant.coach.errors import ConversationNotFoundError, EmptyQuestionError
from assistant.coach.types import AnswerReady, CoachEvent, Notice, PassagesFound, StepFinished, StepStarted, Token
from assistant.people.accounts import PERSONAL_ACCOUNT
from assistant.version import VERSION
from knowledge.errors import LibraryInUseError, SalescoachError
from knowledge.types import SearchFilter

if TYPE_CHECKING:  # the server listens while another thread still loads what is behind the services
    from assistant.services import Services

_LARGEST_BODY = 64 * 1024
_Endpoint = Callable[[Request], Awaitable[Response]]
_Model = TypeVar("_Model", bound=BaseModel)


class _RequestError(SalescoachError):
    """The request cannot be understood; 422 unless it says otherwise."""

    default_hint = "See /api/docs for what each address takes."
    status = 422


class _MediaTypeError(_RequestError):
    status = 415


class _TooLargeError(_RequestError):
    status = 413


def api_routes(services: Callable[[], "Services"]) -> list[BaseRoute]:
    """Return the routes to mount in the app; `services` gives the process's services and may open them."""
    api = _Api(services)
    routes = [
        Route("/health", _answers_errors(api.health)),
        Route("/search", _answers_errors(api.search)),
        Route("/ask", _answers_errors(api.ask), methods=["POST"]),
        Route("/openapi.json", _openapi),
        Route("/docs", _docs),
        Route("/{path:path}", _unknown),
    ]
    return [Mount("/api", routes=routes, middleware=[Middleware(LocalOnly)])]


class _Api:
    """The endpoints over the services."""

    def __init__(self, services: Callable[[], "Services"]) -> None:
        self._services = services

    async def health(self, _request: Request) -> Response:
        """Return counts and the mode."""
        return _json(await run_in_threadpool(self._health))

    async def search(self, request: Request) -> Response:
        """Return passages for the query string."""
        query = _validated(SearchQuery, dict(request.query_params))
        return _json(await run_in_threadpool(self._search, query))

    async def ask(self, request: Request) -> Response:
        """Return the coach's events as they come; failures before the first one are ordinary error answers."""
        body = _validated(AskBody, await _json_of(request))
        events = await run_in_threadpool(self._answer, body)
        first = await run_in_threadpool(next, events, None)
        return StreamingResponse(
            _event_stream(request, events, first),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    def _health(self) -> HealthBody:
        services = self._services()
        counts = services.library.statistics()
        return HealthBody(
            status="ok",
            version=VERSION,
            mode="model" if services.model else "library",
            documents=counts.documents,
            passages=counts.passages,
            pending=counts.pending,
            embedding_model=counts.embedding_model,
            vectors_ready=counts.vectors_ready,
        )

    def _search(self, query: SearchQuery) -> SearchBody:
        where = SearchFilter(
            kinds=(query.kind,) if query.kind else (), languages=(query.language,) if query.language else ()
        )
        result = self._services().library.search(query.q, top=query.top, where=where)
        return SearchBody(
            evidence=result.evidence.value,
            language=result.language,
            passages=tuple(PassageBody.of(hit) for hit in result.hits),
        )

    def _answer(self, body: AskBody) -> Iterator[CoachEvent]:
        return self._services().coach.answer(
            body.question,
            account_id=PERSONAL_ACCOUNT,
            conversation_id=body.conversation_id,
            language=body.language,
        )


async def _event_stream(request: Request, events: Iterator[CoachEvent], first: CoachEvent | None) -> AsyncIterator[str]:
    """Yield server-sent events until the answer, an error, or the caller hangs up; the generator is always closed."""
    event = first
    try:
        while event is not None and not await request.is_disconnected():
            yield _server_sent(*_named(event))
            event = await run_in_threadpool(next, events, None)
    except SalescoachError as error:
        yield _server_sent("error", ErrorBody(error=str(error), hint=error.hint))
    finally:
        with anyio.CancelScope(shield=True):
            await run_in_threadpool(_close, events)


def _close(events: Iterator[CoachEvent]) -> None:
    close = getattr(events, "close", None)
    if close is not None:
        close()


def _named(event: CoachEvent) -> tuple[str, BaseModel]:
    match event:
        case StepStarted():
            return "step_started", StepStartedEvent(step=event.step)
        case StepFinished():
            return "step_finished", StepFinishedEvent(step=event.step, seconds=round(event.seconds, 4))
        case PassagesFound():
            passages = tuple(PassageBody.of(hit) for hit in event.hits)
            return "passages", PassagesEvent(evidence=event.evidence.value, passages=passages)
        case Token():
            return "token", TokenEvent(text=event.text)
        case Notice():
            return "notice", NoticeEvent(kind=event.kind.value)
        case AnswerReady():
            return "answer", AnswerEvent.of_turn(event.turn)
        case _:
            assert_never(event)


def _server_sent(name: str, body: BaseModel) -> str:
    # JSON has no raw line breaks, so that one data line always suffices.
    return f"event: {name}\ndata: {body.model_dump_json()}\n\n"


def _answers_errors(endpoint: _Endpoint) -> _Endpoint:
    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except SalescoachError as error:
            return _json(ErrorBody(error=str(error), hint=error.hint), status=_status(error))

    return guarded


def _status(error: SalescoachError) -> int:
    if isinstance(error, _RequestError):
        return error.status
    if isinstance(error, EmptyQuestionError):
        return 422
    if isinstance(error, ConversationNotFoundError):
        return 404
    return 503 if error.retryable or isinstance(error, LibraryInUseError) else 500


async def _json_of(request: Request) -> bytes:
    # A form of another site can post text without asking first, but not JSON.
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise _MediaTypeError("The body must be JSON.", hint="Send the header Content-Type: application/json.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_BODY:
            raise _TooLargeError(f"The body is larger than {_LARGEST_BODY // 1024} KiB.")
    return bytes(body)


def _validated(model: type[_Model], values: Mapping[str, str] | bytes) -> _Model:
    try:
        if isinstance(values, bytes):
            return model.model_validate_json(values)
        return model.model_validate(values)
    except ValidationError as error:
        raise _RequestError(_sentence(error)) from error


def _sentence(error: ValidationError) -> str:
    parts: list[str] = []
    for problem in error.errors(include_url=False, include_input=False, include_context=False):
        name = ".".join(str(part) for part in problem["loc"])
        parts.append(f"{name!r}: {problem['msg']}" if name else problem["msg"])
    return "; ".join(parts) + "."


def _json(body: BaseModel, status: int = 200) -> Response:
    return Response(
        body.model_dump_json(), status_code=status, media_type="application/json", headers={"Cache-Control": "no-store"}
    )


async def _openapi(_request: Request) -> Response:
    return JSONResponse(openapi_document())


async def _docs(_request: Request) -> Response:
    return HTMLResponse(
        documentation_page(),
        headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"},
    )


async def _unknown(request: Request) -> Response:
    return _json(ErrorBody(error=f"There is nothing at {request.url.path!r}.", hint="See /api/docs."), status=404)

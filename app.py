"""Entry point of the web app: the pages and the routes under /api. Started by `salescoach run`."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from assistant.api import api_routes
from assistant.api_security import LocalOnly
from assistant.ui.services import close_services, get_services, open_services_early


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    open_services_early()
    yield
    close_services()


app = st.App(
    Path(__file__).parent / "assistant" / "ui" / "script.py",
    routes=api_routes(get_services),
    middleware=[Middleware(LocalOnly)],
    lifespan=_lifespan,
)

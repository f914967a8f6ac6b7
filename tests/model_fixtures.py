"""Fixtures for tests that speak to a language model over a real port (`pytest_plugins = ["tests.model_fixtures"]`)."""

from collections.abc import Iterator

import pytest

from tests.servers import FaultyProxy, llama_server


@pytest.fixture(scope="session")
def llama_url() -> Iterator[str]:
    """The address of a real llama.cpp server with a small model; mark such tests `model_server`."""
    with llama_server() as url:
        yield url


@pytest.fixture
def faulty_endpoint() -> Iterator[FaultyProxy]:
    """An endpoint with scripted replies that fails on order."""
    with FaultyProxy() as endpoint:
        yield endpoint


@pytest.fixture
def faulty_llama(llama_url: str) -> Iterator[FaultyProxy]:
    """The real llama.cpp server behind a proxy that fails on order; mark such tests `model_server`."""
    with FaultyProxy(upstream=llama_url, longest_message=400) as endpoint:
        yield endpoint

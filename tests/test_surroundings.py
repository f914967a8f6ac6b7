"""The surroundings of the tests themselves: no network, and servers that are real."""

import os
import socket
from pathlib import Path

import httpx
import pytest


def test_sockets_reach_this_machine_only() -> None:
    with pytest.raises(OSError, match="do not look up"):
        socket.create_connection(("example.org", 80), timeout=1)
    with (
        socket.socket() as probe,
        pytest.raises(RuntimeError, match="connect"),
        pytest.warns(UserWarning, match="connect"),
    ):
        probe.connect(("192.0.2.1", 80))


def test_environment_carries_no_settings_of_the_developer(tmp_path: Path) -> None:
    names = [name for name in os.environ if name.startswith(("OPENAI_", "SALESCOACH_"))]

    assert names == ["SALESCOACH_HOME"]
    assert Path(os.environ["SALESCOACH_HOME"]).is_relative_to(tmp_path)


@pytest.mark.postgres
def test_postgres_gives_each_test_a_database(postgres_database: str) -> None:
    import sqlalchemy as sa

    engine = sa.create_engine(postgres_database)
    with engine.connect() as connection:
        assert connection.execute(sa.text("select count(*) from pg_stat_user_tables")).scalar() == 0
    engine.dispose()


@pytest.mark.chroma_server
def test_chroma_server_answers(chroma_url: str) -> None:
    assert httpx.get(f"{chroma_url}/api/v2/heartbeat").status_code == 200

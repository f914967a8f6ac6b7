"""Opens the SQL database (SQLite or PostgreSQL) and brings its schema up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Session

from knowledge.errors import StoreError

_MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


class Base(DeclarativeBase):
    """The tables of all packages share one schema; migrations/ builds it."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def open_database(url: str) -> sa.Engine:
    """Return an engine on a database with the newest schema; raises StoreError when it cannot be opened."""
    engine = sa.create_engine(_with_driver(url), pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
    with database_errors(engine):
        migrate(engine)
    return engine


def migrate(engine: sa.Engine, revision: str = "head") -> None:
    """Bring the schema to a revision; does nothing when it is there."""
    if revision == "head" and _schema_revision(engine) == _newest_revision():
        return
    # Imported here: it takes a quarter of a second, which only a change of schema is worth.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _schema_revision(engine: sa.Engine) -> str:
    """Return the revision a database is at; empty for a new one."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return ""
        return connection.scalar(sa.text("SELECT version_num FROM alembic_version")) or ""


def _newest_revision() -> str:
    """Return the newest revision; the files of the revisions begin with their number."""
    return max(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


@contextmanager
def database_errors(engine: sa.Engine) -> Iterator[None]:
    """Turn what the driver raises into StoreError, naming the database without its password."""
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.DatabaseError) as error:
        address = engine.url.render_as_string(hide_password=True)
        raise StoreError(f"The database {address} cannot be used: {error.orig}", address=address) from error


@contextmanager
def transaction(engine: sa.Engine) -> Iterator[Session]:
    """One short transaction: committed at the end, rolled back on an error; driver errors become StoreError."""
    with database_errors(engine), Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


def _with_driver(url: str) -> str:
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    return url


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """Switch on what SQLite leaves off: concurrent readers, foreign keys, patience with a writer."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000", "synchronous=NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()

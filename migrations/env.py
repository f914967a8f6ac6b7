"""Runs migrations on the connection that knowledge.database hands over."""

from alembic import context

from knowledge.database import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()

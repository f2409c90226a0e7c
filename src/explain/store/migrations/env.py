"""What Alembic runs for every migration, within the transaction that ``explain.store.migrate`` has begun."""

from alembic import context

from explain.store.schema import METADATA


def run() -> None:
    """Run the migrations Alembic was asked for."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
    with context.begin_transaction():
        context.run_migrations()


# Alembic loads this file under the name "env_py"; imported by anybody else it does nothing.
if __name__ == "env_py":
    run()

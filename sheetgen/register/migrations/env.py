"""Run migrations on the connection that the register gives, within its transaction."""

from __future__ import annotations

from alembic import context

from sheetgen.register.register_tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()

"""The register's migrations, run by Alembic when a register is opened for writing."""

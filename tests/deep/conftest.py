"""Registers in both kinds of database, for the deep tests that close sessions."""

from __future__ import annotations

from register_fixtures import address, postgresql

__all__ = ["address", "postgresql"]

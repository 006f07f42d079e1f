"""Kinds of problem found in returns (placeholder, filled by its owner)."""

from __future__ import annotations

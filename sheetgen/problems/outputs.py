"""Kinds of problem found in outputs (placeholder, filled by its owner)."""

from __future__ import annotations

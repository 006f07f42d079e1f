"""The browser of the desk's tests: one for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browsers import opened_browser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give the system's Chromium."""
    with opened_browser() as opened:
        yield opened

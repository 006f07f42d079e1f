"""Faces that import late give what they promise."""

from __future__ import annotations

import pytest

from sheetgen.late import late


def test_a_face_may_not_give_a_name_that_is_a_module_too() -> None:
    """Importing the module would put it in the place of what it holds."""
    with pytest.raises(ValueError, match=r"pages: both a module and what one holds: write"):
        late("pages", write=("write", "Writer"))

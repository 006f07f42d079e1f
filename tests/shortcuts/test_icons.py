"""The icon: as its script draws it, in the forms that each system asks for."""

from __future__ import annotations

import make_icon
from PIL import Image


def test_the_icon_is_what_the_script_draws() -> None:
    """`python scripts/make_icon.py` brings a file that differs up to date."""
    drawn = (make_icon.ICONS / "sheetgen.svg").read_text(encoding="utf-8")
    assert drawn == make_icon.render_svg()
    with Image.open(make_icon.ICONS / "sheetgen.png") as picture:
        assert picture.size == (256, 256)
        assert picture.getpixel((128, 20)) == (0x1F, 0x4E, 0x79, 255)
    for name, largest in (("sheetgen.ico", (256, 256)), ("sheetgen.icns", (256, 256, 1))):
        with Image.open(make_icon.ICONS / name) as picture:
            assert largest in picture.info["sizes"]

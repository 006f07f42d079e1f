"""Draw the icon of the desk's shortcuts: a grid with a tick, as SVG and as pictures of each system.

`python scripts/make_icon.py` writes them into `sheetgen/shortcuts/icons`. All are drawn from the
shapes below, on a square of 256.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from sheetgen.excel import palette

ICONS = Path(__file__).parent.parent / "sheetgen" / "shortcuts" / "icons"
SIDE = 256
_FINER = 4
"""Pictures are drawn so many times larger, then made smaller: their edges are smooth."""
_ICNS_SIZES = {b"ic11": 32, b"ic12": 64, b"ic07": 128, b"ic08": 256}
_ICO_SIZES = [(side, side) for side in (16, 24, 32, 48, 64, 256)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle with rounded corners."""

    left: int
    top: int
    width: int
    height: int
    radius: int
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A line with round ends."""

    points: tuple[tuple[int, int], ...]
    width: int
    colour: str


def shapes() -> tuple[Box | Stroke, ...]:
    """Return the shapes of the icon, the lowest first."""
    ground = Box(left=8, top=8, width=240, height=240, radius=48, colour=palette.PRIMARY)
    cells = tuple(
        Box(
            left=left,
            top=top,
            width=width,
            height=36,
            radius=8,
            colour=palette.WHITE if row else palette.BAR,
        )
        for row, top in enumerate((52, 100, 148))
        for left, width in ((48, 68), (128, 80))
    )
    tick = ((132, 166), (162, 196), (216, 128))
    return (
        ground,
        *cells,
        Stroke(points=tick, width=44, colour=palette.PRIMARY),
        Stroke(points=tick, width=24, colour="7BC67E"),
    )


def render_svg() -> str:
    """Return the icon as SVG."""
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">']
    for shape in shapes():
        if isinstance(shape, Box):
            lines.append(
                f'<rect x="{shape.left}" y="{shape.top}" width="{shape.width}" '
                f'height="{shape.height}" rx="{shape.radius}" fill="#{shape.colour}"/>'
            )
        else:
            points = " ".join(f"{x},{y}" for x, y in shape.points)
            lines.append(
                f'<polyline points="{points}" fill="none" stroke="#{shape.colour}" '
                f'stroke-width="{shape.width}" stroke-linecap="round" stroke-linejoin="round"/>'
            )
    return "\n".join([*lines, "</svg>", ""])


def draw() -> Image.Image:
    """Return the icon as a picture."""
    image = Image.new("RGBA", (SIDE * _FINER, SIDE * _FINER))
    pen = ImageDraw.Draw(image)
    for shape in shapes():
        colour = f"#{shape.colour}"
        if isinstance(shape, Box):
            left, top = shape.left * _FINER, shape.top * _FINER
            right, bottom = left + shape.width * _FINER, top + shape.height * _FINER
            pen.rounded_rectangle((left, top, right, bottom), shape.radius * _FINER, colour)
        else:
            points = [(x * _FINER, y * _FINER) for x, y in shape.points]
            pen.line(points, colour, shape.width * _FINER)
            half = shape.width * _FINER // 2
            for x, y in points:
                pen.ellipse((x - half, y - half, x + half, y + half), colour)
    return image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def _icns(image: Image.Image) -> bytes:
    """Return the picture as macOS keeps it; Pillow would add sizes that weigh ten times these."""
    parts = b""
    for kind, side in _ICNS_SIZES.items():
        png = BytesIO()
        image.resize((side, side), Image.Resampling.LANCZOS).save(png, "PNG", optimize=True)
        parts += kind + (8 + png.tell()).to_bytes(4, "big") + png.getvalue()
    return b"icns" + (8 + len(parts)).to_bytes(4, "big") + parts


def main() -> None:
    """Write the four files."""
    ICONS.mkdir(exist_ok=True)
    (ICONS / "sheetgen.svg").write_text(render_svg(), encoding="utf-8")
    image = draw()
    image.save(ICONS / "sheetgen.png", optimize=True)
    image.save(ICONS / "sheetgen.ico", sizes=_ICO_SIZES)
    (ICONS / "sheetgen.icns").write_bytes(_icns(image))


if __name__ == "__main__":
    main()

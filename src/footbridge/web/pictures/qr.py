"""A link as a square that a telephone reads."""

from __future__ import annotations

from html import escape

import segno

from footbridge.web.pictures.svg import Svg

# Four modules of white all around, as ISO/IEC 18004 asks: without them a camera may not find it.
QUIET = 4


def qr_code(text: str, title: str) -> Svg:
    """The square, dark on white whatever the page is, for it is read by a camera.

    >>> qr_code("https://example.org/door/a", "Open the door").startswith("<svg")
    True
    """
    code = segno.make(text, error="m", micro=False)
    side = code.symbol_size(border=QUIET)[0]
    drawn = code.svg_inline(
        border=QUIET, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    marks = drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")]
    return Svg(
        f'<svg class="qr" viewBox="0 0 {side} {side}" role="img" aria-label="{escape(title)}"'
        f' shape-rendering="crispEdges">{marks}</svg>'
    )

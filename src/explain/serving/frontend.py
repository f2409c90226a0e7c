"""The pieces of the front end that every page needs, handed out as one file.

Voilà's front end and its extensions are built by webpack in pieces, which a page asks for as it finds out that it needs
them: seventy requests, one behind the other, which cost a page on a slow line seconds. A piece only puts itself on a
list (``webpackChunk…``); what stands there before the front end starts, it does not ask for. So all pieces that a page
of widgets needs are put together, each in a function of its own, since some are strict and some are not.

What is named here and not there (another version) is left out, and what is there and not named here is asked for as
ever: nothing breaks, and ``tests/browser/test_pieces.py`` says so.
"""

from __future__ import annotations

from typing import Final

TOGETHER: Final = "voila/static/together.js"
"""Where they are handed out."""

_CORE: Final = (
    "73 143 431 457 630 1187 1601 1621 1670 2930 3144 3249 3307 3311 3459 3649 3916 3989 3992 4041 4135 4173 4222 "
    "4653 4729 4972 5044 5312 5688 5764 5767 6008 6049 6382 6468 6573 7155 7483 7556 7598 7770 7883 8017 8135 "
    "8487 8766 8773 8862 8925 9081 9151 9212 9582 9684 9890 9981"
)
_EXTENSIONS: Final = (
    "voila/labextensions/anywidget/static/2.3dbf81c0.js",
    "voila/labextensions/@jupyter-widgets/jupyterlab-manager/static/32.3281b05d23655ae8.js",
    "voila/labextensions/@jupyter-widgets/jupyterlab-manager/static/7.2a0ce575775f5aad.js",
    "voila/labextensions/@jupyter-widgets/jupyterlab-manager/static/170.3ff9ceddc3770116.js",
    "voila/labextensions/@jupyter-widgets/jupyterlab-manager/static/704.6a820cc839aca480.js",
    "voila/labextensions/anywidget/static/528.d9f5934c.js",
    "voila/labextensions/@jupyter-widgets/jupyterlab-manager/static/452.1926530ab7f8e046.js",
    "voila/labextensions/@jupyter-widgets/jupyterlab-manager/static/84.09c61a35dce1705f.js",
    "voila/labextensions/@jupyter-widgets/jupyterlab-manager/static/967.38afcd794ba10728.js",
    "voila/labextensions/@voila-dashboards/widgets-manager8/static/496.ad7666673ba278088e95.js",
    "voila/labextensions/@jupyter-widgets/jupyterlab-manager/static/160.235911d8e26dc735.js",
    "voila/labextensions/@voila-dashboards/widgets-manager8/static/883.369fbd92285483263252.js",
    "voila/labextensions/@jupyter-widgets/jupyterlab-manager/static/718.a7a3f80ef4813fab.js",
    "voila/labextensions/@jupyter-widgets/jupyterlab-manager/static/121.5c5a442bc10a67ee.js",
)
PIECES: Final = (*(f"voila/static/{name}.voila.js" for name in _CORE.split()), *_EXTENSIONS)
"""The pieces, by address, of the versions in docs/decisions/rests-on.md."""

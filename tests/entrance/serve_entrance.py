"""Serve the training's entrance before two small pages: ``python serve_entrance.py DATA``."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from explain.apps.site import training_site
from explain.serving.listening import address, listening, serve
from explain.serving.site import Page
from explain.store import prepare

HERE = Path(__file__).parent


def main() -> None:
    """Serve until a signal comes; the second line printed is the first trainer's token."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    sockets = listening("127.0.0.1", 0)
    url = f"{address('127.0.0.1', sockets)}/"
    database = f"sqlite:///{data / 'skoen.sqlite'}"
    prepare(database)
    served = training_site(data, database, addresses=(url,))
    titles = {"da": "Prøve", "en": "Trial"}
    pages = (
        Page("", HERE / "everybody.ipynb", titles),
        Page("trainer", HERE / "trainer.ipynb", titles, for_role=True),
    )
    serve(
        replace(served.site, pages=pages),
        sockets,
        data=data,
        announce=lambda: print(f"at {url}\n{served.first_link(False)}", flush=True),
    )


if __name__ == "__main__":
    main()

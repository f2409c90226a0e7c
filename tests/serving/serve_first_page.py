"""Serve the test page: ``python serve_first_page.py DATA [BASE_URL [HOST]]``."""

import sys
from pathlib import Path

from explain.serving.listening import address, listening, serve
from explain.serving.site import Page, Site, Wording

HERE = Path(__file__).parent

DANISH = Wording(
    waiting="Siden gøres klar.",
    slow="Det tager længere tid end ventet.",
    noscript="Siden kræver JavaScript.",
    lost="Ingen forbindelse.",
    ended="Siden skal hentes igen.",
    resume="Genoptag",
    not_found_title="Siden findes ikke",
    not_found="Der er ingen side på denne adresse.",
    failed_title="Noget gik galt",
    failed="Prøv igen.",
    home="Til forsiden",
)
ENGLISH = Wording(
    waiting="The page is being made ready.",
    slow="This takes longer than expected.",
    noscript="The page needs JavaScript.",
    lost="No connection.",
    ended="The page must be loaded again.",
    resume="Resume",
    not_found_title="There is no such page",
    not_found="There is no page at this address.",
    failed_title="Something went wrong",
    failed="Try again.",
    home="To the first page",
)


def main(data: str, base_url: str = "/", host: str = "127.0.0.1") -> None:
    """Serve until a signal comes."""
    site = Site(
        pages=(
            Page("", HERE / "first.ipynb", {"da": "Første side", "en": "First page"}),
            Page("i-stykker", HERE / "broken.ipynb", {"da": "I stykker", "en": "Broken"}),
            Page("faldet/om", HERE / "died.ipynb", {"da": "Faldet om", "en": "Died"}),
        ),
        wording={"da": DANISH, "en": ENGLISH},
        environment={"SKOEN_DATA": data},
    )
    sockets = listening(host, 0)
    base = address(host, sockets) + base_url
    serve(site, sockets, data=Path(data), base_url=base_url, announce=lambda: print(f"at {base}", flush=True))


if __name__ == "__main__":
    main(*sys.argv[1:])

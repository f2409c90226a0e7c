"""Serve the test page: ``python serve_first_page.py DATA``; ``--help`` tells the rest."""

import argparse
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
    rested_title="Pause",
    rested="Siden holder pause.",
    go_on="Fortsæt",
    full_title="Fuldt hus",
    full="Alle pladser er taget.",
    again="Prøv igen nu",
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
    rested_title="A rest",
    rested="The page is paused.",
    go_on="Continue",
    full_title="Full house",
    full="All places are taken.",
    again="Try again now",
    home="To the first page",
)


def main() -> None:
    """Serve until a signal comes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--base-url", default="/")
    parser.add_argument("--stock", action="store_true")
    parser.add_argument("--seats", type=int, default=120)
    parser.add_argument("--ready", type=int, default=0)
    parser.add_argument("--first", default="first.ipynb")
    parser.add_argument("--dashboards", type=Path, default=HERE)
    asked = parser.parse_args()
    site = Site(
        pages=(
            Page("", asked.dashboards / asked.first, {"da": "Første side", "en": "First page"}),
            Page("i-stykker", HERE / "broken.ipynb", {"da": "I stykker", "en": "Broken"}),
            Page("faldet/om", HERE / "died.ipynb", {"da": "Faldet om", "en": "Died"}),
            Page("givet", HERE / "visitors.ipynb", {"da": "Givet", "en": "Given"}),
            Page("traade", HERE / "threads.ipynb", {"da": "Tråde", "en": "Threads"}),
        ),
        wording={"da": DANISH, "en": ENGLISH},
        environment={"SKOEN_DATA": str(asked.data)},
    )
    sockets = listening("127.0.0.1", 0)
    serve(
        site,
        sockets,
        data=asked.data,
        base_url=asked.base_url,
        announce=lambda: print(f"at {address('127.0.0.1', sockets)}{asked.base_url}", flush=True),
        stock=asked.stock,
        seats=asked.seats,
        ready=asked.ready,
        proxied=True,
    )


if __name__ == "__main__":
    main()

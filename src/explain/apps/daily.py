"""What the server does once when it starts, and then once a day."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

DAY_SECONDS: Final = 24 * 60 * 60


@contextmanager
def daily(chore: Callable[[], None], *, every: float = DAY_SECONDS) -> Iterator[None]:
    """Do a chore beside what is done in the block: at its beginning, and again and again.

    What goes wrong is logged by its kind alone, since it may speak of what people wrote, and tried again the next time.

    Parameters
    ----------
    chore
        What is done, in a thread of its own.
    every
        Seconds from one end to the next beginning.
    """
    over = threading.Event()

    def work() -> None:
        while True:
            try:
                chore()
            except Exception as error:
                logging.getLogger("skoen").warning("the daily chore failed: %s", type(error).__name__)
            if over.wait(every):
                return

    thread = threading.Thread(target=work, name="daily", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()

"""``skoen card``: a model's card, in Danish and English, made from the files the model is made of."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

REFUSED: Final = 2
MODELS: Final = ("pilot1", "pilot2")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = "Print a model's card (Markdown): the eight topics that are owed, in Danish and English."
    parser.add_argument("model", choices=MODELS)
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write; without it, to the screen")


def run(args: argparse.Namespace) -> int:
    """Write the card and return the exit code, 0 or 2."""
    from explain.apps.card_text import card

    text = card(args.model)
    if args.out is None:
        sys.stdout.write(text)
        return 0
    try:
        args.out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        print(f"skoen card: {args.out}: {error.strerror or error}", file=sys.stderr)
        return REFUSED
    return 0

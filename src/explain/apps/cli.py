"""The command ``skoen``.

A command is a module with ``add_arguments(parser)`` and ``run(args) -> int``. It is imported only when it is asked for,
so that ``skoen --help`` answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from typing import Final


@dataclass(frozen=True, slots=True)
class Command:
    """One command: the module that does it, and what it does in a line."""

    module: str
    summary: str


COMMANDS: Final = {
    "score": Command("explain.apps.score", "score a CSV file or a case set by a model"),
    "register": Command("explain.apps.register", "make a synthetic register from a seed"),
    "table4": Command("explain.apps.table4", "compare the four models of Pilot #2 on synthetic registers"),
    "train": Command("explain.apps.train", "make Pilot #2's model again from its seed"),
    "card": Command("explain.apps.card", "print a model's card"),
    "check-cases": Command("explain.apps.check_cases", "list every fault in the cases of a folder"),
    "print": Command("explain.apps.print_cases", "write cases, criteria and the programme as pages to print"),
    "check-text": Command("explain.apps.check_text", "print what in a text may point to a real person"),
    "pseudonymise": Command("explain.apps.pseudonymise", "take what identifies out of a table, and report it"),
    "rehearse": Command("explain.apps.rehearse", "fill a session with bots, as a rehearsal of a class"),
    "serve": Command("explain.apps.serve", "serve the training to browsers"),
}

INTERRUPTED: Final = 130
"""Exit code after Ctrl-C, as shells give it (128 + SIGINT)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``skoen`` and return its exit code: 0 done, 2 refused with a message, nothing written.

    Parameters
    ----------
    argv
        The words after ``skoen``; without it, those of this process.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    args = _parser(words[:1]).parse_args(words)
    try:
        return int(args.run(args))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has left, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser(asked: Sequence[str]) -> argparse.ArgumentParser:
    """Return a parser that knows all commands by name, and the one ``asked`` for in full."""
    parser = argparse.ArgumentParser(
        prog="skoen", description="Skøn: practise judgement beside a statistical risk score. For teaching only."
    )
    parser.add_argument("--version", action="version", version=f"skoen {version('skoen')}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        words = commands.add_parser(name, help=command.summary, description=command.summary.capitalize() + ".")
        if name in asked:
            module = import_module(command.module)
            module.add_arguments(words)
            words.set_defaults(run=module.run)
    return parser

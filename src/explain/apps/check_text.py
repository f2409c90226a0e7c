"""``skoen check-text FILE``: for every line of a text, what in it may point to a real person, as one line of JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from explain.guards import find


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = """\
Print, for every line of a UTF-8 text, what in it may point to a real person, as one line of JSON:

  {"line": 1, "findings": [{"kind": "cpr", "start": 4, "end": 15, "action": "refuse"}]}

Lines count from 1; start is the first character, from 0, and end the one after the last. What is found is not printed.
kind is cpr, phone, email, web, address, birth_date, date (action refuse), or name, institution, town (action ask).
A rare name, or facts that together fit one family only, are not found.

The exit code is 0 when the text was checked, whatever was found, and 2 with a message when it cannot be read."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a text in UTF-8")
    parser.add_argument(
        "--keep", action="append", default=[], metavar="WORD", help="an ordinary word not to ask about; may be repeated"
    )


def run(args: argparse.Namespace) -> int:
    """Print the findings in ``args.file`` and return the exit code, 0 or 2."""
    try:
        text = args.file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        print(f"skoen check-text: {args.file}: {error.strerror or error}", file=sys.stderr)
        return 2
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        print(
            f"skoen check-text: {args.file}: must be UTF-8, but is not in line {line}; save it as UTF-8",
            file=sys.stderr,
        )
        return 2
    lines = text.split("\n")
    for number, line in enumerate(lines[:-1] if lines[-1] == "" else lines, start=1):
        findings = [found.as_json() for found in find(line.removesuffix("\r"), kept=args.keep)]
        print(json.dumps({"line": number, "findings": findings}))
    return 0

"""``python -m bench``: open many pages at once against a running server, or one of its own."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
from contextlib import nullcontext
from pathlib import Path

import psutil

from bench.pages import open_pages
from bench.server import skoen


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="What opening many pages at once costs.")
    parser.add_argument("--pages", type=int, default=10, metavar="N", help="pages opened at once (default: 10)")
    parser.add_argument(
        "--url", help="a running server's address; without it one is started, with an empty data folder"
    )
    parser.add_argument("--pid", type=int, help="the process of that server, to measure its CPU and memory")
    parser.add_argument("--path", default="", help="the page's path (default: the first page)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure of every page there")
    args = parser.parse_args()
    with nullcontext() if args.url else skoen() as own:
        address = own.url if own else args.url
        pid = own.process.pid if own else args.pid
        costs = asyncio.run(open_pages(address, args.pages, args.path, psutil.Process(pid) if pid else None))
    print(costs.table())
    if args.json:
        args.json.write_text(json.dumps({"machine": machine(), **costs.as_dict()}, indent=1) + "\n", encoding="utf-8")


def machine() -> dict[str, object]:
    """Describe the machine the figures hold for."""
    return {
        "system": platform.system(),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
    }


if __name__ == "__main__":
    main()

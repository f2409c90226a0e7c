"""Open many pages at once and say what they cost."""

from __future__ import annotations

import asyncio
import statistics
import time
import uuid
from dataclasses import asdict, dataclass
from typing import Any

import psutil

from bench.client import Browser, OpenPage
from bench.server import kernels_of


@dataclass(frozen=True)
class PageCost:
    """What one page cost: seconds since its start, counts, bytes; CPU seconds and private bytes of its kernel."""

    page_s: float
    socket_s: float
    states_s: float
    answered_s: float
    click_s: float
    widgets: int
    state_bytes: int
    wire_bytes: int
    html_bytes: int
    kernel_cpu_s: float | None
    kernel_private_bytes: int | None


@dataclass(frozen=True)
class Costs:
    """What all pages cost, and what the server cost beside its kernels while they opened."""

    pages: tuple[PageCost, ...]
    server_cpu_s: float | None
    server_private_bytes: int | None

    def as_dict(self) -> dict[str, object]:
        """Return everything, for a JSON file."""
        return {**asdict(self), "summary": dict(self.summary())}

    def summary(self) -> list[tuple[str, str]]:
        """Return the figures of the table, by their names."""
        interactive = sorted(page.answered_s for page in self.pages)
        click = sorted(page.click_s for page in self.pages)
        return [
            ("pages opened at once", str(len(self.pages))),
            ("interactive, first page", f"{interactive[0]:.2f} s"),
            ("interactive, median", f"{statistics.median(interactive):.2f} s"),
            ("interactive, last page", f"{interactive[-1]:.2f} s"),
            ("  page received, median", f"{statistics.median(page.page_s for page in self.pages):.2f} s"),
            ("  websocket up, median", f"{statistics.median(page.socket_s for page in self.pages):.2f} s"),
            ("  states received, median", f"{statistics.median(page.states_s for page in self.pages):.2f} s"),
            ("first press answered, median", f"{1000 * statistics.median(click):.0f} ms"),
            ("widgets per page", f"{statistics.mean(page.widgets for page in self.pages):.0f}"),
            ("states per page", f"{statistics.mean(page.state_bytes for page in self.pages) / 1e3:.1f} kB"),
            ("page itself", f"{statistics.mean(page.html_bytes for page in self.pages) / 1e3:.1f} kB"),
            ("on the wire per page", f"{statistics.mean(page.wire_bytes for page in self.pages) / 1e3:.1f} kB"),
            ("CPU per kernel", _mean([page.kernel_cpu_s for page in self.pages], 1, "s")),
            ("private memory per kernel", _mean([page.kernel_private_bytes for page in self.pages], 2**20, "MiB")),
            ("CPU of the server per page", _mean([self.server_cpu_s], len(self.pages), "s")),
            ("private memory of the server", _mean([self.server_private_bytes], 2**20, "MiB")),
        ]

    def table(self) -> str:
        """Return the figures as lines of text."""
        rows = self.summary()
        width = max(len(name) for name, _ in rows)
        return "\n".join(f"{name:<{width}}  {figure:>12}" for name, figure in rows)


async def open_pages(address: str, count: int, path: str = "", server: psutil.Process | None = None) -> Costs:
    """Open ``count`` pages in the same instant, click once on each, measure, and close them.

    Parameters
    ----------
    address
        The server's base address.
    count
        How many pages, each in a browser of its own.
    path
        Which page.
    server
        The server's process, if it runs on this machine; without it CPU and memory are not measured.
    """
    cpu_before = _cpu(server) if server else 0.0
    opened = await asyncio.gather(*(_open(address, path) for _ in range(count)))
    server_cpu = _cpu(server) - cpu_before if server else None
    kernels = kernels_of(server) if server else {}
    costs = tuple(_cost(page, kernels.get(page.kernel_id[:8])) for page in opened)
    memory = server.memory_full_info().uss if server else None
    await asyncio.gather(*(page.close() for page in opened))
    return Costs(costs, server_cpu, memory)


async def _open(address: str, path: str) -> OpenPage:
    page = await Browser(address).open(path)
    began = time.perf_counter()
    await page.answered(await press(page))
    page.seconds["click"] = time.perf_counter() - began
    page.seconds["answered"] = time.perf_counter() - page.began
    return page


async def press(page: OpenPage) -> str:
    """Press the first thing that can be pressed, as its view does, and return the message's id.

    That is a form of the training, filled with its drafts or first choices (its answer comes after it was stored);
    else a button; and where there is neither, the kernel is asked for something it always answers.
    """
    for model, state in page.states.items():
        if state.get("fields") and state.get("key"):
            drafts = {name: draft["value"] for name, draft in state["drafts"].items()}
            values = {field["name"]: drafts.get(field["name"]) or _first_choice(field) for field in state["fields"]}
            sent = {"key": state["key"], "command_id": uuid.uuid4().hex, "browser_time": int(1000 * time.time())}
            return await page.say(model, type="send", values=values, **sent)
    for model in page.models("ButtonModel"):
        if not page.states[model].get("disabled"):
            return await page.click(model)
    return await page.send("comm_info_request", {})


def _first_choice(field: dict[str, Any]) -> str:
    return str(field["options"][0]["value"]) if field.get("options") else ""


def _cost(page: OpenPage, kernel: psutil.Process | None) -> PageCost:
    return PageCost(
        page_s=page.seconds["page"],
        socket_s=page.seconds["socket"],
        states_s=page.seconds["states"],
        answered_s=page.seconds["answered"],
        click_s=page.seconds["click"],
        widgets=len(page.states),
        state_bytes=max(len(part) for part in page.received[1:]),
        wire_bytes=page.bytes_received,
        html_bytes=len(page.html.encode()),
        kernel_cpu_s=None if kernel is None else _cpu(kernel),
        kernel_private_bytes=None if kernel is None else kernel.memory_full_info().uss,
    )


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def _mean(values: list[float | None] | list[int | None], unit: float, name: str) -> str:
    known = [value for value in values if value is not None]
    return f"{statistics.mean(known) / unit:.2f} {name}" if known else "not measured"

"""A line between browser and server that can be cut, dropped and delayed, as wifi does to a class.

Chromium's own offline mode leaves an open websocket open, so what it shows is not what a classroom does.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit


class Line:
    """A TCP proxy in a thread of its own.

    Parameters
    ----------
    target
        The server's address, such as ``http://127.0.0.1:8866/``.
    """

    def __init__(self, target: str) -> None:
        self._host, self._port = urlsplit(target).hostname or "", urlsplit(target).port or 80
        self._loop = asyncio.new_event_loop()
        self._whole = asyncio.Event()
        self._delay = 0.0
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def start(self) -> str:
        """Start to listen, and return the address that leads through the line."""
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self._take, "127.0.0.1", 0), self._loop
        ).result()
        self._loop.call_soon_threadsafe(self._whole.set)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/"

    def stop(self) -> None:
        """Let go of everything."""
        self.drop()
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def cut(self) -> None:
        """Let nothing through any more; both ends believe that the line stands, as when a phone loses its wifi."""
        self._loop.call_soon_threadsafe(self._whole.clear)

    def mend(self) -> None:
        """Let everything through again, what waited first."""
        self._loop.call_soon_threadsafe(self._whole.set)

    def drop(self) -> None:
        """Break every connection that stands; new ones are taken."""
        self._loop.call_soon_threadsafe(lambda: [writer.transport.abort() for writer in list(self._open)])

    def delay(self, seconds: float) -> None:
        """Hold everything up by so many seconds, each way."""
        self._delay = seconds

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        self._keep(self._carry(reader, writer))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = [writer]
        tasks: list[asyncio.Task[None]] = []
        try:
            there_reader, there_writer = await asyncio.open_connection(self._host, self._port)
            self._open.add(there_writer)
            ends.append(there_writer)
            tasks = [self._keep(self._one_way(reader, there_writer)), self._keep(self._one_way(there_reader, writer))]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        except OSError:
            pass  # the server has gone
        finally:
            for end in ends:
                end.transport.abort()
                self._open.discard(end)
            for task in tasks:
                task.cancel()

    def _keep(self, what: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Run it as a task, and hold on to the task until it is done."""
        task = self._loop.create_task(what)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _one_way(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                await asyncio.sleep(self._delay)
                await self._whole.wait()
                writer.write(data)
                await writer.drain()
        except OSError:
            pass  # one of the ends has gone, which is what lines are like

    async def _end(self) -> None:
        self._server.close()
        await asyncio.sleep(0.05)  # who was let in a moment ago is taken first
        ends, tasks = list(self._open), list(self._tasks)
        for task in tasks:
            task.cancel()
        for end in ends:
            end.transport.abort()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(end.wait_closed() for end in ends), return_exceptions=True)
        await asyncio.sleep(0.05)  # the last of what closing leaves to do


@contextmanager
def line_to(target: str) -> Iterator[tuple[Line, str]]:
    """Yield a line to a server, and the address that leads through it."""
    line = Line(target)
    try:
        yield line, line.start()
    finally:
        line.stop()

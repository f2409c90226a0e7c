"""A line to a server on this machine that counts the bytes it carries to the browser."""

from __future__ import annotations

import asyncio
import threading
from types import TracebackType
from typing import Self


class CountingLine:
    """Listens on a port of its own and hands everything on; :attr:`received` counts what the server said."""

    def __init__(self, port: int) -> None:
        self.received = 0
        self.address = ""
        self._to = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _listen(self) -> None:
        server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upward, downward = await asyncio.open_connection("127.0.0.1", self._to)
        await asyncio.gather(self._carry(reader, downward, count=False), self._carry(upward, writer, count=True))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, count: bool) -> None:
        try:
            while part := await reader.read(1 << 16):
                self.received += len(part) if count else 0
                writer.write(part)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

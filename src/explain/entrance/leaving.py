"""A shared device: the next person is somebody else."""

from __future__ import annotations

from explain.entrance.signing import WithSignIn


class SomebodyElseHandler(WithSignIn):
    """Ends this browser's identity, after asking."""

    def get(self) -> None:
        """Ask."""
        self.show("somebody_else.html", participant=bool(self.cookies_of.participant.read(self)))

    head = get

    async def post(self) -> None:
        """Take every cookie that says who this was, and end every page."""
        visitor = self.visitor
        await self.end_sign_in()
        if visitor is not None:
            await self.kernels.close_where(lambda lease: lease.visitor == visitor)
        for cookie in (self.server.cookie.cookie, self.cookies_of.participant, self.cookies_of.joining):
            cookie.take(self)
        self.lead("join")

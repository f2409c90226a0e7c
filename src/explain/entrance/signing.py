"""Signing in and out, and using a one-time link."""

from __future__ import annotations

from http import HTTPStatus

from explain.domain.errors import Refusal, Refused
from explain.domain.people import Role
from explain.entrance.gate import SIGN_IN
from explain.entrance.handlers import Entrant
from explain.sessions.access import Standing, hashed
from explain.sessions.signing import Signed
from explain.sessions.throttle import TooEarly


class WithSignIn(Entrant):
    """What knows who is signed in."""

    async def standing(self) -> Standing | None:
        """Return who is signed in in this browser, if anybody with a role is."""
        if not (token := self.cookies_of.sign_in.read(self)):
            return None
        return (await self.services.ask(self.services.access.standing, [hashed(token)])).get(hashed(token))

    async def end_sign_in(self) -> None:
        """End this browser's sign-in and the pages opened by it, and take its cookie."""
        if token := self.cookies_of.sign_in.read(self):
            await self.services.ask(self.services.sign_ins.sign_out, token)
            await self.kernels.close_where(lambda lease: lease.shown == SIGN_IN + hashed(token))
        self.cookies_of.sign_in.take(self)

    async def let_in(self, signed: Signed, path: str | None) -> None:
        """Give the browser its sign-in, and lead to a page of the role's."""
        await self.end_sign_in()
        self.cookies_of.sign_in.give(self, signed.token)
        roles = self.services.access.roles
        self.lead(path if path is not None else self.home(await self.services.ask(roles, signed.actor)))

    def home(self, roles: frozenset[Role]) -> str:
        """Return the path of the first page that is for one of the roles."""
        return next((path for path, its in self.services.pages.items() if not its.isdisjoint(roles)), "sign-in")


class SignInHandler(WithSignIn):
    """Name and password."""

    async def get(self) -> None:
        """Show the form, or who is signed in."""
        standing = await self.standing()
        if standing is None:
            self._form()
            return
        roles = [self.say(f"role.{role}") for role in sorted(standing.roles)]
        self.show("signed_in.html", roles=roles, home=self.home(standing.roles), lacking=bool(self._asked("lacking")))

    head = get

    async def post(self) -> None:
        """Sign in, and go on to where she was going."""
        name, password = self.given("name"), self.given("password")
        try:
            signed = await self.services.ask_slowly(self.services.sign_ins.sign_in, name, password)
        except TooEarly as early:
            self._form(name, self.waiting(early.wait), HTTPStatus.TOO_MANY_REQUESTS)
            return
        if signed is None:
            self._form(name, self.say("entrance.sign_in.wrong"), HTTPStatus.FORBIDDEN)
            return
        await self.let_in(signed, self._next())

    def _form(self, name: str = "", wrong: str = "", status: HTTPStatus = HTTPStatus.OK) -> None:
        self.show("sign_in.html", status=status, name=name, wrong=wrong, next=self._next() or "")

    def _next(self) -> str | None:
        """Return the page that was asked for; never an address that somebody else put into a link."""
        path = self._asked("next")
        return path if path in self.services.pages else None

    def _asked(self, name: str) -> str:
        return self.get_argument(name, "")


class SignOutHandler(WithSignIn):
    """Ends a sign-in."""

    def get(self) -> None:
        """Lead to the page that has the button: a link alone signs nobody out."""
        self.lead("sign-in")

    head = get

    async def post(self) -> None:
        """End the sign-in, and the pages opened by it."""
        await self.end_sign_in()
        self.lead("sign-in")


class WelcomeHandler(WithSignIn):
    """Takes a one-time link: its token stands in the fragment of the address, which no browser sends anywhere."""

    def get(self) -> None:
        """Show the form; a script puts the token into it, and takes it out of the address."""
        self._form()

    head = get

    async def post(self) -> None:
        """Use the link, or say what else must be chosen."""
        token, name, password = self.given("token"), self.given("name"), self.given("password")
        try:
            signed = await self.services.ask_slowly(self.services.sign_ins.redeem, token, name, password)
        except Refused as refused:
            gone = refused.code is Refusal.LINK_GONE
            self._form(token, name, self.say(f"refused.{refused.code}"), gone=gone, status=HTTPStatus.FORBIDDEN)
            return
        await self.let_in(signed, None)

    def _form(
        self,
        token: str = "",
        name: str = "",
        wrong: str = "",
        *,
        gone: bool = False,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> None:
        self.show("welcome.html", status=status, token=token, name=name, wrong=wrong, gone=gone, switchable=not gone)

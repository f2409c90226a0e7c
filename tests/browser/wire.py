"""Everything that comes to a browser and leaves it, and what of a case may not be among it before the lock."""

from __future__ import annotations

import base64
import binascii
import html
import re
import struct
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from playwright.sync_api import Error, Page, WebSocket

from explain.casebook.schema import Case
from explain.models.scorer import Pilot1Scorer
from explain.texts import LANGUAGES, sayer

FEWEST_DIGITS = 3
"""A number with fewer significant digits tells nothing: ``0.6`` stands in any style sheet."""
FEWEST_DIGITS_AMONG_MANY = 6
"""Where it is full of numbers: in scripts and style sheets, and in the drawn figures of other cases."""
SHORTEST_SENTENCE = 40
"""Characters a sentence must have to be no one else's."""

TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z?")
NUMBER = re.compile(r"(?<!\d)(?=(\d+[.,]\d+)(?!\d|r?em|px|ms|fr|vh)(?:e(-?\d+))?)")
"""Every decimal number, with point or comma, but the lengths of style sheets. A lookahead, since in ``[12,0.5]`` a
comma is no decimal sign."""
BY_NAME = re.compile(r'"(score|raw|rs|baseline|contributions?|phi\w*)"\s*:(?!\s*(?:null|""|\[\]|\{\}))')
"""A field named for what it holds, whatever stands in it, unless it is empty."""
FILES = re.compile(r"/(assets|static)/|/voila/templates/")
"""Where the front end's own files are, the same for everybody."""
REDIRECTS = (301, 302, 303, 307, 308)
PACKED = re.compile(r'"bdata"\s*:\s*"([A-Za-z0-9+/=]+)"')
"""How plotly carries arrays of numbers."""


@dataclass(frozen=True)
class Entry:
    """One piece of what went over the wire, or of what the page was.

    Attributes
    ----------
    way
        ``http``, ``socket in``, ``socket out``, ``page`` or ``style`` (style sheets in the page).
    where
        The address, for http.
    raw
        What it was, byte for byte.
    """

    way: str
    where: str
    raw: bytes = field(repr=False)

    @property
    def is_file(self) -> bool:
        """Whether it is one of the front end's own files, the same for everybody."""
        return self.way == "style" or (self.way == "http" and FILES.search(self.where) is not None)


class Recorder:
    """Records a page from before it is opened.

    Parameters
    ----------
    page
        A page on which nothing was loaded yet.
    answers
        Whether the answers over http are recorded too, which holds each of them up until the test has time for it:
        where many pages play at once, theirs would come so late that they take the line for broken.
    """

    def __init__(self, page: Page, *, answers: bool = True) -> None:
        self.entries: list[Entry] = []
        page.on("websocket", self._listen)
        if not answers:
            return
        # Every answer is held until it is recorded: asked afterwards, a browser has forgotten the pages it left.
        self._chromium = page.context.new_cdp_session(page)
        self._chromium.on("Fetch.requestPaused", self._pass)
        self._chromium.send("Fetch.enable", {"patterns": [{"requestStage": "Response"}]})

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self._add("socket in", socket.url, frame))
        socket.on("framesent", lambda frame: self._add("socket out", socket.url, frame))

    def _pass(self, answer: dict[str, Any]) -> None:
        headers = "\n".join(f"{one['name']}: {one['value']}" for one in answer.get("responseHeaders", ()))
        body = b""
        try:
            if answer.get("responseStatusCode") not in REDIRECTS:
                got = self._chromium.send("Fetch.getResponseBody", {"requestId": answer["requestId"]})
                body = base64.b64decode(got["body"]) if got["base64Encoded"] else got["body"].encode()
            self._add("http", answer["request"]["url"], headers.encode() + b"\n\n" + body)
            self._chromium.send("Fetch.continueRequest", {"requestId": answer["requestId"]})
        except Error as error:
            # The page has gone, or has given up the request: then the answer never reached it.
            if "closed" not in str(error) and "Invalid InterceptionId" not in str(error):
                raise

    def _add(self, way: str, where: str, raw: str | bytes) -> None:
        self.entries.append(Entry(way, where, raw.encode() if isinstance(raw, str) else raw))

    def look(self, page: Page) -> None:
        """Keep what the page is now: its whole document, what its fields hold, what the tab remembers."""
        seen, styles = page.evaluate(
            """() => {
              const whole = document.documentElement.cloneNode(true);
              const styles = Array.from(whole.querySelectorAll("style"));
              for (const style of styles) style.remove();
              const fields = Array.from(document.querySelectorAll("input, textarea"), (one) => one.value);
              const kept = [JSON.stringify(sessionStorage), JSON.stringify(localStorage), document.cookie];
              const seen = [whole.outerHTML, ...fields, ...kept].join("\\n");
              return [seen, styles.map((one) => one.outerHTML).join("\\n")];
            }"""
        )
        self._add("page", page.url, seen)
        self._add("style", page.url, styles)

    def mark(self, page: Page) -> int:
        """Look at the page and return where the record stands."""
        self.look(page)
        return len(self.entries)

    def count(self, way: str) -> int:
        """Return how many entries went a way."""
        return sum(entry.way == way for entry in self.entries)


@dataclass(frozen=True)
class Secrets:
    """What belongs to one case and may not be seen before its time.

    Attributes
    ----------
    numbers
        RS and the contributions, by name, as shares.
    sentences
        Every sentence that tells the score, the panel's reasons and the trainer's words, in every language, by name.
    """

    numbers: dict[str, float]
    sentences: dict[str, str]

    def without(self, others: list[Secrets]) -> Secrets:
        """Leave out the numbers that other cases have as well: what is not registered adds the same in all of them."""
        known = [number for other in others for number in other.numbers.values()]
        own = {name: value for name, value in self.numbers.items() if all(abs(value - one) > 1e-12 for one in known)}
        return Secrets(own, self.sentences)

    def found(self, entries: list[Entry], fewest: int = FEWEST_DIGITS) -> dict[str, str]:
        """Return what entries tell, each by its name with how it came and the words around it.

        Parameters
        ----------
        entries
            Where to look.
        fewest
            Significant digits a number must have to tell something.
        """
        told = {}
        for entry in entries:
            enough = FEWEST_DIGITS_AMONG_MANY if entry.is_file else fewest
            for name, value in self.numbers.items():
                if excerpt := _tells(entry.raw, value, enough):
                    told[name] = f"{entry.way}: {excerpt}"
            text = _plain(entry.raw)
            told |= {name: f"{entry.way}: {sentence}" for name, sentence in self.sentences.items() if sentence in text}
            if not entry.is_file and (named := BY_NAME.search(text)):
                told[f"a field named {named[1]}"] = f"{entry.way}: {text[named.start() - 40 : named.end() + 40]}"
        return told


def secrets_of(case: Case) -> Secrets:
    """Return what may not be known of a case before its first rating is locked."""
    score = Pilot1Scorer().score(case)
    numbers = {"RS": score.raw} | {f"contribution of {name}": value for name, value in score.contributions}
    sentences = {}
    for language in LANGUAGES:
        say = sayer(language)
        sentences |= {
            f"{key} ({language})": say(key, score=score.value)
            for key in ("score.is", "waterfall.label", "reflection.score")
        }
        teaching = case.pedagogy
        texts = {"objective": teaching.objective, "note": teaching.trainees_note}
        texts |= {f"panel {place}": one.reasons for place, one in enumerate(teaching.panel, start=1)}
        if teaching.planted_error:
            texts["error"] = teaching.planted_error.explanation
        for name, text in texts.items():
            parts = re.split(r"(?<=[.?!]) ", " ".join(text.say(language).split()))
            sentences |= {
                f"{name}.{place} ({language})": part
                for place, part in enumerate(parts)
                if len(part) >= SHORTEST_SENTENCE
            }
    return Secrets(numbers, sentences)


def _tells(raw: bytes, value: float, fewest: int) -> str:
    """Return where a number is: as a share or in per cent, at any precision, rounded or cut off, or packed."""
    for scaled in (abs(value), 100 * abs(value)):
        for (number, places), excerpt in _numbers(raw, fewest).items():
            if _same(number, scaled, places):
                return excerpt
        packed = [struct.pack(form, signed) for form in ("<d", ">d") for signed in (scaled, -scaled)]
        if any(one in part for one in packed for part in (raw, *_packed(raw))):
            return f"{scaled}, packed"
    return ""


def _same(number: float, value: float, places: int) -> bool:
    if places > 12:
        return abs(number - value) < 1e-12  # sums differ in their last digits
    tolerance = 0.01 * 10.0**-places
    cut = int(value * 10**places) / 10**places
    return abs(number - round(value, places)) < tolerance or abs(number - cut) < tolerance


@cache
def _numbers(raw: bytes, fewest: int) -> dict[tuple[float, int], str]:
    """Return every decimal number of at least ``fewest`` significant digits: itself, its decimals, what is around."""
    found = {}
    text = TIME.sub("", _plain(raw))
    for match in NUMBER.finditer(text):
        digits, power = match[1].replace(",", "."), int(match[2] or 0)
        if abs(power) < 20 and len(digits.replace(".", "").lstrip("0")) >= fewest:
            key = float(f"{digits}e{power}"), len(digits.partition(".")[2]) - power
            found[key] = text[max(0, match.start() - 40) : match.start() + 40]
    return found


@cache
def _plain(raw: bytes) -> str:
    """Return bytes as the text a person or a script would read: escapes undone, white space evened out."""
    text = raw.decode("utf-8", errors="replace")
    for _ in range(2):  # a text can be quoted in a text
        text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text)
        text = text.replace("\\n", " ").replace("\\t", " ").replace('\\"', '"')
        text = html.unescape(text)
    return " ".join(text.split())


@cache
def _packed(raw: bytes) -> tuple[bytes, ...]:
    """Return the arrays of numbers that plotly would carry in base 64."""
    found = []
    for match in PACKED.finditer(_plain(raw)):
        try:
            found.append(base64.b64decode(match[1]))
        except binascii.Error:
            continue
    return tuple(found)

"""Numbers as the reader writes them: a decimal comma in Danish, a point in English."""

from __future__ import annotations

from datetime import date

from explain.texts import Sayer


def decimal(value: float, places: int, language: str) -> str:
    """Write ``value`` with ``places`` decimals.

    Parameters
    ----------
    value
        Any finite number.
    places
        Decimals, 0 or more.
    language
        ``"da"`` writes a comma, ``"en"`` a point.

    Examples
    --------
    >>> decimal(11.75, 2, "da"), decimal(-0.5, 1, "en"), decimal(-0.001, 1, "da")
    ('11,75', '−0.5', '0,0')
    """
    text = f"{abs(value):.{places}f}"
    minus = "−" if value < 0 and float(text) != 0 else ""
    return minus + (text.replace(".", ",") if language == "da" else text)


def signed(value: float, places: int, language: str) -> str:
    """Write ``value`` with its sign, as for a contribution.

    Examples
    --------
    >>> signed(2.5, 1, "da"), signed(-2.5, 1, "da"), signed(0.01, 1, "da")
    ('+2,5', '−2,5', '0,0')
    """
    text = decimal(value, places, language)
    return "+" + text if value > 0 and float(f"{value:.{places}f}") != 0 else text


def ago(days: int, say: Sayer) -> str:
    """Say how long before the referral something was: to the day within two months, roughly beyond.

    Parameters
    ----------
    days
        Days before the present referral, 0 or more.
    say
        Who says it.

    Examples
    --------
    >>> from explain.texts import sayer
    >>> [ago(days, sayer("da")) for days in (1, 40, 200, 900)]
    ['1 dag før', '40 dage før', 'ca. 7 måneder før', 'ca. 2½ år før']
    """
    if days < 60:
        return say("time.day" if days == 1 else "time.days", count=days)
    if days < 700:
        return say("time.months", count=round(days / 30.44))
    halves = round(2 * days / 365.25)
    return say("time.years", count=f"{halves // 2}{'½' if halves % 2 else ''}")


def day(iso: str, say: Sayer) -> str:
    """Write a day (ISO) as the reader writes it.

    Examples
    --------
    >>> from explain.texts import sayer
    >>> day("2030-01-31", sayer("da")), day("2030-01-31", sayer("en"))
    ('31. januar 2030', '31 January 2030')
    """
    on = date.fromisoformat(iso)
    return say("date.written", day=on.day, month=say(f"date.month.{on.month}"), year=on.year)


def minutes_of(milliseconds: int) -> int:
    """Return milliseconds as minutes, one that has begun counted whole.

    Examples
    --------
    >>> minutes_of(60_001), minutes_of(60_000), minutes_of(0)
    (2, 1, 0)
    """
    return -(-milliseconds // 60_000)

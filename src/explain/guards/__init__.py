"""Guards: what in a text may point to a real person.

Forms are refused (a civil registration number, a phone number, a mail or web address, an address, an exact date); names
of people, institutions and towns are asked about, since many are ordinary words as well, and the person can keep one.

A guard cannot find everything: a rare name, a nickname in small letters, a place described, or facts that together fit
one family only. Whoever uses it must say so (``guard.sees_not`` in the catalogues). ``docs/guards.md`` has how much is
found.

>>> from explain.guards import find
>>> [found.kind.value for found in find("mor mødte ikke op")]
[]
"""

from explain.guards.finding import ASKED, Action, Finding, Kind
from explain.guards.search import find, refused

__all__ = ["ASKED", "Action", "Finding", "Kind", "find", "refused"]

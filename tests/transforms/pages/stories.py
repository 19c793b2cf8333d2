"""Stories of our own that the tests of this folder put on pages."""

from __future__ import annotations

MINISTERS = [
    "The foreign ministers of Norway and Chile met in Oslo on Friday for talks on copper and cod.",
    "They signed an agreement that both parliaments will have to ratify before the spring, officials said.",
    "A spokesman said afterwards that the two sides would meet again in Santiago in the middle of May.",
    "Trade between the countries has doubled within ten years, according to figures of the customs office.",
    "Fishermen on both coasts had asked for a quota that does not change from one year to the next.",
    "The copper mines in the north of Chile employ forty thousand people, most of them from the region.",
]
FERRIES = "<p>" + "The crews of the ferries stayed ashore on Monday. " * 8 + "</p>"

"""A number in, paragraphs of English news out, of the length and the plainness of usual ones.

The bundled newsroom's stories are short and full of countries: 0.9 KB of text and 15 mentions in
1,000 characters, where articles of 1,168 publishers have 6 KB and 2. What a page needs beside its
story is made here out of parts, each paragraph another, so that nothing is known from the page before.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

_PATTERNS = (
    "{who} said on {day} that {body} would {plan} before the end of {month}.",
    "{body} had promised to {plan}, but {reason}, according to {source}.",
    '"{quote}," said {who}, who has worked at {place} for {number} years.',
    "About {number} people came to {place} on {day}, and most of them stayed until {body} had voted.",
    "In {month} {body} put aside {number} million for a plan to {plan}.",
    "{source} puts the cost at {number} million, twice what {body} had first allowed for.",
    "The work at {place} began in {month} and has been held up because {reason}.",
    "Nobody at {place} expected that {body} would {plan} so soon, {who} said.",
    "Since {month} the price of a ticket to {place} has gone up by {number} per cent.",
    "{who} wants {body} to {plan}; {source} doubts that it can be done in {number} months.",
    "Traders from {country} who supply {place} were told in {month} that {reason}.",
)  # fmt: skip
_PARTS = {
    "name": "Alma Bertrand,Oskar Lindt,Priya Nair,Tom Ashdown,Ewa Sobol,Hugh Calloway,Rosa Quint,"
    "Daniel Frome,Ines Kalb,Martin Oduya,Greta Holm,Samir Tahan,Lucy Penhale,Viktor Ames,Nora Fell",
    "office": "the harbour master,a ward nurse,the head of planning,a union secretary,the librarian,"
    "a bus driver,the school inspector,a tenant,the club treasurer,an engineer,the choir leader",
    "body": "the town council,the port authority,the school board,the water company,the film festival,"
    "the hospital trust,the rail operator,the housing fund,the museum,the cycling club",
    "place": "the old ferry terminal,Harrow Lane,the grain market,the northern depot,St Brannock's ward,"
    "the covered pool,the tram yard,the Eastgate theatre,the seed library,the river weir",
    "plan": "repair the sea wall,open a second clinic,close two branches,plant four thousand trees,"
    "replace the signals,rent out the upper floors,publish its accounts,hire more guards,"
    "move the archive,lower the fees",
    "reason": "the tender drew a single offer,the survey found damp in the cellars,a supplier went "
    "bankrupt,nobody had asked the neighbours,the steel arrived late,the permit had run out,"
    "half of the staff were ill",
    "source": "a report of the auditors,the regional newspaper,an internal letter,the annual review,"
    "a study of the technical college,the insurers",
    "quote": "We have waited long enough for somebody to decide,It is not the money that worries us,"
    "My children learned to swim there,Every winter we hear the same,You could see it from the bridge,"
    "They asked us once and never came back",
    "day": "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday",
    "month": "January,February,March,April,May,June,July,August,September,October,November,December",
    "country": "Norway,Portugal,Chile,Vietnam,Ireland,Morocco,Poland,Canada",
}  # fmt: skip
_CHOICES = {name: words.split(",") for name, words in _PARTS.items()}
LINKED = (*_CHOICES["place"], *_CHOICES["name"])  # what a page's text has links for


def paragraphs(seed: int) -> Iterator[str]:
    """Paragraphs of three sentences without an end, the same for the same seed."""
    chance = random.Random(seed)
    while True:
        yield " ".join(_sentence(chance) for _ in range(3))


def _sentence(chance: random.Random) -> str:
    parts = {name: chance.choice(words) for name, words in _CHOICES.items()}
    parts["who"] = (
        f"{parts['name']}, {parts['office']}," if chance.random() < 0.5 else parts["name"]
    )
    sentence = chance.choice(_PATTERNS).format(number=chance.randint(3, 90), **parts)
    return sentence[0].upper() + sentence[1:].replace(",,", ",").replace(",.", ".")

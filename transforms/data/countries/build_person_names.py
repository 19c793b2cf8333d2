"""From the US Census of 1990 to `person_names.txt.gz`: first names and surnames for the local rules.

Run as `python -m transforms.data.countries.build_person_names`; needs the package `names` (MIT), which carries
the Census Bureau's lists (public domain).
"""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import names

TARGET = Path(__file__).with_name("person_names.txt.gz")
LISTS = Path(names.__file__).parent
MOST_SURNAMES = 12_000
# First names from the world's news that the list is too old or too American for.
MORE_FIRST_NAMES = """
Mohammed Mohamed Muhammad Mohammad Ahmed Ahmad Ali Hassan Hussein Ibrahim Youssef Yusuf Khalid Abdullah Abdul Omar
Fatima Aisha Mehmet Mustafa Emre Vladimir Sergei Sergey Dmitry Dmitri Andrei Andrey Alexei Alexey Igor Oleg Boris
Mikhail Nikolai Yuri Viktor Anatoly Olga Natalia Svetlana Tatiana Irina Volodymyr Oleksandr Petro Andriy Mykola
Jean Jacques Francois François Pierre Michel Philippe Olivier Nicolas Laurent Luc Yves Guillaume Benoit Cécile Elise
Hans Klaus Jürgen Wolfgang Günter Dieter Uwe Stefan Matthias Ulrich Heinz Giuseppe Giovanni Paolo Marco Luca Matteo
Lorenzo Francesca Giulia Chiara José Jose Juan Carlos Luis Miguel Pedro Javier Diego Pablo Sergio Andrés Rafael
Fernando Alejandro João Joao Paulo Ana Beatriz Lucia Sofia Lars Sven Nils Erik Björn Anders Jens Henrik Mikkel Ingrid
Astrid Kjell Piotr Krzysztof Andrzej Tomasz Katarzyna Jan Pavel Petr Jiri Zoltan Istvan Gyula Ion Mihai Dragan Milan
Goran Zoran Nikola Luka Kofi Kwame Chidi Emeka Ngozi Tunde Wanjiru Sipho Thabo Raj Rajesh Sanjay Anil Sunil Amit Priya
Anjali Deepak Ravi Vijay Imran Nawaz Hiroshi Kenji Takashi Yuki Akira Wei Ming Xiao Jing Min Sung Avi Moshe Yossi
Noam Ehud Shlomo Yitzhak Lynndie Kerry Denzel Whitney Adriana Beyoncé Kanye Serena LeBron Tyrese Jayden Aiden Liam Noah
Mason Ethan Olivia Emma Ava Isabella Mia Harper Zoe Chloe Oliver Archie Alfie Callum Declan Siobhan Niamh Saoirse Eoin
Gareth Rhys Dylan Iain Hamish Angus Fergus Marin Anatole Lena Greta Elon Jeff Steve Mike Joe Jim Bill Bob Tom Tim
Dave Dan Ben Sam Max Alex Chris Nick Matt Rob Ken Ron Don Jerry Larry Barry Gary Kate Liz Sue Jill Meg Eddie Jay
""".split()
# Census names that are words or places first.
NO_FIRST_NAMES = {"The", "My", "So", "In", "An", "See", "Be", "Long", "Do", "Love", "Christian", "Man",
                  "King", "Prince", "Royal", "General", "Major", "German", "English", "Sun",
                  "Grand", "Port", "Fort", "North", "West", "East", "Northern", "Western", "Season",
                  "Summer", "Winter", "Spring", "April", "May", "June", "August", "Monday", "Friday",
                  "America", "Asia", "Many", "Will", "Mark", "Young", "Lake", "Little", "New", "Old",
                  "University", "Le", "La", "De", "Del", "El", "Los", "Santa", "San", "Sang", "Son",
                  "Hope", "Faith", "Justice", "Pearl", "Rose", "Precious", "China", "India"}  # fmt: skip
NO_SURNAMES = {"City", "State", "County", "North", "South", "East", "West", "Street", "Park", "House",
               "Church", "Bank", "Law", "Day", "School", "Union", "Gold", "Power", "Air",
               "Post", "Press", "Guard", "Line", "Lake", "River", "Bay", "Forest", "Field", "Police",
               "Golf", "Sports", "Sport", "Stock", "Price", "Prime", "May", "Will", "An", "The", "In",
               "Says", "See", "To", "So", "And", "Or", "On", "Is", "Has", "Was", "Can", "Do", "Not",
               "First", "New", "Old", "High", "Free", "Open", "Cup", "Games", "Security", "Defense",
               "Foreign", "Trade", "Central", "Royal", "Rail", "Steel", "Oil", "Gas", "Coal", "Week",
               "Today", "Crisis", "Case", "Court", "Ban", "Bans", "Hits", "Held", "Sales", "Land",
               "Strong", "Good", "Best", "Fair", "Wins", "Win", "Loss", "Mission", "Temple", "Port",
               "Major", "General", "Sound", "Valley", "Beach", "Hill", "Hills", "Village", "Town"}  # fmt: skip


def _ranked(name: str) -> list[str]:
    lines = (LISTS / name).read_text(encoding="ascii").splitlines()
    return [line.split()[0].title() for line in lines]


@cache
def first_names() -> frozenset[str]:
    """First names of women and men."""
    census = {*_ranked("dist.female.first"), *_ranked("dist.male.first")}
    return frozenset((census | set(MORE_FIRST_NAMES)) - NO_FIRST_NAMES)


@cache
def surnames() -> frozenset[str]:
    """The most frequent surnames."""
    return frozenset(_ranked("dist.all.last")[:MOST_SURNAMES]) - NO_SURNAMES


def main() -> None:
    """Write both lists, one line each."""
    head = "# US Census Bureau 1990, public domain. Rebuild: python -m transforms.data.countries.build_person_names"
    text = "\n".join([head, " ".join(sorted(first_names())), " ".join(sorted(surnames()))]) + "\n"
    TARGET.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(f"{TARGET.name}: {len(first_names())} first names, {len(surnames())} surnames")


if __name__ == "__main__":
    main()

"""The lexicons and the labels of the vocabulary in, a packed table of terms for each language out.

    python -m transforms.data.topics.build_terms

Reads `<language>.txt` beside this file and IPTC's labels, and writes `terms_<language>.tsv.gz`, which
`transforms/topics/terms.py` reads: reading the lines themselves took each process 8 to 20 ms a language.
"""

from __future__ import annotations

import gzip
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from schemas.topics import all_topics
from transforms.data.topics.lexicon_lines import Compiler
from transforms.topics.lexicon import PREFIXES, Lexicon, base_language, languages
from transforms.topics.terms import SOLID, Needles, Term, pack
from transforms.topics.text import GAP, Document, fold

ROOM = Path(__file__).parent
MIN_LABEL = 5  # characters; shorter labels (game, men, war) mean too much


def needles_of(language: str) -> Needles:
    """The terms of a language: of its own lexicon, and of the labels that are to join in.

    A label counts, with a low weight, where no line of ours weighs any of its words.
    """
    own = Compiler(language)
    own.add_file(language)
    terms, labels = own.compiled(), _labels(language)
    weighed = _in_which(Lexicon(language, _needles(language, terms)), [name for _, name in labels])
    unweighed = [label for number, label in enumerate(labels) if number not in weighed]
    joining = Compiler(language).with_labels(unweighed).compiled()
    return _needles(language, [*terms, *joining])


def _needles(language: str, terms: Iterable[Term]) -> Needles:
    found: dict[str, list[Term]] = {}
    for term in terms:
        found.setdefault(_needle(language, term), []).append(term)
    ordered = [sorted(several, key=_narrowest_first) for several in found.values()]
    return Needles(list(found), dict(enumerate(ordered)))


def _needle(language: str, term: Term) -> str:
    """With a blank before it where a word must begin: saves most false starts."""
    is_bare = language in SOLID or language == "ko" or term.is_open_left
    if is_bare or (language in PREFIXES and not term.pattern.isascii()):
        return term.pattern
    return f" {term.pattern}"


def _narrowest_first(term: Term) -> tuple[int, bool, bool]:
    return -len(term.rest), not term.spelling, term.is_open_right


def _labels(language: str) -> list[tuple[str, str]]:
    """(topic id, label) of the IPTC topics of the lower levels."""
    labels = (
        (entry.id, entry.labels.get(language, "").split("(")[0].strip())
        for entry in all_topics()
        if entry.level > 1
    )
    return [(topic_id, label) for topic_id, label in labels if len(label) >= MIN_LABEL]


def _in_which(found: Lexicon, labels: Sequence[str]) -> set[int]:
    """Which labels hold a term: scanned as one text, in which none reaches into the next."""
    numbers, ends = set(), list(accumulate(len(fold(label)) + len(GAP) for label in labels))
    document = Document("", "", fold(f" {GAP.join(labels)} "), 0, None)
    for hit in found.scan(document):
        numbers.add(bisect_right(ends, hit.start - 1))
    return numbers


def tables() -> Iterator[tuple[str, str]]:
    """(name of the file, its text) of each language that has a lexicon or labels."""
    labelled = {base_language(tag) for entry in all_topics() for tag in entry.labels}
    for language in sorted({*languages(), *filter(_labels, labelled)}):
        yield f"terms_{language}.tsv.gz", pack(needles_of(language))


def main() -> None:
    """Write the tables."""
    for name, text in tables():
        (ROOM / name).write_bytes(gzip.compress(text.encode(), mtime=0))
        print(name, text.count("\n") // 2, "needles")


if __name__ == "__main__":
    main()

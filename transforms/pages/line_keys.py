"""An article comes in; keys of its lines to compare with other pages of its site go out.

And, once it is known which lines belong to the site, the article without them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from schemas.records import Article, LineKeys, Removal
from transforms.pages.elements import split_url

LEAST_BYTES = 24  # letters, or eight Chinese characters; shorter lines may be an outlet's subheads
MOST_CHARS = 400  # longer ones are paragraphs, of a story that is told under several headlines
MOST_LINES = 1_000  # of a page that are asked about; the same ones on each page that has them
LEAST_LEFT = 0.7  # of the text; where more would go, the pages are no stories of their own
RULE = "site-repeats"
KEY = np.dtype("<i8")


def line_keys(article: Article) -> LineKeys:
    """The keys of the lines that may be the site's."""
    lines, doubtful = (_keys(texts) for texts in (_lines(article), article.doubtful))
    return LineKeys(_site(article), line_key(article.headline), lines, doubtful)


def _keys(lines: Iterable[str]) -> bytes:
    shorter = ((line, line.encode()) for line in lines if len(line) <= MOST_CHARS)
    keys = {line_key(line) for line, encoded in shorter if len(encoded) >= LEAST_BYTES}
    return packed(sorted(keys)[:MOST_LINES])


def packed(keys: Sequence[int]) -> bytes:
    """Keys as `LineKeys` has them: a run carries those of all its pages through several stages."""
    return np.array(keys, KEY).tobytes()


def unpacked(keys: bytes) -> NDArray[np.int64]:
    """What `packed` was given."""
    return np.frombuffer(keys, KEY)


def line_key(text: str) -> int:
    """63 bits of a line; case and blanks do not count."""
    folded = " ".join(text.casefold().split()).encode()
    return int.from_bytes(hashlib.blake2b(folded, digest_size=8).digest(), "big") >> 1


def _site(article: Article) -> str:
    """Host and port of a page without "www."; "" for a file.

    The host alone counts where its own page gave the text. A feed may name any address beside its texts,
    and has no say in what pages of others hold: those texts are compared with others of the same feed.
    """
    host = split_url(article.url).netloc.removeprefix("www.")
    return f"{host} {article.feed_url}" if host and article.text_source == "feed" else host


def without_lines(article: Article, keys: Collection[int]) -> Article:
    """The article without the lines of its text that have one of `keys`; `removed` tells them.

    The same article where it has none, or where too little would be left.
    """
    text = _lines(article)
    going = {line for line in text if line_key(line) in keys}
    left = [line for line in text if line not in going]
    if not going or _chars(left) < LEAST_LEFT * _chars(text):
        return article
    removed = [Removal(line, RULE) for line in text if line in going]
    return article._replace(article_body="\n".join(left), removed=[*article.removed, *removed])


def _lines(article: Article) -> list[str]:
    return article.article_body.split("\n")


def _chars(lines: Sequence[str]) -> int:
    return sum(map(len, lines))

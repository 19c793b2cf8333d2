"""Identity: URLs, texts and signatures in; canonical URLs, ids, hashes and clusters out.

`article_id` is a hash of the canonical URL; a changed text is a new version of the same article.
Syndicated copies live at other URLs: a MinHash signature of the body puts them into one cluster,
named after its first member. Copies are labelled, never dropped.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from yarl import URL

from transforms.beyond_ascii import beyond_ascii

# Parameters that name where a reader came from, not what is read. Names of analytics products'
# documented parameters; a name that any site uses to choose a page (id, p, page, cid) is not here.
TRACKING_PREFIXES = ("utm_", "at_", "ns_", "mtm_", "pk_", "piwik_", "itm_", "hsa_", "vero_", "oly_")
TRACKING_NAMES = frozenset(
    """fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh li_fat_id
    mc_cid mc_eid _ga _gl _hsenc _hsmi mkt_tok oft_id oft_k s_cid s_kwcid ef_id wt_mc wt.mc_id
    wt_zmc xtor cmp cmpid cmp_id ocid ito ncid smid smtyp partner taid traffic_source srnd soc_src
    soc_trk ref ref_src ref_url referrer referer feedtype rss from_rss fromrss ftag ftcamp spref
    guccounter guce_referrer guce_referrer_sig _openstat sr_share share shared __twitter_impression
    outputtype wpisrc wpmm dcmp dicbo intcmp int_cmp icid iid phpsessid jsessionid""".split()
)
KEPT_IF_FIRST = frozenset({"share", "rss", "partner", "ref", "iid"})  # kept as the only parameter

BANDS, ROWS, SHINGLE = 16, 4, 5  # two texts share a band with probability J**4
MAX_BAND = 64  # a band that a template's text fills may hold thousands
MIN_SHARED_BANDS = 4  # of 16: half of the pairs at Jaccard .71, nearly none below .5
_SOLID = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # written without blanks
_IS_SOLID = re.compile(f"[{_SOLID}]")
_WORD_OR_SOLID = re.compile(rf"[{_SOLID}]|[^\W{_SOLID}]+")
MOST_MARKS = 30  # upon a letter, as Unicode's UAX 15 has it: sorting any number takes square time
MOST_OTHERS = 40  # different characters beyond ASCII that are replaced one by one
_BLANKED = bytes(c if c > 127 or chr(c).isalnum() or c == ord("_") else 32 for c in range(256))


class Signed(NamedTuple):
    """What clustering needs of one article."""

    article_id: str
    date: int  # microseconds UTC
    signature: Sequence[int]
    cluster_id: str = ""  # "" until it is in one


def _is_tracking(name: str) -> bool:
    folded = name.lower()
    return folded in TRACKING_NAMES or folded.startswith(TRACKING_PREFIXES)


def _kept_parameters(query: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    pairs = list(query)
    if len(pairs) == 1 and pairs[0][0].lower() in KEPT_IF_FIRST and pairs[0][1].isdigit():
        return pairs  # ?ref=12345 alone chooses the page
    return sorted((k, v) for k, v in pairs if not _is_tracking(k))


def canonical_url(url: str) -> str:
    """The one spelling of an article's address: RFC 3986 normal form without tracking parameters.

    Host and scheme in lower case; no default port, fragment or dot segments; parameters sorted.
    The path's case, its trailing slash and every parameter that may choose a page stay.
    The name of a file keeps its spaces; what else is no http(s) URL is stripped of white space.
    """
    text = "".join(url.split())
    if text.startswith("file:"):
        return url.strip()
    try:
        parsed = URL(text)
        if parsed.scheme not in ("http", "https") or not parsed.host or "%" in parsed.host:
            return text
        parsed = parsed.with_host(parsed.host.rstrip(".").lower())
        query = _kept_parameters(parsed.query.items())
        fragment = parsed.fragment if parsed.fragment.startswith("!") else ""
        clean = parsed.with_query(query or None).with_fragment(fragment or None)
    except (ValueError, IndexError):  # yarl raises this one for "http://];[a@b/"
        return text
    return str(
        clean.with_path("/", keep_query=True, keep_fragment=True)
        if clean.path in ("", "/")
        else clean
    )


def article_id(canonical: str) -> str:
    """32 hex digits of the SHA-256 of a canonical URL without its scheme (http = https)."""
    address = canonical.partition("://")
    return hashlib.sha256((address[2] or address[0]).encode("utf-8", "replace")).hexdigest()[:32]


@functools.lru_cache(maxsize=2)  # a body is asked for its hash and for its signature
def folded(text: str) -> str:
    """NFKC, lower case, runs of white space as one blank."""
    return " ".join(_normal(text).casefold().split())


def _normal(text: str) -> str:
    """NFKC. A text that is in it already is told in a tenth of the time that another one takes; so the few
    characters that keep a European one from it go first, which changes nothing of the outcome.
    """
    others = beyond_ascii(text)
    if marks := "".join(sorted(filter(unicodedata.combining, others))):
        text = re.sub(f"([{marks}]{{{MOST_MARKS}}})[{marks}]+", r"\1", text)
    for char in others if len(others) <= MOST_OTHERS else ():
        if (normal := unicodedata.normalize("NFKC", char)) != char:
            text = text.replace(char, normal)
    return unicodedata.normalize("NFKC", text)


def content_hash(headline: str, body: str) -> str:
    """32 hex digits over headline and body; white space, case and width do not count."""
    content = f"{folded(headline)}\n{folded(body)}"
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:32]


def _coefficients() -> tuple[np.ndarray, np.ndarray]:
    stream = np.frombuffer(
        hashlib.shake_128(b"dateline minhash").digest(BANDS * ROWS * 16), np.uint64
    )
    a, b = stream[: BANDS * ROWS], stream[BANDS * ROWS :]
    return (a | np.uint64(1))[:, None], b[:, None]


_A, _B = _coefficients()


def signature(body: str) -> list[int]:
    """16 band hashes (63 bits) of a 64-row MinHash over 5-word shingles; [] under 5 words.

    A Chinese, Japanese or Thai character counts as a word.
    Source: Broder, "On the resemblance and containment of documents", 1997; banding as in
    Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3.
    """
    words = _words(folded(body))
    if len(words) < SHINGLE:
        return []
    shingles = map(b" ".join, zip(*(words[i:] for i in range(SHINGLE)), strict=False))
    hashes = np.fromiter(map(zlib.crc32, shingles), np.uint64)
    # Modulo 2**64, whose overflow mixes. Factors too small to overflow kept the order of the shingles, and
    # so nearly every row its smallest: two texts with a tenth of their shingles in common passed for copies.
    rows = _A * hashes
    rows += _B
    rows = rows.min(axis=1).astype("<u8")
    bands = rows.reshape(BANDS, ROWS)
    return [
        int.from_bytes(hashlib.blake2b(bytes([i]) + band.tobytes(), digest_size=8).digest()) >> 1
        for i, band in enumerate(bands)
    ]


def _words(text: str) -> list[bytes]:
    """The runs of letters and digits in UTF-8, a character of a script without blanks by itself.

    Signs are blanked and the rest is parted, in a third of the time in which a pattern finds the words.
    """
    others = beyond_ascii(text)
    signs = [char for char in others if not char.isalnum()]
    if len(signs) > MOST_OTHERS or _IS_SOLID.search("".join(others)):
        text, signs = " ".join(_WORD_OR_SOLID.findall(text)), []
    for sign in signs:
        text = text.replace(sign, " ")
    return text.encode().translate(_BLANKED).split()


def cluster(new: Iterable[Signed], known: Iterable[Signed] = ()) -> dict[str, str]:
    """article_id -> cluster_id for every new article; known ones keep the cluster they have.

    A new article joins the cluster of the oldest article that it shares at least 4 of 16 bands
    with, or else opens one of its own name; one that brings a `cluster_id` (a version) keeps it.
    Linear in the number of articles: a band is searched through its first 64 members.
    """
    by_band: dict[int, list[Signed]] = defaultdict(list)
    for one in known:
        _file(one, by_band)
    result: dict[str, str] = {}
    for one in sorted(new, key=lambda s: (s.date, s.article_id)):
        cluster_id = one.cluster_id or _oldest_cluster(one, by_band) or one.article_id
        result.setdefault(one.article_id, cluster_id)
        _file(one._replace(cluster_id=cluster_id), by_band)
    return result


def _file(one: Signed, by_band: dict[int, list[Signed]]) -> None:
    for band in one.signature:
        if len(by_band[band]) < MAX_BAND:
            by_band[band].append(one)


def _oldest_cluster(one: Signed, by_band: Mapping[int, list[Signed]]) -> str:
    """The cluster of the oldest article that shares enough bands; "" where none does."""
    shared = Counter(s.article_id for band in one.signature for s in by_band.get(band, ()))
    near = (
        (s.date, s.article_id, s.cluster_id)
        for band in one.signature
        for s in by_band.get(band, ())
        if s.article_id != one.article_id and shared[s.article_id] >= MIN_SHARED_BANDS
    )
    return min(near, default=(0, "", ""))[2]

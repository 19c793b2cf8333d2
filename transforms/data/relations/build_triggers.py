"""Trigger stems come in (`stems_*.txt`); `triggers.tsv`, one row per surface, goes out.

    python -m transforms.data.relations.build_triggers

English verbs get their four forms, with consonants doubled and the irregular ones looked up;
English nouns get their plural. In the other languages the authors of the stem lists mark where
endings may follow with `*`, because a stem and the endings of its language say the same as a
paradigm and are a tenth of its size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

HERE: Final = Path(__file__).parent
TABLE: Final = HERE / "triggers.tsv"
HEAD: Final = (
    "# surface, language, CAMEO code, kind, flags; our own lists, Apache-2.0; "
    "rebuild: python -m transforms.data.relations.build_triggers"
)

# base: past, participle (third person and gerund are regular unless named in _SINGULAR)
_IRREGULAR: Final = {
    base: (past, participle)
    for base, past, participle in (
        line.split()
        for line in """
be was been|have had had|do did done|go went gone|give gave given|take took taken|make made made
say said said|tell told told|know knew known|think thought thought|meet met met|hold held held
send sent sent|lend lent lent|spend spent spent|build built built|rebuild rebuilt rebuilt
sell sold sold|buy bought bought|bring brought brought|seek sought sought|fight fought fought
strike struck struck|shoot shot shot|hit hit hit|cut cut cut|put put put|set set set|let let let
quit quit quit|rip ripped ripped|break broke broken|speak spoke spoken|swear swore sworn
withdraw withdrew withdrawn|draw drew drawn|throw threw thrown|blow blew blown|fly flew flown
overthrow overthrew overthrown|grow grew grown|write wrote written|drive drove driven
ride rode ridden|rise rose risen|begin began begun|sink sank sunk|shrink shrank shrunk
forgive forgave forgiven|forbid forbade forbidden|freeze froze frozen|steal stole stolen
choose chose chosen|hide hid hidden|beat beat beaten|eat ate eaten|fall fell fallen|feed fed fed
lead led led|leave left left|keep kept kept|sleep slept slept|feel felt felt|lose lost lost
stand stood stood|understand understood understood|withhold withheld withheld|sit sat sat
win won won|shed shed shed|shut shut shut|slay slew slain|sue sued sued|stick stuck stuck
hang hung hung|wage waged waged|pay paid paid|lay laid laid|come came come|overcome overcame overcome
become became become|run ran run|overrun overran overrun|overtake overtook overtaken|get got got
retake retook retaken|undertake undertook undertaken|find found found|mourn mourned mourned
read read read|spread spread spread|slit slit slit|lie lied lied|shake shook shaken
march marched marched|hurl hurled hurled|rescind rescinded rescinded|tear tore torn|wear wore worn
undo undid undone|bind bound bound|arise arose arisen|ring rang rung|deal dealt dealt|catch caught caught
teach taught taught|burn burned burned|split split split|cast cast cast|cost cost cost|hurt hurt hurt
push pushed pushed|rid rid rid|bid bid bid|re-establish re-established re-established|see saw seen
""".replace("\n", "|")
        .strip("|")
        .split("|")
    )
}
_SINGULAR: Final = {"be": "is", "have": "has", "do": "does", "go": "goes"}
_ALSO: Final = {"be": ("are", "were", "am")}
_DOUBLED: Final = frozenset(
    "ban bar plan step stop drop slam slap snub spar rap rip wrap trim cut put set shut let get "
    "win run hit sit scrap beg bug swap grab jab jam pin rub stab top trap compel expel repel "
    "propel control patrol occur refer defer deter confer transfer commit admit permit submit "
    "remit regret allot equip kidnap ram rob shun drag dig prod bid prop snap nod wed wiretap gas "
    "pen zap trip whip shop plot ship quit".split()
)
_PLURALS: Final = {"man": "men", "crisis": "crises", "entente": "ententes"}
_EITHER_L: Final = frozenset("cancel label travel signal model fuel level".split())  # one l or two


class Row(NamedTuple):
    """One surface form of one trigger."""

    surface: str
    language: str
    code: str
    kind: str  # vb vs vd vn ve vg (verb forms; ve: past or participle), n, x, s (a stem)
    flags: str


def inflect_verb(base: str) -> Iterator[tuple[str, str]]:
    """Each form of an English verb with its kind."""
    yield base, "vb"
    yield _SINGULAR.get(base) or _third_person(base), "vs"
    yield _gerund(base), "vg"
    if base in _EITHER_L:
        yield base + "led", "ve"
        yield base + "ling", "vg"
    if base not in _IRREGULAR:
        yield _regular_past(base), "ve"
        return
    past, participle = _IRREGULAR[base]
    if past == participle:
        yield past, "ve"
        return
    yield past, "vd"
    yield participle, "vn"
    for form in _ALSO.get(base, ()):
        yield form, "vs"


def _third_person(base: str) -> str:
    if re.search(r"(s|x|z|ch|sh|o)$", base):
        return base + "es"
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ies"
    return base + "s"


def _gerund(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if re.search(r"[^eoy]e$", base) and base != "be":
        return base[:-1] + "ing"
    return (base + base[-1] if base in _DOUBLED else base) + "ing"


def _regular_past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ied"
    return (base + base[-1] if base in _DOUBLED else base) + "ed"


def plural(noun: str) -> str:
    """The plural of an English noun phrase whose last word is its head; "" where it has none."""
    words = noun.split()
    head = next((i for i, word in enumerate(words) if word in {"of", "to", "in", "on", "for"}), 0)
    position = head - 1 if head else len(words) - 1
    word = words[position]
    if word.endswith("s") and not word.endswith("ss"):
        return ""
    words[position] = _PLURALS.get(word) or _third_person(word)
    return " ".join(words)


def english_forms(kind: str, stem: str) -> Iterator[tuple[str, str]]:
    """Each surface of an English stem with its kind."""
    if kind == "v":
        first, _, rest = stem.partition(" ")
        for form, name in inflect_verb(first):
            yield f"{form} {rest}".strip(), name
    elif kind == "n":
        yield stem, "n"
        if several := plural(stem):
            yield several, "n"
    else:
        yield stem, kind


def read_stems(path: Path) -> Iterator[Row]:
    """The rows of one stem file, in its order; the language is the end of the file's name."""
    language = path.stem.rpartition("_")[2]
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        head, _, stems = line.partition(" : ")
        code, _, kind_flags = head.strip().partition(" ")
        kind, _, flags = kind_flags.partition("+")
        if "~" in kind_flags and language == "en":
            yield from _with_objects(stems, code, kind.strip("~"), flags.strip("~"))
            continue
        for stem in filter(None, (piece.strip() for piece in stems.split(","))):
            forms = english_forms(kind, stem) if language == "en" else [(stem, kind)]
            for surface, name in forms:
                yield Row(surface.lower(), language, code, name, flags)


def _with_objects(line: str, code: str, kind: str, flags: str) -> Iterator[Row]:
    """The rows of "verb, verb ~ word, word": each form of a verb with all words it may take.

    The kind `p` is a verb whose subject is concerned, as in the passive.
    """
    verbs, _, words = line.partition(" ~ ")
    objects = "|".join(word.strip() for word in words.split(","))
    for verb in verbs.split(","):
        for form, name in english_forms("v", verb.strip()):
            yield Row(f"{form} ~ {objects}", "en", code, "p" if kind == "p" else name, flags)


def merged(rows: Iterator[Row]) -> list[Row]:
    """One row per language and surface: the first one, with `m` for a form both verb and noun."""
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = (row.language, row.surface)
        first = found.setdefault(key, row)
        if {first.kind[0], row.kind[0]} == {"v", "n"} and "*" not in row.surface:
            found[key] = first._replace(kind="mb" if "vb" in (first.kind, row.kind) else "ms")
    return [found[key] for key in sorted(found)]


def main() -> None:
    """Write the table."""
    rows = [row for path in sorted(HERE.glob("stems_*.txt")) for row in read_stems(path)]
    table = merged(iter(rows))
    TABLE.write_text("\n".join([HEAD, *("\t".join(row) for row in table)]) + "\n", encoding="utf-8")
    print(f"{len(table)} surfaces of {len(rows)} forms")


if __name__ == "__main__":
    main()

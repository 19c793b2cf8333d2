"""Traditional to simplified characters in, `traditional.tsv` out: what Chinese terms need of them.

    python -m transforms.data.topics.build_traditional TSCharacters.txt

Only characters that occur in `zh.txt` are kept, so run it after editing that file. The input is
`TSCharacters.txt` of OpenCC (github.com/BYVoid/OpenCC, Apache-2.0): a traditional character, a tab,
its simplified forms, of which the first counts.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

HEAD = """\
# Simplified characters of zh.txt, and the traditional ones that stand for them. From OpenCC's
# TSCharacters.txt (Apache-2.0); rebuild: python -m transforms.data.topics.build_traditional FILE
"""


def table(characters: str, lexicon: str) -> str:
    """The lines of `traditional.tsv`: simplified character, tab, its traditional characters."""
    variants: dict[str, str] = {}
    for line in characters.splitlines():
        traditional, _, simplified = line.partition("\t")
        first = simplified.split(" ")[0]
        if len(traditional) == 1 and first != traditional and first in lexicon:
            variants[first] = variants.get(first, "") + traditional
    return HEAD + "".join(f"{key}\t{variants[key]}\n" for key in sorted(variants))


def main() -> None:
    """Write `traditional.tsv` beside `zh.txt`."""
    room = Path(str(files("transforms.data.topics")))
    lexicon = (room / "zh.txt").read_text(encoding="utf-8")
    characters = Path(sys.argv[1]).read_text(encoding="utf-8")
    (room / "traditional.tsv").write_text(table(characters, lexicon), encoding="utf-8")


if __name__ == "__main__":
    main()

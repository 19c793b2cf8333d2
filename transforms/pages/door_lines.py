"""One line of plain text comes in; out goes the rule by which it is a door of the site ("" = it is none).

Doors lead to a topic ("Tags: Mali, Sahel", "Mehr zum Krieg in der Ukraine", "All articles by Ann Lee")
or to who paid ("In collaborazione con Enel"); beside them hang the site's small gauges (the weather, the
markets). A door is a label: what ends like a sentence is none.
"""

from __future__ import annotations

import re

from transforms.pages.boilerplate_phrases import ends_sentence

MAX_WORDS = 30
_MAX_MORE = 8  # words
_MAX_PAID = 10
_MAX_GAUGE = 12


def _any(*rows: str) -> str:
    """One of the expressions of some rows, each with bars between them."""
    return f"(?:{'|'.join(rows)})"


# What a list of topics is called, before its colon
_TAGGED = re.compile(
    "^"
    + _any(
        "filed under|(?:mentioned )?in this (?:story|article)",
        "topics?|tags?|tagged(?: with| as| in| under)?|(?:published|posted|filed) (?:under|in)",
        "kategorien?|rubrik|ressort|keywords?|hashtags|categor(?:y|ies)|more on",
        "related topics?|schlagworte?|schlagwörter|stichworte?|stichwörter|themen",
        "mots[- ]clés?|étiquettes?|thèmes|sujets|rubriques?",
        "temas?(?: relacionados)?|etiquetas|palabras clave|categorías?",
        "assuntos?|palavras[- ]chave|categorias?|tópicos|argomenti|etichette|parole chiave|categorie",
        "trefwoord(?:en)?|onderwerp(?:en)?|теги|тэги|метки|темы|ключевые слова|рубрика|рубрики",
        "标签|標籤|关键词|關鍵詞|關鍵字|关键字|分类|タグ|キーワード|カテゴリー?",
        "الوسوم|وسوم|كلمات مفتاحية|الكلمات المفتاحية|كلمات دلالية|الكلمات الدلالية|مواضيع",
        "태그|키워드|tagi|tematy|słowa kluczowe|etiketler|konular|anahtar kelimeler|ämnen|taggar|nyckelord",
        "टैग|टैग्स",
    )
    + r"\s?[:：]|^#\w+(?:[\s,]+#\w+)+$",
    re.I,
)
_STORIES = _any(
    "articles?|stories|coverage|reporting|analysis|news|texts",
    "artikel|beiträge|texte|berichte|nachrichten|dossiers?|reportages",
    "artículos|textos|noticias|reportajes|reportagens|artigos|notícias|matérias",
    "articoli|servizi|notizie|artikelen|nieuws|verhalen|материалы|статьи|публикации|новости",
)
_ALL = _any(
    "our|all|all of our|more|other|alle|alle unsere|unsere|mehr|weitere",
    "tous les|tous nos|nos|plus d'|d'autres|nuestr[oa]s|tod[oa]s (?:l[oa]s|nuestr[oa]s)|más|otr[oa]s",
    "noss[oa]s|tod[oa]s [oa]s|mais|outr[oa]s|i nostri|le nostre|tutti (?:gli|i)|tutte le|altri|altre",
    "onze|al het|meer|наши|все|другие|ещё",
)
_OF = _any(
    "on|about|from|by|of|zu|zum|zur|über|aus|von|sur|de|du|des|sobre|do|da|su|sul|sull'|sulla|di|del",
    "over|van|о|об|по|от|автора",
)
# "More on Sudan", "You are here: ..."; "More than 40 dead" is none, nor is what ends with a verb
# ("Mehr von der Regierung gefordert")
_MORE_ON = re.compile(
    "^"
    + _any(
        "more (?:on(?! the way)|about|from|by)|mehr (?:zu|zum|zur|über|aus|von)|alles (?:zu|zum|zur)",
        "plus (?:d'infos )?sur|en savoir plus sur|tout sur|más (?:información )?sobre|todo sobre|más en",
        "(?:saiba |leia )?mais sobre|tudo sobre|altro su|di più su|tutto su(?:l|lla)?",
        "hintergr(?:und|ünde)(?= zum thema) zum",
        "lo último (?:en|de|sobre)|últimas (?:de|em|sobre)|le ultime (?:da|su|di)",
        "laatste nieuws (?:uit|over)|meer (?:over|van|uit)|alles over",
        f"{_ALL} {_STORIES} {_OF}|(?:больше|подробнее|всё|все материалы) (?:о|об|про)",
        "(?:you are here|sie sind hier|sie befinden sich hier|vous êtes ici|estás en|ti trovi in"
        "|você está (?:aqui|em)|sei qui|je bent hier|вы здесь)\\s?:",
        "related (?:stories|articles|coverage|posts|links|content)(?: (?:from|on|in|about))?",
        "المزيد (?:عن|حول|من)|(?:كل|جميع|آخر) أخبار|مقالات أخرى|więcej o|mer om",
    )
    + r"(?:\s|(?<=['’:]))\S"
    + r"|^(?:更多关于|(?:您的|您现在的|当前|目前)位置|您在这里|現在位置|現在地)|^أنت هنا"
    + r"|^更多\S{1,6}(?:新闻|新聞|报道|報導|文章)$",
    re.I,
)
_JAPANESE_DOOR = re.compile(
    r"に関する(?:ほかの|他の|最新)?(?:記事|ニュース)(?:一覧)?$|はこちら(?:から|へ)?$"
)
# "Eine Anzeige der Bahn", "Un contenido de Repsol", "En partenariat avec Orange"
_PAID_BY = re.compile(
    "^"
    + _any(
        "(?:an? |une? |un |una |um |uma |eine? |een )?(?:paid |sponsored |commercial )?"
        + _any(
            "advertisement|advertorial|sonderveröffentlichung|publicité|publirreportaje",
            "pubblicità|advertentie|(?<=\\s)(?:contenu|contenido|conteúdo|contenuto)",
        )
        + "(?: proposé| offert| sponsorisé| ofrecido| patrocinado| oferecido| offerto)? "
        + _any("of|by|from|von|der|des|de|du|do|da|di|del|dell'|par|por|van|for"),
        "(?:ein beitrag|ein gastbeitrag|een bijdrage|une tribune) (?:von|van|de)",
        "(?:produced |created |made |made possible |realizzato |elaborado |erstellt |contenu )?"
        + _any(
            "in (?:partnership|association|collaboration|cooperation) with",
            "in (?:zusammenarbeit|kooperation) mit|en (?:partenariat|collaboration|association) avec",
            "en (?:colaboración|asociación) con|em (?:parceria|colaboração|associação) com",
            "in (?:collaborazione|partnership) con|in samenwerking met",
            "совместно с",
        ),
        "(?:presented|sponsored|powered|brought to you|paid for) by",
        "(?:supported|funded|produced) by(?=.* (?:foundation|fund|trust|institute|bank|inc|ltd)\\b)",
        "eine anzeige (?:der|des|von)(?!.*(?:polizei|staatsanwalt|behörde|partei|stadt|opfer))",
        "(?:präsentiert|gesponsert) von|ein angebot von",
        "(?:proposé|présenté|offert|sponsorisé) par|(?:ofrecido|presentado|patrocinado|realizado) por",
        "(?:oferecido|apresentado|patrocinado) por|(?:offerto|sponsorizzato|presentato) da",
        "(?:aangeboden|gesponsord|mogelijk gemaakt) door|на правах рекламы",
    )
    + r"\s\S[^,.!?;:]{1,40}$|^"
    + _any(
        "sponsored|promoted|advertorial|paid post|paid content|gesponsert|sponsorisé|patrocinado",
        "sponsorizzato|gesponsord|реклама|推广|広告|pr|إعلان",
    )
    + r"\s?[:：|]\s?\S",
    re.I,
)
_WEATHER = _any(
    "weather|wetter|météo|el tiempo|tiempo|previsão|meteo|het weer|weer|погода|天气|天氣|天気|الطقس|날씨",
    "hava durumu|pogoda|väder",
)
# "FTSE 100 7,682.33 +0.41%", "London 14°C", "5-day forecast"; "Prices rise to 4.1 (+0.3%)" is none
_GAUGE = re.compile(
    r"^[^.!?:;]{2,40}?(?<!\s[^\W\d_A-Z])(?<!\s[^\W\d_A-Z]{2})\s[$€£¥₹]?[\d.,]+\s?(?:[▲▼↑↓]\s?)?[+−–-]?\s?[\d.,]*\s?"
    r"(?:[(][\d.,]+\s?%[)]|[(]?[+−–▲▼↑↓-]\s?[\d.,]+\s?%[)]?)$"
    r"|^(?:[^\W\d][\w.'’-]*,?\s){1,3}[+−–-]?\d{1,2}\s?°\s?[CFcf]?(?:\s[^\W\d][\w ]{2,24})?$"
    r"|^[+−–-]?\d{1,2}\s?°\s?[CFcf]?(?:\s.{2,20})?$"
    r"|^\d{1,2}[- ](?:day|hour) (?:weather )?forecast$"
    rf"|^(?i:(?:today's |current |local )?{_WEATHER})\b[^.!?]{{0,60}}°\s?[CF]?$"
)


_ENDS_WITH_VERB = re.compile(
    r"^(?:[Mm]ehr|[Aa]lles)\s.*\s[a-zäöüß]+$|^[Mm]eer\s.*\s(?:ge|ver)[a-z]{2,}[dt]$"
)


def _is_door(line: str, folded: str) -> bool:
    if _MORE_ON.match(folded):
        return _ENDS_WITH_VERB.match(line) is None
    return ("関" in folded or "こ" in folded) and _JAPANESE_DOOR.search(folded) is not None


def door_rule(line: str, folded: str, words: int) -> str:
    """The rule of a line of so many words, folded too, that is a door or a gauge. Linear in the line."""
    if words > MAX_WORDS or ends_sentence(line):
        return ""
    if (":" in folded or "#" in folded) and _TAGGED.match(folded):
        return "section"
    if words <= _MAX_MORE and _is_door(line, folded):
        return "related"
    if words <= _MAX_PAID and _PAID_BY.match(folded):
        return "sponsored"
    is_gauge = words <= _MAX_GAUGE and ("%" in line or "°" in line or "forecast" in folded)
    return "ui" if is_gauge and _GAUGE.match(line) else ""

"""The language of an article: detected, and English wherever nothing says otherwise."""

from __future__ import annotations

import json

import pytest

from entente.model import Article
from entente.reading import read_bytes
from entente.reading.language import detect_language

TEXTS = {
    "es": "El ministro viajó a la capital para hablar de la frontera. Los dos países firmarán un acuerdo en mayo.",
    "fr": "Le ministre s'est rendu dans la capitale pour parler de la frontière. Les deux pays signeront un accord.",
    "de": "Der Minister reiste in die Hauptstadt, um über die Grenze zu sprechen. Beide Länder wollen ein Abkommen schließen.",
    "pt": "O ministro viajou à capital para falar da fronteira. Os dois países vão assinar um acordo em maio.",
    "it": "Il ministro è andato nella capitale per parlare del confine. I due paesi firmeranno un accordo.",
    "ru": "Министр приехал в столицу, чтобы обсудить границу. Обе страны подпишут соглашение в мае.",
    "uk": "Міністр приїхав до столиці, щоб обговорити кордон. Обидві країни підпишуть угоду в травні.",
    "ar": "وصل الوزير إلى العاصمة لبحث مسألة الحدود، وسيوقع البلدان اتفاقا في مايو.",
    "fa": "وزیر برای گفتگو درباره مرز به پایتخت رفت. دو کشور در ماه مه توافقنامه‌ای امضا می‌کنند.",
    "tr": "Bakan sınırı görüşmek için başkente gitti. İki ülke mayıs ayında bir anlaşma imzalayacak.",
    "zh": "部长前往首都讨论边界问题，两国将于五月签署协议。",
    "ja": "大臣は国境について話し合うため首都を訪れた。両国は五月に協定に署名する。",
    "ko": "장관은 국경 문제를 논의하기 위해 수도를 방문했다. 두 나라는 5월에 협정에 서명한다.",
    "nl": "De minister reisde naar de hoofdstad om over de grens te praten. Beide landen tekenen een akkoord.",
    "pl": "Minister pojechał do stolicy, żeby rozmawiać o granicy. Oba kraje podpiszą umowę w maju.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_of_a_short_text_is_found(language: str) -> None:
    assert detect_language(TEXTS[language]) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025 – 17.4",
        "Kenya and Uganda signed a treaty on Lake Victoria on Monday, the ministry said in Nairobi.",
        "2022 São Tomé and Príncipe coup d'état attempt",
        "President Luiz Inácio Lula da Silva meets Pedro Sánchez",
        "Spanish writer Álvaro Pombo wins the Miguel de Cervantes Prize.",
        "IRAN AND RUSSIA SIGN PACT, SAYS TEHRAN",
        "Third inauguration of Luiz Inácio Lula da Silva",
        "El Salvador, Costa Rica and San Marino join",
        "The newspaper Правда says that the Россия hotel was sold to a bank",
    ],
)
def test_english_with_names_of_elsewhere_is_english(text: str) -> None:
    assert detect_language(text) == "en"


def test_what_a_page_states_is_believed_only_where_the_text_agrees() -> None:
    headline = "Scholz in Peking"
    assert detect_language(headline) == "en"
    assert detect_language(headline, "de-AT") == detect_language(headline, "German") == "de"
    assert detect_language(TEXTS["ar"], "en-US") == "ar"
    assert detect_language("Президент Того прилетел из Ломе в Бенин.", "ru") == "ru"
    assert detect_language(TEXTS["uk"], "ru") == "uk"
    assert detect_language("The minister went to the capital and signed the treaty.", "fr") == "en"
    assert detect_language(headline, "no such language") == detect_language(headline, "{}" * 500) == "en"


def only(data: bytes, name: str) -> Article:
    reading = read_bytes(data, name)
    assert not reading.skipped
    (article,) = reading.articles
    return article


def test_every_reader_gives_the_language() -> None:
    text = TEXTS["fr"]
    page = (
        f'<html lang="fr"><head><title>Un accord</title></head><body><article><p>{text}</p><p>{text}</p></article></body></html>'
    )
    feed = f"<rss version='2.0'><channel><title>Le Lac</title><item><title>Un accord</title><description>{text}</description></item></channel></rss>"
    gdelt = {
        "articles": [
            {
                "title": "Scholz in Peking",
                "url": "https://example.org/a",
                "domain": "example.org",
                "seendate": "20250428T101500Z",
                "language": "German",
            }
        ]
    }
    assert only(page.encode(), "page.html").language == "fr"
    assert only(feed.encode(), "feed.rss").language == "fr"
    assert only(json.dumps({"title": "Un accord", "text": text}).encode(), "a.json").language == "fr"
    assert only(f"Un accord\n{text}\n".encode(), "a.txt").language == "fr"
    assert only(f'title,text\nUn accord,"{text}"\n'.encode(), "a.csv").language == "fr"
    assert only(json.dumps(gdelt).encode(), "list.json").language == "de"

"""Which news agency an article credits as the one that wrote it, by its byline, its dateline or its last line."""

from __future__ import annotations

import re

from entente.model import Article

# How agencies sign; the first is the name under which they are counted. Short ones may be a person's name or stand for something
# else: they count in brackets before a dash, or where nothing else stands.
_SIGNED = """
Reuters, Thomson Reuters
AP, Associated Press, The Associated Press
AFP, Agence France-Presse, Agence France Presse
UPI, United Press International
DPA, Deutsche Presse-Agentur
EFE, Agencia EFE
ANSA
Lusa
Belga
APA, Austria Presse Agentur
PAP, Polish Press Agency
CTK
TASS, ITAR-TASS
RIA Novosti
Interfax, Interfax-Ukraine
Ukrinform
BelTA
Kazinform
Azertac
Armenpress
Xinhua, Xinhua News Agency
China News Service
Yonhap, Yonhap News Agency
Kyodo, Kyodo News
Jiji, Jiji Press
KCNA
CNA, Central News Agency
VNA, Vietnam News Agency
Bernama
Antara, Antara News
PNA, Philippine News Agency
PTI, Press Trust of India
ANI, Asian News International
IANS
APP, Associated Press of Pakistan
UNB
BSS
Anadolu, Anadolu Agency, AA
IRNA
Tasnim, Tasnim News Agency
Mehr, Mehr News Agency
SANA
WAM
SPA, Saudi Press Agency
QNA, Qatar News Agency
KUNA
Petra, Petra News Agency
MENA
MAP
NAN, News Agency of Nigeria
Canadian Press, The Canadian Press
AAP, Australian Associated Press
"""
_NAME_OF = {form.lower(): line.split(", ")[0] for line in _SIGNED.strip().splitlines() for form in line.split(", ")}
_ANY = "|".join(re.escape(form) for form in sorted(_NAME_OF, key=len, reverse=True))
_LONG = "|".join(re.escape(form) for form in sorted(_NAME_OF, key=len, reverse=True) if len(form) > 4)
_LOOK = 120  # characters at the start and at the end
# "SEOUL, April 28 (Yonhap) --", "(Reuters) - A", "New Delhi [India], April 28 (ANI): ", "MOSCOW, April 28. /TASS/. "
_DATELINE = re.compile(
    rf"^[^\n()/]{{0,80}}(?:\((?P<round>{_ANY})\)(?=\s*[-–—:])|\((?P<long>{_LONG})\)|/(?P<slash>{_ANY})/)", re.IGNORECASE
)
# "By Jane Doe, Associated Press", "Reuters Staff", "AFP"
_BYLINE = re.compile(
    rf"(?:^(?P<whole>{_ANY})(?:\s+(?:staff|agency|news|wire|reporters?))*$|[\W_](?P<last>{_LONG})$|\((?P<round>{_ANY})\)$)",
    re.IGNORECASE,
)
# A last line that says no more than whose text it is: "(AFP)", "Source: Xinhua", "© 2025 Reuters", "-- ANI".
_LAST = re.compile(
    rf"(?:^|\n)\W*(?:\((?P<round>{_ANY})\)|(?:(?:source|sources|credit|by|from|copyright)\W+|©\W*|—\W*|--\W*)(?:\d{{4}}\W+)?(?P<named>{_ANY})|(?P<alone>{_LONG}))\W*$"
    rf"|\.\s*\((?P<end>{_ANY})\)\W*$",
    re.IGNORECASE,
)


def credited_agency(article: Article) -> str:
    """The agency that an article credits, or that it is from; "" when it names none, or names one only as it quotes it."""
    signed = (
        _NAME_OF.get(article.outlet.strip().lower())
        or _found(_BYLINE.search(article.author.strip()[-_LOOK:]))
        or _found(_DATELINE.match(article.text[:_LOOK].lstrip()))
        or _found(_LAST.search(article.text.rstrip()[-_LOOK:]))
    )
    return signed or ""


def _found(match: re.Match[str] | None) -> str:
    return _NAME_OF[next(form for form in match.groupdict().values() if form).lower()] if match else ""

"""Which actors a text names: one pass over all names of the lexicon, then rule by rule for what is ambiguous.

Every mention says in ``rule`` what decided it. A name that no rule can settle is left out: no guess.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from entente.lexicon.matching import compile_starts
from entente.lexicon.model import ActorNames, Name
from entente.lexicon.names import normal
from entente.model import MONTH_NAMES, Mention, MentionKind, Part, Span

_TITLES = (
    "President|Prime Minister|Premier|Chancellor|King|Queen|Prince|Emir|Sultan|Sheikh|Pope|Foreign Minister|Defen[cs]e Minister|Finance Minister|"
    "Interior Minister|Foreign Secretary|Defen[cs]e Secretary|Secretary of State|Secretary|Secretary-General|Minister|Ambassador|General|Ayatollah|"
    "Supreme Leader|Vice President|president|prime minister|chancellor|foreign minister|defen[cs]e minister|leader|Mr\\.|Mr|Mrs\\.|Ms\\.|Comrade|Spokesman|Spokeswoman"
)
# The name is taken whole: no part of "Martinez" may stand for it where another name follows, nor does an initial end it.
_TITLED = re.compile(rf"\b({_TITLES})\s+([A-ZÀ-Þ][\w'’-]++)(?!\s+[A-ZÀ-Þ])")
# Where a title can begin: one pass for all of them is many times as fast as the expression at every word.
_find_titles = compile_starts(title.replace("[cs]", letter) for title in _TITLES.replace("\\", "").split("|") for letter in "cs")
_TITLE = re.compile(
    rf"(?:{_TITLES}|Minister|Leader|State|Secretary|Chief|Spokesperson|Comrade|Mr|On|In|But|And|While|When|As|After|That|If|For)"
)
# A ship bears a name, and is nobody: "USS Carney". What a navy's letters lead is one whatever else the name means: "USS Georgia".
_WARSHIP = re.compile(r"\b(?:USS|USNS|USCGC|HMS|HMCS|HMAS|HMNZS|INS|RFA|RSS|BRP|KRI|ROKS) $")
_SHIP = re.compile(r"\b(?:ship|frigate|destroyer|corvette|submarine|cruiser|tanker|ferry|yacht|minesweeper) $")
_SHIP_NAMES = frozenset({MentionKind.LEADER, MentionKind.CAPITAL, MentionKind.PLACE})
_OWNER_BEFORE = re.compile(r"([A-Z][\w'-]*?(?: [A-Z][\w-]*?)*)(?:['’]s?)?(?: (?:National|Supreme))* $")
_OWNER_BEHIND = re.compile(r" of (?:the )?([A-Z][\w-]*(?: [A-Z][\w-]*)*)")
_WORD_BEFORE = re.compile(r"([\w.'-]+) $")
_WORD_AFTER = re.compile(r" ([\w.'-]+)")
_OUTLET = re.compile(r"\(([^()]{2,80})\)")
_OUTLET_WORDS = re.compile(
    r"\b(?:Times|Post|News|Herald|Radio|TV|Daily|Tribune|Guardian|Press|Today|Agency|Independent|Journal|Telegraph|Observer|Monitor|via|BBC|CNN|AP|AFP|Reuters|"
    r"NPR|DW|Standard|Mail|Globe|Star|Chronicle|Gazette|Broadcasting|Online|Media|Insider|Report|Review|Digest|World|Nation|Citizen|Express|Mirror|Sun|Wire)\b"
)
# Words with a capital that may stand directly before a place without making it a person's name.
_BEFORE_PLACE = frozenset(
    [
        "In",
        "Near",
        "At",
        "From",
        "To",
        "Of",
        "For",
        "The",
        "On",
        "Around",
        "Inside",
        "Outside",
        "Across",
        "Greater",
        "North",
        "South",
        "East",
        "West",
        "Northern",
        "Southern",
        "Eastern",
        "Western",
        "Central",
        "Upper",
        "Lower",
        "And",
        "But",
        "While",
        "After",
        "Before",
        "Since",
        "Northeast",
        "Northwest",
        "Southeast",
        "Southwest",
        "Downtown",
        "Port",
        "Fort",
        "Mount",
        "Lake",
        "Occupied",
        "Rural",
        "Old",
        "New",
        "Governor",
        "Mayor",
        "Mr",
        "Oblast",
        "Province",
        "City",
        "Region",
    ]
)
_AFTER_PLACE = frozenset(
    [
        "Border",
        "Exclusion",
        "Governor",
        "Governorates",
        "Mayor",
        "Military",
        "Military-Civilian",
        "Nuclear",
        "Oblasts",
        "Oil",
        "Provinces",
        "Regency",
        "Higher",
        "Regional",
        "High",
        "Crown",
        "Oblast",
        "Province",
        "Governorate",
        "Region",
        "District",
        "City",
        "County",
        "State",
        "Airport",
        "International",
        "Island",
        "Islands",
        "Prison",
        "Raion",
        "Refinery",
        "Airbase",
        "Base",
        "Port",
        "Harbour",
        "Harbor",
        "Square",
        "Street",
        "Cathedral",
        "Mosque",
        "Hospital",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Prefecture",
        "Peninsula",
        "Valley",
        "Territory",
        "Strip",
        "Province's",
        "Division",
        "Municipality",
        "Department",
        "Krai",
        "Republic",
        "Autonomous",
        "Heights",
        "Front",
        "Summit",
        "Conference",
        "Declaration",
        "Accords",
        "Dam",
        "Bridge",
        "Station",
        *(month.capitalize() for month in MONTH_NAMES),
    ]
)
_NOT_AFTER_DEMONYM = frozenset(
    [
        "language",
        "languages",
        "cuisine",
        "restaurant",
        "restaurants",
        "food",
        "wine",
        "dialect",
        "alphabet",
        "literature",
        "grammar",
        "cuisine",
    ]
)
_LEADER_TAIL = frozenset(
    [
        "Jr",
        "Jr.",
        "Sr",
        "Tower",
        "Towers",
        "Stadium",
        "Organization",
        "Foundation",
        "Airport",
        "University",
        "Library",
        "Boulevard",
        "Street",
        "Square",
        "Center",
        "Centre",
        "Institute",
    ]
)
# Words that open a sentence and are nobody's first name.
_SENTENCE_OPENERS = frozenset(
    [
        "Then",
        "When",
        "While",
        "But",
        "And",
        "As",
        "If",
        "After",
        "Before",
        "Since",
        "Both",
        "Yet",
        "So",
        "Today",
        "Yesterday",
        "Meanwhile",
        "However",
        "Later",
        "Earlier",
        "Now",
        "Because",
        "Although",
        "Though",
        "Did",
        "Does",
        "Has",
        "Will",
        "Can",
        "Why",
        "How",
        "What",
        "That",
        "For",
        "In",
        "On",
        "At",
        "By",
        "With",
        "Under",
        "Over",
        "Like",
        "Former",
        "Late",
        "Even",
        "Only",
        "Once",
        "Until",
        "Unless",
        "Also",
        "Instead",
        "Still",
        "Here",
        "There",
        "Again",
    ]
)
# A first name and a particle before a family name, and what stands there that is no first name.
_NOBLE = re.compile(r"\b([A-Z][a-zà-ÿ]+)\s(?:de|da|di|von|van|du|dos|del)(?:\s(?:la|los|las|der|den))?\s$")
_INSTITUTIONS = frozenset(
    ["Universidad", "Universidade", "Provincia", "Ciudad", "Puerto", "Porto", "Port", "Feria", "Estado", "Rio", "Isla", "Diario", "Club", "Copa", "Gran"]
)  # fmt: skip
# Verbs whose object is a town sooner than a person.
_TAKING = frozenset(
    [
        "besiege",
        "besieged",
        "besieges",
        "besieging",
        "bomb",
        "bombard",
        "bombarded",
        "bombs",
        "bombed",
        "bombing",
        "capture",
        "captured",
        "captures",
        "capturing",
        "enter",
        "entered",
        "entering",
        "enters",
        "encircle",
        "encircled",
        "encircles",
        "encircling",
        "liberate",
        "liberated",
        "liberates",
        "occupied",
        "occupies",
        "occupy",
        "occupying",
        "recapture",
        "recaptured",
        "recaptures",
        "retake",
        "retaken",
        "retakes",
        "retook",
        "seize",
        "seized",
        "seizes",
        "seizing",
        "shell",
        "shelled",
        "shelling",
        "shells",
        "storm",
        "stormed",
        "storming",
        "storms",
    ]
)
# Forces and offices of a state, named behind it.
_STATE_BODY = re.compile(
    r" (?:Air Force|Army|Navy|Coast Guard|Armed Forces|Defen[cs]e Forces?|Border (?:Guard|Police|Security)|(?:National |Federal )?Police"
    r"|National (?:Army|Guard|Assembly|Security)|(?:Foreign |Defen[cs]e )?Ministry|Ministry of|Government|Parliament|Supreme Court)\b"
)
# What a person is called by, directly before a family name.
_CALLED = frozenset(
    [
        "senator",
        "congressman",
        "congresswoman",
        "representative",
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "professor",
        "judge",
        "justice",
        "coach",
        "sir",
        "dame",
        "captain",
        "detective",
        "sheriff",
        "mayor",
        "rival",
        "colleague",
    ]
)
# Behind a country: an office of the day, and who holds it.
_OFFICE_AND_NAME = re.compile(
    r"(?:'s)? (?:(?!(?:former|late|ex|opposition|shadow|vice)\b)[A-Za-z-]+ ){0,4}?"
    r"([Pp]resident|[Pp]rime [Mm]inister|[Cc]hancellor|[Mm]inister|[Ff]oreign [Ss]ecretary|[Dd]efen[cs]e [Ss]ecretary|[Aa]mbassador|[Ss]pokes(?:man|woman|person))"
    r"(?: (?:to|at|for|of) [A-Z][\w ]{2,30})?,? ((?:[A-ZÀ-Þ](?:[\w-]|'(?!s\b))+ ){1,2}[A-ZÀ-Þ](?:[\w-]|'(?!s\b)){2,})(?=[,.;]|'s\b| [a-z])"
)
_OLDEST = dt.date.min
# What may not stand before it is looked at behind its first letter: an expression that begins with letters is searched much faster.
_CAPITAL_WORD = re.compile(r"[A-ZÀ-Þ](?<![\w'’.-].)[^\W\d_]{2,}(?![\w-])")
_HEADS = frozenset(
    {
        "president",
        "prime minister",
        "chancellor",
        "premier",
        "supreme leader",
        "leader",
        "general secretary",
        "king",
        "emir",
        "crown prince",
    }
)
_DAYS = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})
# What is written short before a name: its full stop ends no sentence.
_SHORTENED = frozenset(
    f"{word}."
    for word in [
        "Adm",
        "Alex",
        "Amb",
        "Brig",
        "Capt",
        "Chas",
        "Cmdr",
        "Col",
        "Dep",
        "Dr",
        "Fr",
        "Gen",
        "Geo",
        "Gov",
        "Hon",
        "Insp",
        "Jr",
        "Lt",
        "Maj",
        "Messrs",
        "Mr",
        "Mrs",
        "Ms",
        "Mt",
        "No",
        "Pres",
        "Prof",
        "Rep",
        "Rev",
        "Sen",
        "Sgt",
        "Sir",
        "Sr",
        "St",
        "Ste",
        "Supt",
    ]
)
_CALENDAR = _DAYS | {month.capitalize() for month in MONTH_NAMES}
_LED_MONTH = re.compile(r"\b(?:[Ii]n|[Ss]ince|[Ll]ast|[Tt]his|[Nn]ext|[Ll]ate|[Ee]arly|[Uu]ntil) \w+ $")
# "The North" and "the South" of a text about the two Koreas.
_KOREAS = re.compile(r"\b[Tt]he (North|South)(?![\w-])(?! [A-Z])")
# As headlines put it: "balloons sent to South", "as North's soldiers cross", "as South, US begin drills".
_BARE_KOREAS = re.compile(r"(?<=[a-z,] )(?<!the )(?<!The )(North|South)(?=['’]s\b|[,.;:]|$)")
_KOREA_CODES = {"North": "PRK", "South": "KOR"}
# "North and South Korea", "South and North Koreans": the first shares the name of the second.
_BOTH_KOREAS = re.compile(r"\b(North|South)(?= (?:and|or) (?:North|South) Korea(ns?)?\b)")


_PROPER = r"[A-Z][\w'.-]+(?: [A-Z][\w'.-]+){0,2}"
# What follows a town up to its country: the rest of its name, perhaps a province, the country.
_ADDRESS = re.compile(rf"(?: [A-Z][\w'.-]+){{0,2}}, (?:{_PROPER}, )?(?:the )?({_PROPER})(?![\w'])")
_PART_OF = re.compile(r" in (?:(?:north|south|east|west|central)[a-z]*[- ])+([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)(?![\w'])")
_BEHIND_COMMA = re.compile(r", ([A-Z][\w'-]+(?: [A-Z][\w'-]+)?)")
_COUNTRY_BEHIND = re.compile(
    r"(?: (?:Department|Province|Governorate|District|State|Region|County|Oblast))?, (?:the )?([A-Z][\w'.-]+(?: [A-Z][\w'.-]+){0,3})"
)
# Behind a place: the province and country in which it lies.
_WITHIN = re.compile(r" in (?:the )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}, ([A-Z][\w'.-]+(?: [A-Z][\w'.-]+)?)")
# Behind a country: another one, so that both stand in a list.
_GOES_ON = re.compile(r",? (?:and|or) [A-Z]|, [A-Z]")


# Before and behind Brussels where it is the town.
_IN_BRUSSELS = re.compile(
    r"\b(?:in|to|at|from|near|of|around|outside|into|central)\s(?:(?:[A-Z][\w'’-]+,? )+and )?$", re.IGNORECASE
)
_OF_THE_TOWN = frozenset(
    [
        "airport",
        "attack",
        "attacks",
        "bombing",
        "bombings",
        "court",
        "metro",
        "police",
        "region",
        "resident",
        "residents",
        "suburb",
        "suburbs",
        "terror",
    ]
)
_COMMISSION = "European Commission"
_SHORT_COMMISSION = re.compile(r"\b[Tt]he (Commission)\b(?! (?:on|for|of)\b)")


def find_mentions(
    text: str, names: ActorNames, published: dt.date | None, part: Part = Part.TEXT, context: Sequence[Mention] = ()
) -> tuple[Mention, ...]:
    """The mentions in ``text``, sorted and not overlapping. ``context`` are mentions already found, in the title for instance."""
    if not text:
        return ()
    plain = normal(text)
    hits: list[tuple[int, int, str]] = []
    for index, start, end in names.matcher.find_matches_as_indexes(plain):
        if start and (plain[start - 1].isalnum() or plain[start - 1] == "_"):
            continue
        if end < len(plain) and ((plain[end].isalnum() and plain[end - 1].isalnum()) or plain[end] == "$"):
            continue
        hits.append((start, end, names.forms[index]))
    outlets = [m.span() for m in _OUTLET.finditer(plain) if _OUTLET_WORDS.search(m[1])]
    finder = _Finder(text, plain, names, published, part, context, hits)
    found: list[Mention] = []
    for start, end, form in hits:
        if outlets:
            around = bisect_right(outlets, start, key=itemgetter(0)) - 1
            if around >= 0 and end <= outlets[around][1]:
                continue
        mention = finder.decide(start, end, form)
        if mention is not None:
            found.append(mention)
    found += finder.surnames(found)
    found += finder.shared_koreas()
    if any(m.code == "PRK" for m in (*found, *context)):
        found += finder.koreas()
    found += finder.shortened()
    found.sort(key=lambda m: (m.start, -m.end))
    out: list[Mention] = []
    for mention in found:
        lead = max(0, mention.start - 12)
        if _WARSHIP.search(plain, lead, mention.start) or (
            mention.kind in _SHIP_NAMES and _SHIP.search(plain, lead, mention.start)
        ):
            continue
        if not out or mention.start >= out[-1].end:
            out.append(mention)
    return tuple(out)


def _titled(plain: str) -> Iterator[re.Match[str]]:
    """What ``_TITLED.finditer`` gives."""
    at = 0
    for start in _find_titles(plain):
        match = _TITLED.match(plain, start) if start >= at else None
        if match:
            at = match.end()
            yield match


def _words_like(word: str, text: str) -> Iterator[Span]:
    """Where ``word`` stands as a word of its own. Names are too many for a compiled expression each."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if _edge(text, at) and _edge(text, end):
            yield at, end
            at = text.find(word, end)
        else:
            at = text.find(word, at + 1)


def _edge(text: str, at: int) -> bool:
    """Whether a word begins or ends at ``at``, as ``\\b`` of regular expressions has it."""
    before = at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_")
    behind = at < len(text) and (text[at].isalnum() or text[at] == "_")
    return before != behind


class _Finder:
    """The rules, with what they look at: the text around and the countries surely named."""

    def __init__(
        self,
        text: str,
        plain: str,
        names: ActorNames,
        published: dt.date | None,
        part: Part,
        context: Sequence[Mention],
        hits: list[tuple[int, int, str]],
    ) -> None:
        self.text = text
        self.plain = plain
        self.names = names
        self.published = published
        self.part = part
        self.context = context
        self.countries = {m.code for m in context}
        self.countries.update(names.sure[form] for _, _, form in hits if form in names.sure)

    # -------------------------------------------------------------- around

    def _before(self, start: int) -> str:
        """The word directly before, across one blank; empty when something else stands between, or the day or month of a new phrase."""
        if self.plain[start - 1 : start] != " ":
            return ""
        last = self.plain[max(0, start - 30) : start - 1].rpartition(" ")[2]
        if last in _CALENDAR and (last in _DAYS or _LED_MONTH.search(self.plain, max(0, start - 30), start)):
            return ""  # "in May Macron met", "on Friday Vance said", but "June Jordan"
        if last.isalnum():
            return last
        m = _WORD_BEFORE.search(last + " ")
        word = m[1] if m else ""
        # "... in Washington. Netanyahu threatened", but "Prof. Jordan", "Sen. Cuba"
        ends = len(word) > 2 and word.find(".") == len(word) - 1 and word not in _SHORTENED
        return "" if ends else word

    def _after(self, end: int) -> str:
        """The word directly behind, across one blank, without the full stop that ends the sentence."""
        m = _WORD_AFTER.match(self.plain, end, end + 30)
        word = m[1] if m else ""
        return word[:-1] if word.find(".") == len(word) - 1 and len(word) > 3 else word

    def _starts_sentence(self, start: int) -> bool:
        at = start
        while at > 0 and self.plain[at - 1] in ' "“(':
            at -= 1
        return at <= 0 or self.plain[at - 1] in ".!?:;\n" or "\n" in self.text[at:start]

    def _mention(
        self, start: int, end: int, name: Name, rule: str, code: str | None = None, kind: MentionKind | None = None
    ) -> Mention:
        assert name.kind is not None
        return Mention(
            start,
            end,
            self.text[start:end],
            code or name.code or "",
            kind or name.kind,
            rule,
            name.place if code in (None, name.code) else None,
            self.part,
            name.form,
            name.person,
        )

    # -------------------------------------------------------------- rules

    def decide(self, start: int, end: int, form: str) -> Mention | None:
        """The mention at ``start``, or None when the name means nobody or cannot be settled."""
        candidates = self.names.names[form]
        first = candidates[0]
        if first.kind is None:
            return None
        if form == "Brussels" and self._is_the_union(start, end):
            return self._mention(
                start, end, first, "'Brussels' acting stands for the European Union", "EU", MentionKind.GOVERNMENT
            )
        ambiguity = self.names.ambiguous.get(form)
        if ambiguity is not None and first.kind is not MentionKind.LEADER:
            return self._ambiguous(start, end, form, first)
        if first.kind is MentionKind.LEADER:
            return self._leader(start, end, form, candidates)
        if first.kind is MentionKind.PLACE:
            return self._place(start, end, form, candidates)
        if first.kind is MentionKind.DEMONYM:
            return self._demonym(start, end, first)
        if first.kind is MentionKind.CAPITAL:
            if self._in_person(start, end) and len(form.split()) == 1:
                return None
            elsewhere = self._elsewhere(end)
            if elsewhere:
                return self._mention(start, end, first, f"a town called {form} in {elsewhere}", elsewhere, MentionKind.PLACE)
            if first.until is not None and (self.published is None or self.published > first.until):
                return self._mention(start, end, first, f"a city, capital until {first.until}", kind=MentionKind.PLACE)
            return self._mention(start, end, first, "capital")
        return self._mention(start, end, first, str(first.kind))

    def _is_the_union(self, start: int, end: int) -> bool:
        """Whether "Brussels" acts, and is no place: neither "in London and Brussels" nor "the Brussels bombings"."""
        if self._has("Belgian", start, end) or self._has("Belgium", start, end):
            return False
        return (
            not _IN_BRUSSELS.search(self.plain, max(0, start - 60), start)
            and self._after(end).lower().rstrip(".,;:") not in _OF_THE_TOWN
        )

    def _ambiguous(self, start: int, end: int, form: str, first: Name) -> Mention | None:
        rule = self.names.ambiguous[form]
        before, after = self._before(start), self._after(end)
        if (
            self._is_family_name(start)
            or (rule.person and self._in_person(start, end))
            or (rule.shared and self._is_of_country(start, end))
        ):
            return None
        elsewhere = self._elsewhere(end)
        if elsewhere and elsewhere != rule.code:
            return self._mention(start, end, first, f"a town called {form} in {elsewhere}", elsewhere, MentionKind.PLACE)
        yes = [w for w in rule.words_for if self._has(w, start, end)]
        no = [w for w in rule.words_against if self._has(w, start, end)]
        country = len(yes) > len(no) or (len(yes) == len(no) and rule.default_country)
        if (
            form == "Georgia"
            and before in ("in", "of")
            and not yes
            and not no
            and "USA" in self.countries
            and "GEO" not in self.countries
        ):
            country = False
        if form == "Georgia" and (
            re.search(
                r"(?:Athens|Atlanta|Augusta|Savannah|Macon|Columbus|Rome|Albany), $", self.plain[max(0, start - 12) : start]
            )
            or re.match(r", (?:the )?(?:United States|USA?\b|U\.S\.)", self.plain[end : end + 20])
        ):
            country = False
        if form == "Washington" and re.match(r", D\.?C", self.plain[end : end + 5]):
            country = True
        if country:
            words = f"'{form}' beside '{yes[0]}'" if yes else f"'{form}' means the country unless something speaks against it"
            if first.kind is MentionKind.DEMONYM and after in _NOT_AFTER_DEMONYM:
                return None
            return self._mention(start, end, first, words, rule.code)
        if rule.other and no:
            kind = MentionKind.PLACE if first.kind in (MentionKind.NAME, MentionKind.CAPITAL) else first.kind
            return self._mention(start, end, first, f"'{form}' beside '{no[0]}'", rule.other, kind)
        if form == "Georgia":
            return self._mention(start, end, first, "'Georgia' in a text about the United States", "USA", MentionKind.PLACE)
        return None

    def _is_of_country(self, start: int, end: int) -> bool:
        """Whether a country's name or adjective stands before or behind "of": "the Russian Security Council"."""
        before = _OWNER_BEFORE.search(self.plain, max(0, start - 40), start)
        behind = _OWNER_BEHIND.match(self.plain, end, end + 40)
        words = [*(before[1].split(" ")[-1:] if before else []), *(behind[1].split(" ")[:1] if behind else [])]
        known = (self.names.names.get(word) for word in words)
        return any(found[0].code and found[0].kind in (MentionKind.NAME, MentionKind.DEMONYM) for found in known if found)

    def _has(self, word: str, start: int, end: int) -> bool:
        """Whether ``word`` stands in the text, outside the mention itself."""
        at = self.plain.find(word)
        while at >= 0:
            if (
                not (start <= at < end)
                and (at == 0 or not self.plain[at - 1].isalnum())
                and not self.plain[at + len(word) : at + len(word) + 1].isalnum()
            ):
                return True
            at = self.plain.find(word, at + 1)
        return any(word in m.text for m in self.context)

    def _is_family_name(self, start: int) -> bool:
        """Whether a first name and a particle stand before: "Leila de Lima"."""
        m = _NOBLE.search(self.text, max(0, start - 30), start)
        return m is not None and m[1] not in _INSTITUTIONS and m[1] not in _BEFORE_PLACE and m[1] not in self.names.names

    def _in_person(self, start: int, end: int) -> bool:
        """Whether a first or family name stands beside: "Michael Jordan", "Chad Smith"."""
        before, after = self._before(start), self._after(end)
        if before.lower().rstrip(".") in _CALLED:
            return True
        if self._is_family_name(start):
            return True
        if _STATE_BODY.match(self.text, end):
            return False  # "the Israel Air Force"
        if after[:1].isupper() and after[1:2].islower() and after not in _AFTER_PLACE and normal(after) not in self.names.names:
            return True
        return bool(
            before[:1].isupper()
            and before[1:].islower()
            and len(before) > 1
            and before not in _BEFORE_PLACE
            and not self._starts_sentence(start - len(before) - 1)
            and not before.endswith(("'s", "."))
            and before not in self.names.names
        )

    def _elsewhere(self, end: int) -> str | None:
        """The country of a state or province named behind a comma, when it is another one: "Paris, Texas"."""
        m = _BEHIND_COMMA.match(self.plain, end, end + 40)
        if not m:
            return None
        for form in (m[1], m[1].split(" ")[0]):
            found = self.names.names.get(form)
            if found and found[0].kind is MentionKind.PLACE and found[0].code == "USA":
                return "USA"
        return None

    def _country_behind(self, end: int) -> str | None:
        """The country that ends an address: "Pamplona, Philippines", "Montelibano, Córdoba Department, Colombia".

        A list of countries is no address, so nothing may follow that goes on with one.
        """
        part = _PART_OF.match(self.plain, end, end + 60)
        found = self.names.names.get(part[1]) if part else None
        if found and found[0].kind is MentionKind.NAME:
            return found[0].code or None  # "Blida in southern Lebanon"
        m = _ADDRESS.match(self.plain[end : end + 90])
        if not m:
            return None
        words = m[1].split(" ")
        for size in range(len(words), 0, -1):
            found = self.names.names.get(" ".join(words[:size]))
            if found and found[0].code:
                behind = self.plain[end + m.end() :] if size == len(words) else ""
                listed = _GOES_ON.match(behind)
                return found[0].code if found[0].kind is MentionKind.NAME and not listed else None
        return None

    def _demonym(self, start: int, end: int, name: Name) -> Mention | None:
        after = self._after(end)
        if after.lower() in _NOT_AFTER_DEMONYM:
            return None
        before = self._before(start).lower()
        if before in ("speak", "speaks", "spoke", "speaking", "spoken", "fluent", "translated") or (
            before == "in" and self.plain[end : end + 1] in ("", ".", ",", ";", ")") and name.form == "adjective"
        ):
            return None
        return self._mention(start, end, name, f"{name.form or 'adjective'} of the country")

    def _leader(self, start: int, end: int, form: str, candidates: Sequence[Name]) -> Mention | None:
        after, before = self._after(end), self._before(start)
        if after in _LEADER_TAIL or self.plain[end : end + 4] == " Jr.":
            return None
        if " " not in form and "-" not in form:
            # one word: a first name before it or a name behind it makes it somebody else
            named = (
                before[:1].isupper()
                and before[1:].islower()
                and not self._is_title(before)
                and normal(before) not in self.names.names
            )
            if named and not (self._starts_sentence(start - len(before) - 1) and before in _SENTENCE_OPENERS):
                return None
            if (
                after[:1].isupper()
                and after[1:2].islower()
                and normal(after) not in self.names.names
                and not self._is_title(after)
            ):
                return None
        return self._in_office(start, end, candidates)

    def _is_title(self, word: str) -> bool:
        return _TITLE.fullmatch(word) is not None

    def _in_office(self, start: int, end: int, candidates: Sequence[Name]) -> Mention | None:
        day = self.published
        if day is None:
            return self._mention(start, end, candidates[0], f"{candidates[0].role or 'leader'}; the article has no date")
        for name in candidates:
            if name.since and name.since <= day and (name.until is None or day <= name.until):
                return self._mention(start, end, name, f"{name.role} on {day}")
        past = [n for n in candidates if n.until and n.until < day]
        if past:
            last = max(past, key=lambda n: n.until or _OLDEST)
            return self._mention(start, end, last, f"{last.role} until {last.until}")
        return self._mention(start, end, candidates[0], f"{candidates[0].role or 'known person'}; term not known for {day}")

    # -------------------------------------------------------------- places

    def _place(self, start: int, end: int, form: str, candidates: Sequence[Name]) -> Mention | None:
        coded = [c for c in candidates if c.code]
        if not coded:
            return None
        before, after = self._before(start), self._after(end)
        one_word = " " not in form and "-" not in form
        capital_before = (
            before[:1].isupper()
            and before[1:2].islower()
            and before not in _BEFORE_PLACE
            and normal(before) not in self.names.names
            and not self._starts_sentence(start - len(before) - 1)
            and not before.endswith("'s")
        )
        capital_after = (
            after[:1].isupper() and after[1:2].islower() and after not in _AFTER_PLACE and normal(after) not in self.names.names
        )
        near = [c for c in coded if c.code in self.countries]
        known = any(c.by_hand or c.size >= 500_000 for c in coded)
        if one_word and (capital_before or capital_after) and not (known and not capital_after and near):
            return None
        led = before.lower() in (
            "in",
            "near",
            "at",
            "from",
            "to",
            "of",
            "around",
            "outside",
            "on",
            "inside",
            "across",
            "toward",
            "towards",
            "into",
            "city",
            "town",
            "over",
            "hit",
            "region",
        )
        led = led or after in _AFTER_PLACE or before.lower() in _TAKING  # "the Zhytomyr Airport", "troops enter Sumy"
        within = _WITHIN.match(self.plain, end, end + 90)
        if within and all(n.code not in {c.code for c in coded} for n in self.names.names.get(within[1], ())):
            return None  # "the settlement of Shevchenko in Donetsk Oblast, Ukraine" is no town of Kazakhstan
        behind = _COUNTRY_BEHIND.match(self.plain, end, end + 60)
        if behind:
            words = behind[1].split(" ")
            for size in range(len(words), 0, -1):
                named = self.names.names.get(" ".join(words[:size]))
                if named and named[0].code:
                    match = next((c for c in coded if c.code in {n.code for n in named}), None)
                    if match is not None:
                        return self._mention(start, end, match, f"place in {match.code}, as told behind the comma")
                    break
        country = self._elsewhere(end) or (self._country_behind(end) if not any(c.by_hand for c in coded) else None)
        if country and all(c.code != country for c in coded):
            # a town the gazetteer does not know by that country: its namesake's point would be wrong
            return self._mention(start, end, coded[0], f"a place called {form} in {country}", country)
        if near:
            best = max(near, key=lambda c: (c.by_hand, c.size))
            return self._mention(start, end, best, f"place in {best.code}, which the article names")
        best = max(coded, key=lambda c: (c.by_hand, c.size))
        rest = [c for c in coded if c is not best and c.code != best.code]
        if rest and not best.by_hand and best.size < 5 * max(c.size for c in rest):
            return None
        if (
            best.by_hand
            or not one_word
            or best.size >= 300_000
            or (led and (best.size >= 30_000 or best.place is None or best.size == 0))
        ):
            return self._mention(start, end, best, f"place in {best.code}")
        return None

    def koreas(self) -> Iterator[Mention]:
        """ "The North" and "the South", said of the two Koreas."""
        for form in (_KOREAS, _BARE_KOREAS):
            for m in form.finditer(self.plain):
                yield self._found(m, _KOREA_CODES[m[1]], MentionKind.NAME, f"'{m[0]}' in a text about North Korea")

    def shortened(self) -> Iterator[Mention]:
        """ "The Commission" where the European Commission has been named."""
        named = self.plain.find(_COMMISSION)
        for m in _SHORT_COMMISSION.finditer(self.plain, named + len(_COMMISSION)) if named >= 0 else ():
            yield self._found(m, "EU", MentionKind.ORGANISATION, f"short for the {_COMMISSION}")

    def _found(self, m: re.Match[str], code: str, kind: MentionKind, rule: str) -> Mention:
        """The first group of a match as a mention."""
        start, end = m.span(1)
        return Mention(start, end, self.text[start:end], code, kind, rule, part=self.part)

    def shared_koreas(self) -> Iterator[Mention]:
        """The first of the two Koreas where both share one name: "North and South Korea"."""
        for m in _BOTH_KOREAS.finditer(self.plain) if "Korea" in self.plain else ():
            kind = MentionKind.DEMONYM if m[2] else MentionKind.NAME
            yield self._found(m, _KOREA_CODES[m[1]], kind, f"'{m[1]}' shares the name behind it")

    # -------------------------------------------------------------- family names

    def surnames(self, found: Sequence[Mention]) -> list[Mention]:
        """Family names alone: of leaders named in full in the article, or behind a title when one holder was in office on the day."""
        out: list[Mention] = []
        # one byte a character, 1 where it is part of a mention: a list of spans would be gone through for every word
        taken = bytearray(len(self.plain))
        for mention in found:
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
        people = {m.person for m in (*self.context, *found) if m.person and m.text != m.person.split()[-1]}
        for person in people:
            rows = self.names.names.get(normal(person))
            if not rows:
                continue
            words = person.split()
            family = next((w for w in (words[-1], words[0]) if person in self.names.surnames.get(w, ())), words[-1])
            first_use = min((m.end for m in found if m.person == person), default=0)
            if any(m.person == person for m in self.context):
                first_use = 0
            for start, end in _words_like(normal(family), self.plain):
                if start < first_use or any(taken[start:end]):
                    continue
                before, after = self._before(start), self._after(end)
                if (
                    before[:1].isupper() and not self._is_title(before) and not self._starts_sentence(start - len(before) - 1)
                ) or (after[:1].isupper() and after[1:2].islower() and normal(after) not in self.names.names):
                    continue
                named = self._in_office(start, end, rows)
                if named is not None:
                    out.append(named)
                    taken[start:end] = b"\1" * (end - start)
        if self.published is not None:
            for m in _titled(self.plain):
                start, end = m.span(2)
                family = m[2].removesuffix("'s")
                end = start + len(family)
                if any(taken[start:end]):
                    continue
                holders = self._holders(family)
                near = [n for n in holders if n.code in self.countries]
                # of a country that the text does not name, only who holds the very office: "Mr Williams" may be anybody
                office = m[1].lower().replace("defense", "defence")
                chosen = near or [n for n in holders if office in n.role.replace("defense", "defence")]
                if chosen and len({n.code for n in chosen}) == 1:
                    out.append(
                        self._mention(start, end, chosen[0], f"{chosen[0].role} on {self.published}, by title and family name")
                    )
                    taken[start:end] = b"\1" * (end - start)
            out += self._heads(taken)
        out += self._introduced((*found, *out), taken)
        return out

    def _introduced(self, found: Sequence[Mention], taken: bytearray) -> Iterator[Mention]:
        """People whom the text itself gives an office, where it names them again: "Bolivia's president, Rodrigo Paz, said. Paz accused"."""
        for owner in found:
            if owner.kind not in (MentionKind.NAME, MentionKind.DEMONYM):
                continue
            m = _OFFICE_AND_NAME.match(self.plain, owner.end, owner.end + 140)
            family = m[2].split()[-1] if m else ""
            if m is None or any(taken[m.start(2) : m.end(2)]) or family in _AFTER_PLACE or normal(family) in self.names.names:
                continue
            person, rule = m[2], f"{m[1]} of {owner.code}, as the text says"
            spans = [m.span(2), *(span for span in _words_like(family, self.plain) if span[0] >= m.end())]
            for start, end in spans:
                before, after = self._before(start), self._after(end)
                joined = before[:1].isupper() and not self._starts_sentence(start - len(before) - 1)
                follows = after[:1].isupper() and after[1:2].islower() and normal(after) not in self.names.names
                if any(taken[start:end]) or (start != m.start(2) and ((joined and not self._is_title(before)) or follows)):
                    continue
                taken[start:end] = b"\1" * (end - start)
                kind = MentionKind.LEADER
                yield Mention(start, end, self.text[start:end], owner.code, kind, rule, part=self.part, person=person)

    def _holders(self, family: str) -> list[Name]:
        """Those of a family name who held an office on the day of publication."""
        assert self.published is not None
        return [
            n
            for person in self.names.surnames.get(family, ())
            for n in self.names.names.get(normal(person), ())
            if n.kind is MentionKind.LEADER
            and n.since
            and n.since <= self.published
            and (n.until is None or self.published <= n.until)
        ]

    def _heads(self, taken: bytearray) -> Iterator[Mention]:
        """Heads of state and government by the family name alone, in a text that names their country and nobody else of that name."""
        for m in _CAPITAL_WORD.finditer(self.plain):
            if m[0] not in self.names.surnames or any(taken[m.start() : m.end()]):
                continue
            heads = {n.code: n for n in self._holders(m[0]) if n.code in self.countries and n.role in _HEADS}
            before, after = self._before(m.start()), self._after(m.end())
            alone = not (after[:1].isupper() and after[1:2].islower()) and (
                not before[:1].isupper() or before.endswith(".") or self._starts_sentence(m.start() - len(before) - 1)
            )
            if len(heads) == 1 and alone and not re.search(rf"[A-ZÀ-Þ][\w.'-]+ {re.escape(m[0])}\b", self.plain):
                (head,) = heads.values()
                yield self._mention(
                    m.start(), m.end(), head, f"{head.role} on {self.published}, by family name in a text about {head.code}"
                )

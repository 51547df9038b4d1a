"""Tagged words to phrases: noun phrases with the actors they stand for, verb groups with tense, voice and negation."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache

from entente.coding.tokens import BE, HAVE, HOW_WORDS, HYPHENS, Token
from entente.lexicon.patterns import Grammar
from entente.model import Mention, MentionKind, Span

# What a word joined to a country's name by a hyphen makes of it: does the country act in what follows, or is it only described?
_HOLDING_SUFFIXES = frozenset({"occupied", "held", "controlled", "annexed", "administered"})
# What belongs to a country by the word joined to it: ships above all.
_OWNING_SUFFIXES = frozenset({"flagged", "owned", "registered", "operated"})
_GROUP_SUFFIXES = frozenset({"linked", "affiliated", "aligned", "allied", "inspired"})
_ACTING_SUFFIXES = frozenset(
    {"led", "launched", "fired", "run", "sponsored", "brokered", "mediated", "imposed", "initiated", "ordered"}
)
# Territories rather than those who act for them: "the Gaza offensive" goes against Gaza.
TERRITORIES = frozenset(
    {"Gaza", "Gaza Strip", "West Bank", "Crimea", "Chechnya", "Abkhazia", "South Ossetia", "Transnistria", "Northern Cyprus"}
)
_DIRECTIONS = frozenset(
    [
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
    ]
)


@dataclass(frozen=True, slots=True)
class ActorRef:
    """An actor as a phrase names it. ``how``: head, adjective, possessor, modifier, of, place, conjunct or pronoun."""

    code: str
    mention: Mention
    how: str

    @property
    def span(self) -> Span:
        """Where it is named."""
        return self.mention.start, self.mention.end


@dataclass(slots=True, eq=False)
class Noun:
    """A noun phrase.

    ``word`` is the head in lower case; ``keys`` are the head alone and with each modifier joined by ``_``, as patterns name them.
    ``word_class``: name, agent, force, person, asset, place, act, pronoun or empty. ``actors`` are those it stands for or belongs to.
    """

    start: int
    end: int
    word: str
    keys: frozenset[str]
    word_class: str
    actors: tuple[ActorRef, ...]
    head: int
    is_act: bool = False
    is_plural: bool = False
    definite: bool = False
    proper: bool = False
    bare_names: tuple[ActorRef, ...] = ()
    held_by: tuple[ActorRef, ...] = ()


@dataclass(slots=True, eq=False)
class Verb:
    """A verb group. ``form``: finite, infinitive, ing, participle (a passive without its auxiliary). ``trigger`` is its span of words.

    ``bare`` is a base form without auxiliary: "attack", which may continue an infinitive or a modal."""

    start: int
    end: int
    lemma: str
    form: str
    tense: str = "present"
    passive: bool = False
    negated: bool = False
    modal: str = ""
    perfect: bool = False
    progressive: bool = False
    particles: tuple[str, ...] = ()
    trigger: Span = (0, 0)
    main: int = 0
    bare: bool = False


@dataclass(slots=True, eq=False)
class Mark:
    """Everything between: ``tag`` as in words.py (preposition, comma, coordinator, subordinator ...)."""

    start: int
    end: int
    tag: str
    word: str


Phrase = Noun | Verb | Mark


# Particles that are prepositions where a noun follows.
_GOVERNING = frozenset({"at", "on", "into", "upon", "against"})
# Tags of words that may begin a noun phrase, and of all that may stand in one.
_NOMINAL = frozenset("DJQNAU#R")
_IN_NOUN = _NOMINAL | frozenset("GC,X")


def find_phrases(tokens: list[Token], grammar: Grammar) -> list[Phrase]:
    """The sentence as a row of phrases, in order, covering every token except adverbs and dates."""
    out: list[Phrase] = []
    i, n = 0, len(tokens)
    while i < n:
        t = tokens[i]
        tag = t.tag
        if tag == "X":
            if t.lower in ("not", "never"):
                out.append(Mark(i, i + 1, "X", t.lower))
            i += 1
        elif tag in _NOMINAL:
            noun, i = _noun(tokens, i, grammar)
            if noun is not None:
                out.append(noun)
        elif tag == "V" or tag == "M" or (tag == "T" and i + 1 < n):
            verb, i = _verb(tokens, i, grammar)
            out.append(verb)
        else:
            out.append(Mark(i, i + 1, tag, t.lower))
            i += 1
    return out


def _noun(tokens: list[Token], start: int, grammar: Grammar) -> tuple[Noun | None, int]:
    """The noun phrase that begins at ``start`` and the index behind it."""
    n = len(tokens)
    i = start
    head = -1
    while i < n:
        t = tokens[i]
        tag = t.tag
        if tag == "N" or tag == "U":
            head = i
        elif tag == "J" or tag == "Q":
            pass
        elif tag not in _IN_NOUN:
            break
        elif tag == "D":
            if head >= 0 and not (i > start and tokens[i - 1].tag == "D"):
                break
        elif tag == "A":
            if head >= 0 and tokens[head].tag == "A" and tokens[head].mention is not None and t.mention is not None:
                # two names side by side: one person's title and name, or two different things
                standing = tokens[head].mention
                if tokens[i - 1].tag != "G" and standing is not None and standing.code != t.mention.code:
                    break
            owns = i + 1 < n and tokens[i + 1].tag == "G"
            if owns and i > start and start and tokens[start - 1].lower == "as":
                break  # "denounced as a crime Serbia's crackdown", "described as outrageous France's silence"
            head = i
        elif tag == "G":
            if i + 1 >= n or tokens[i + 1].tag not in ("J", "Q", "N", "A", "U", "#", "X"):
                i += 1
                break
        elif tag == "C":
            # "US and South Korean officials", "senior and junior officers"
            oxford = i - 1 > start and tokens[i - 1].text == "," and tokens[i - 2].tag == "Q"
            joined = i > start and i + 1 < n and (tokens[i - 1].tag in ("Q", "J") or oxford) and tokens[i + 1].tag in ("Q", "J")
            # "a friendship and cooperation treaty"
            compound = (
                i > start
                and i + 2 < n
                and all(tokens[j].tag == "N" and tokens[j].text.islower() for j in (i - 1, i + 1, i + 2))
                and not tokens[i - 1].is_plural
                and not tokens[i + 1].is_plural
            )
            if not joined and not compound and not _arms_of_one_act(tokens, i, start, grammar):
                break
        elif tag == ",":
            after = tokens[i + 2] if i + 2 < n and tokens[i + 1].tag == "C" else tokens[min(i + 1, n - 1)]
            joined = t.text == "," and i > start and tokens[i - 1].tag == "Q" and after.tag == "Q"
            if not joined:
                break
        elif tag == "X":
            if not (
                i + 1 < n
                and tokens[i + 1].tag in ("J", "#", "Q", "N")
                and i > start
                and tokens[i - 1].tag in ("D", "J", "#", "G", "Q")
            ):
                break
        elif tag == "R":
            if head < 0:
                head = i
                i += 1
            break
        elif tag == "#":
            if head >= 0 and i + 1 < n and tokens[i + 1].tag not in ("N", "J", "#", "Q"):
                i += 1
                break
        i += 1
    end = i  # behind the first word at least, which any tag that begins a noun phrase passes
    if head < 0:
        # an adjective or number that stands alone ("the wounded", "ten")
        tail = tokens[end - 1]
        if tail.tag == "#" or tail.tag in ("J", "Q", "D"):
            head = end - 1
        else:
            return None, end
    return _describe(tokens, start, end, head, grammar), end


def _arms_of_one_act(tokens: list[Token], i: int, start: int, grammar: Grammar) -> bool:
    """Whether the "and" at ``i`` joins two arms of one act: "drone and anti-tank missile attacks"."""
    arm, weapons = tokens[i - 1], grammar.classes["weapons"]
    if i <= start or arm.tag != "N" or arm.lower not in weapons or arm.is_plural:
        return False
    j = i + 1
    while j + 1 < len(tokens) and tokens[j].tag in ("N", "J") and tokens[j + 1].tag == "N":
        j += 1
    return (
        j > i + 1 and tokens[j - 1].lower in weapons and not tokens[j - 1].is_plural and tokens[j].lower in grammar.noun_patterns
    )


_MODIFYING = frozenset("NJUV")
_LEADING = frozenset("DJQAG#")
_DEFINITE = frozenset({"the", "this", "these", "those", "its", "their", "his", "her"})


@lru_cache(maxsize=10_000)
def _numbers(word: str) -> frozenset[str]:
    """A noun as it stands, and its singular if it looks plural."""
    if word[-1:] != "s" or word[-2:] == "ss":
        return frozenset((word,))
    return frozenset((word, word[:-3] + "y" if word[-3:] == "ies" and len(word) > 4 else word[:-1]))


def _describe(tokens: list[Token], start: int, end: int, head: int, grammar: Grammar) -> Noun:
    h = tokens[head]
    word = h.lower
    title = h
    name = h.mention
    if h.tag == "U" or (name is not None and name.kind is MentionKind.LEADER):
        # "Hamas commander Yahya Ali": the title tells what the name is
        for j in range(head - 1, start - 1, -1):
            if tokens[j].tag == "N":
                title = tokens[j]
                break
            if tokens[j].tag not in ("U", "J"):
                break
    named = title if title.tag == "N" else h
    word_class = grammar.noun_classes.get(named.lower, "name" if named.tag == "U" else "")
    keys = _numbers(word)
    # "its military's actions" are no military actions
    words = (
        [t.lower for j, t in enumerate(tokens[start:head], start + 1) if t.tag in _MODIFYING and tokens[j].tag != "G"]
        if head > start
        else []
    )
    if words:
        if not word_class and word in grammar.classes["bands"] and not grammar.classes["forces"].isdisjoint(words):
            word_class = "force"
        keys = keys.union([f"{w}_{key}" for w in words for key in keys])
    if end < len(tokens) and tokens[end].lower == "of":
        # "a war of words" is no war, "the release of Chadian prisoners" no release of a film
        at = next((j for j in range(end + 1, min(end + 5, len(tokens))) if tokens[j].tag not in _LEADING), None)
        if at is not None and tokens[at].tag == "N":
            while at + 1 < len(tokens) and tokens[at + 1].tag == "N":
                at += 1
            keys = keys.union([f"{key}_of_{tokens[at].lower}" for key in keys])
    if title is not h:
        keys |= _numbers(title.lower)  # "the cargo ship Yi Peng 3" is a ship
    is_act = h.tag == "N" and not grammar.noun_patterns.keys().isdisjoint(keys)
    actors: tuple[ActorRef, ...] = ()
    bare: tuple[ActorRef, ...] = ()
    held: tuple[ActorRef, ...] = ()
    named_at = [j for j, t in enumerate(tokens[start:end], start) if t.mention is not None]
    if named_at:
        refs, held = _refs(tokens, named_at, end, head)
        if name is None:
            actors, bare = _actors_of_noun(refs, tokens, is_act, word in grammar.classes["town_acts"])
        else:
            actors, word_class = _actors_of_name(name, refs, tokens[start:head], head, grammar)
    if h.tag == "R":
        word_class = "pronoun"
    definite = tokens[start].lower in _DEFINITE
    proper = h.text[:1].isupper() or (end - start > 1 and tokens[end - 2].tag == "U")
    # by place: a call by name takes twice as long, and this is the commonest of all phrases
    return Noun(start, end, word, keys, word_class, actors, head, is_act, h.is_plural, definite, proper, bare, held)


_Refs = list[tuple[int, ActorRef]]


def _refs(tokens: list[Token], named_at: list[int], end: int, head: int) -> tuple[_Refs, tuple[ActorRef, ...]]:
    """The actors named in a noun phrase that act or own, each with its place; and those that only hold what it names."""
    held: list[ActorRef] = []
    refs: _Refs = []
    for j in named_at:
        t = tokens[j]
        m = t.mention
        assert m is not None
        if j > 0 and tokens[j - 1].lower == "ethnic":
            continue  # ethnic Albanians need not be Albania's
        if t.suffix in _HOLDING_SUFFIXES:
            held.append(ActorRef(m.code, m, "holder"))
        if (
            t.suffix
            and t.suffix not in _ACTING_SUFFIXES
            and t.suffix not in _OWNING_SUFFIXES
            and not (t.suffix in _GROUP_SUFFIXES and m.kind is MentionKind.GROUP)
        ):
            continue
        if j == head:
            how = "head"
        elif j + 1 < end and tokens[j + 1].tag == "G":
            how = "possessor"
        elif (
            m.form == "adjective" or m.kind is MentionKind.DEMONYM or (t.tag == "Q" and j + 1 < end and tokens[j + 1].tag == "C")
        ):
            how = "adjective"  # "US-Chinese" is both
        else:
            how = "modifier"
        refs.append((j, ActorRef(m.code, m, how)))
    return refs, tuple(held)


def _actors_of_name(
    name: Mention, refs: _Refs, before: list[Token], head: int, grammar: Grammar
) -> tuple[tuple[ActorRef, ...], str]:
    """The actors of a noun phrase that a name heads, with ``before`` in it before the name, and its class."""
    word_class = "name"
    if name.kind is MentionKind.PLACE or any(t.lower in _DIRECTIONS for t in before):
        word_class = "place"
    elif name.kind is MentionKind.DEMONYM:
        word_class = "person"
    # what stands before a name describes it, unless it names somebody else
    others = [r for j, r in refs if j != head and r.code != name.code]
    if others and name.kind is MentionKind.PLACE and others[0].how != "modifier":
        return (others[0],), word_class
    if others and name.kind is MentionKind.LEADER and others[0].how == "adjective":
        if any(t.lower in grammar.classes["high_offices"] for t in before):
            return (others[0],), word_class  # "Colombian defence minister Pedro Sánchez" is a namesake
    return tuple([r for j, r in refs if j == head]), word_class


def _actors_of_noun(
    refs: _Refs, tokens: list[Token], is_act: bool, at_town: bool
) -> tuple[tuple[ActorRef, ...], tuple[ActorRef, ...]]:
    """The actors that a common noun stands for or belongs to; and the bare names before an act, which it may be done to."""
    adjectives = [r for j, r in refs if r.how in ("adjective", "possessor")]
    names = [r for j, r in refs if r.how == "modifier"]
    if not is_act:
        return tuple(_closest(adjectives + names, tokens, refs)), ()
    targets = [
        r
        for r in names
        if r.mention.kind is MentionKind.PLACE
        or r.mention.text in TERRITORIES
        or (at_town and r.mention.kind is MentionKind.CAPITAL)  # "the Kabul bombing" hit Kabul
    ]
    names = [r for r in names if r not in targets]
    if adjectives:
        return tuple(_closest(adjectives, tokens, refs)), (*names, *targets)
    return tuple(names), tuple(targets)


def _closest(found: list[ActorRef], tokens: list[Token], refs: list[tuple[int, ActorRef]]) -> list[ActorRef]:
    """Of several modifiers the possessor wins, and those that are coordinated stand together ("French and German ministers")."""
    if len(found) <= 1:
        return found
    where = {id(r): j for j, r in refs}
    order = sorted(found, key=lambda r: where[id(r)])
    possessors = [r for r in order if r.how == "possessor"]
    groups = [r for r in order if r.mention.kind is MentionKind.GROUP and r.how != "possessor"]
    if possessors and groups:
        return groups  # "Yemen's Houthi forces"
    if possessors:
        return possessors[:1] if len(possessors) == 1 else _run(possessors, tokens, where) or possessors[:1]
    together = _run(order, tokens, where)
    return together or order[:1]


def _run(order: list[ActorRef], tokens: list[Token], where: dict[int, int]) -> list[ActorRef]:
    """The actors of ``order`` if only commas, dashes and coordinators stand between them, else nothing."""
    for a, b in itertools.pairwise(order):
        between = tokens[where[id(a)] + 1 : where[id(b)]]
        if any(t.tag not in ("C", ",", "G") and t.text not in HYPHENS for t in between) or not between:
            return []
    return order


def _is_no_longer(tokens: list[Token], i: int) -> bool:
    """Whether "no longer" ends at the word ``i``."""
    return i > 0 and tokens[i].lower == "longer" and tokens[i - 1].lower == "no"


def _verb(tokens: list[Token], start: int, grammar: Grammar) -> tuple[Verb, int]:
    """The verb group that begins at ``start`` and the index behind it."""
    n = len(tokens)
    i = start
    chain: list[int] = []
    modal = ""
    infinitive = False
    before = tokens[start - 1].lower if start else ""
    negated = (
        before == "never"
        or (before == "not" and tokens[start].tag == "T")
        or (before == "longer" and _is_no_longer(tokens, start - 1))
    )
    future_be = False
    while i < n:
        t = tokens[i]
        if t.tag == "V":
            if chain:
                last = tokens[chain[-1]]
                linked = (
                    (last.lemma == "be" and t.form in ("participle", "ing", "ed", "reduced"))
                    or (last.lemma == "have" and t.form in ("participle", "ed", "reduced"))
                    or (last.lemma == "do" and t.form == "base")
                    or (last.lower in ("be", "been", "being") and t.form in ("participle", "ing"))
                    or future_be
                )
                if not linked and not (last.lemma == "have" and t.lower in ("been", "had")):
                    break
            if t.lower.endswith("n't"):
                negated = True
            chain.append(i)
        elif t.tag == "X":
            if t.lower in ("not", "never", "n't") or _is_no_longer(tokens, i):
                negated = True
            if not any(tokens[j].tag in ("V", "M", "X", "T") for j in range(i + 1, min(i + 3, n))):
                break
        elif t.tag == "M":
            if chain:
                break
            modal = t.lower
            if t.lower in ("cannot", "can't", "won't", "wouldn't", "couldn't", "shouldn't"):
                negated = True
                modal = {"cannot": "can", "can't": "can", "won't": "will"}.get(t.lower, t.lower[:-3])
        elif t.tag == "T":
            if not chain:
                infinitive = True
            elif tokens[chain[-1]].lower in BE and len(chain) >= 1 and tokens[chain[-1]].lower in ("is", "are", "was", "were"):
                future_be = True
            else:
                break
        elif not (t.tag == '"' and infinitive and not chain):
            break  # 'to "immediately stop"' is an infinitive
        i += 1
    if not chain:
        # a modal or "to" with no verb behind it
        word = tokens[start]
        return Verb(
            start,
            max(i, start + 1),
            "",
            "infinitive" if word.tag == "T" else "finite",
            modal=modal,
            trigger=(word.start, word.end),
            main=start,
        ), max(i, start + 1)
    main = chain[-1]
    m = tokens[main]
    auxiliaries = [tokens[j] for j in chain[:-1]]
    passive = perfect = progressive = False
    if auxiliaries:
        is_be = auxiliaries[-1].lemma == "be"
        passive = is_be and m.form in ("participle", "ed", "past", "reduced") and m.lemma != "be"
        progressive = is_be and m.form == "ing"
        perfect = any(a.lemma == "have" for a in auxiliaries)
    first = tokens[chain[0]]
    if infinitive:
        form = "infinitive"
    elif first.form == "ing":
        form = "ing"
    elif not auxiliaries and m.form in ("reduced", "participle"):
        form = "participle"
        passive = True
    else:
        form = "finite"
    if modal in ("will", "shall") or future_be:
        tense = "future"
    elif first.form == "past" or (first.lower in ("was", "were", "had", "did")):
        tense = "past"
    elif perfect:
        tense = "perfect"
    else:
        tense = "present"
    end = main + 1
    particles: tuple[str, ...] = ()
    if end + 1 < n and tokens[end].tag == "X" and tokens[end].lower in HOW_WORDS:
        end += 1  # "is pushing hard for", "pushed deeper into"
    candidates = grammar.particles.get(m.lemma, ()) if end < n else ()
    following = tokens[end].text.lower() if candidates else ""
    for candidate in candidates:
        if candidate[0] != following:
            continue
        beyond = end + len(candidate)
        if passive and candidate[-1] in _GOVERNING and beyond < n and tokens[beyond].tag in _NOMINAL:
            continue  # "drones were fired at Israel", but "soldiers were fired at"
        behind = tokens[end : end + len(candidate)]
        dated = behind[-1].tag == "X" and candidate[-1] in _GOVERNING  # "agreed on Saturday", "settled on Friday on"
        at = next((j for j in range(end, n) if tokens[j].tag != "X"), n) if dated and len(candidate) == 1 else n
        if at < n and tokens[at].text.lower() == following and tokens[at].tag == "P":
            particles, end = candidate, at + 1
            break
        if tuple(t.text.lower() for t in behind) == candidate and all(t.tag != "T" for t in behind) and not dated:
            particles = candidate
            end += len(candidate)
            break
    modal = "to-be" if future_be else modal
    return Verb(
        start,
        end,
        m.lemma,
        form,
        tense,
        passive,
        negated,
        modal,
        perfect,
        progressive,
        particles,
        (m.start, tokens[end - 1].end),
        main,
        form == "finite" and not auxiliaries and not modal and m.form == "base",
    ), end


__all__ = ["HAVE", "TERRITORIES", "ActorRef", "Mark", "Noun", "Phrase", "Verb", "find_phrases"]

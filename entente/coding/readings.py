"""What a sentence is read to say before it is dated and judged, and what the sentences before it told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from entente.coding.clauses import Clause
from entente.coding.phrases import ActorRef
from entente.lexicon.patterns import Pattern
from entente.model import EventType, Span, Status


@dataclass(slots=True)
class Discourse:
    """What pronouns can point to: the last acting country, the last person, the last two and the last three, and those hit by an attack nobody is named for.

    ``opponents`` are the last two who fought, were at odds or came together, or between whom a third mediates; ``at_odds`` says that they quarrel. ``heads`` are whose the last army, ministry and so on was,
    by that word. ``unknown`` says that people without a country acted last.
    ``lands`` are the countries named so far, ``groups`` the armed groups named last, by code. ``deeds`` are the acts told so far, which later sentences judge without naming the doer: "condemned the launch"; ``just`` are those of the sentence before.
    Carried through one article."""

    subject: tuple[ActorRef, ...] = ()
    person: tuple[ActorRef, ...] = ()
    pair: tuple[ActorRef, ...] = ()
    opponents: tuple[ActorRef, ...] = ()
    at_odds: bool = False
    heads: dict[str, ActorRef] = field(default_factory=dict)
    unknown: bool = False
    trio: tuple[ActorRef, ...] = ()
    victims: tuple[ActorRef, ...] = ()
    lands: dict[str, ActorRef] = field(default_factory=dict)
    groups: dict[str, ActorRef] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)
    just: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """An act told before: its type, the word that told it, who did it, to whom, who says so, and whether it was only told as what came
    before another act."""

    type: EventType
    word: str
    doers: tuple[ActorRef, ...]
    sufferers: tuple[ActorRef, ...]
    tellers: tuple[ActorRef, ...] = ()
    earlier: bool = False


@dataclass(slots=True)
class Found:
    """Actors of a phrase and how they were found: self, of, place, doer, pronoun or owner."""

    refs: tuple[ActorRef, ...] = ()
    how: str = ""

    def __bool__(self) -> bool:
        return bool(self.refs)

    @property
    def codes(self) -> set[str]:
        """The codes of the actors."""
        return {r.code for r in self.refs}

    def without(self, codes: Collection[str]) -> Found:
        """Those of the actors that have none of the ``codes``, found in the same way."""
        return Found(without(self.refs, codes), self.how)


# Most questions find nobody. What was found is never changed, so that all these may share one answer.
NOBODY = Found()


# Characters between the end of a reading's words and a date that still belongs to it ("on ", "early on ").
BESIDE = 9


@dataclass(frozen=True, slots=True)
class Apart:
    """The stretches of a sentence whose dates need not be a reading's own, in characters.

    ``inner`` are the relative clauses among its words that tell of other acts, ``aside`` all clauses of the sentence that only describe
    something and of which the reading is no part, ``causes`` the acts that it answers.
    """

    inner: tuple[Span, ...] = ()
    aside: tuple[Span, ...] = ()
    causes: tuple[Span, ...] = ()


NOTHING_APART = Apart()


@dataclass(slots=True)
class Reading:
    """One candidate event before it is dated and judged. ``features`` are the facts the confidence is computed from.

    ``window`` bounds the words of the reading, in characters. ``apart`` finds what stands apart from it: it is asked only of a reading
    that becomes an event in a sentence with a date. ``instead`` is what the words tell if nobody turns out to be the recipient.
    """

    pattern: Pattern
    actors: tuple[ActorRef, ...]
    recipients: tuple[ActorRef, ...]
    trigger: Span
    status: Status
    rule: str
    features: set[str] = field(default_factory=set)
    attributed: tuple[ActorRef, ...] = ()
    window: Span = (0, 0)
    clause: Clause | None = None
    type: EventType = EventType.CONSULT
    apart: Callable[[], Apart] = lambda: NOTHING_APART
    instead: Reading | None = None

    def is_to_nobody(self, *types: EventType) -> bool:
        """Whether somebody does it, to nobody yet; where ``types`` are given, whether it is an act of one of them besides."""
        return bool(self.actors) and not self.recipients and (not types or self.type in types)

    def give(self, recipients: tuple[ActorRef, ...], to: str, how: str) -> None:
        """Set to whom it is done. ``to`` and ``how`` tell where they stand and how they were found, for the confidence."""
        self.recipients = recipients
        self.features |= {f"to:{to}", f"recipient:{how}"}


def codes_of(refs: tuple[ActorRef, ...]) -> tuple[str, ...]:
    """The codes of the actors, in order, each once."""
    if len(refs) < 2:
        return (refs[0].code,) if refs else ()
    return tuple(dict.fromkeys([r.code for r in refs]))


def without(refs: Iterable[ActorRef], codes: Collection[str]) -> tuple[ActorRef, ...]:
    """Those of the actors that have none of the ``codes``."""
    return tuple([r for r in refs if r.code not in codes])


def is_hub(actors: tuple[ActorRef, ...], recipients: tuple[ActorRef, ...], features: set[str]) -> bool:
    """Whether one does it with several, or several with one, of whom nothing is said that they did it with each other."""
    sizes = len(codes_of(actors)), len(codes_of(recipients))
    return min(sizes) == 1 and max(sizes) > 1 and "to:with" in features and "all-round" not in features

"""What the verb above makes of an act: an attack that is threatened is a threat, aid that is promised an agreement."""

from __future__ import annotations

from entente.coding.clauses import Clause
from entente.coding.others import OnlyOther
from entente.coding.parties import KIND, VIOLENT
from entente.coding.phrases import ActorRef
from entente.coding.readings import Reading, codes_of, without
from entente.model import EventType, Status

# What a vote can only decide on.
_CARRIED_OUT = frozenset({EventType.RETREAT, EventType.AID, EventType.MOBILIZE, EventType.ASSAULT})
# What one threatens who says that he is ready for it.
_FORBIDDING = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.SANCTION})
# Cooperation that lies ahead is an agreement to it.
_PROMISED = frozenset({EventType.COOPERATE, EventType.AID, EventType.SUPPORT})


def _is_kind(reading: Reading) -> bool:
    """Whether the act is one of cooperation."""
    return reading.type.quad in KIND


class Composition(OnlyOther):
    """A sentence whose acts are taken together with the verbs that govern them."""

    def _compose(self, reading: Reading, clause: Clause) -> None:
        """What the verb above makes of the act: to threaten an attack is a threat, to promise aid an agreement, to refuse it a rejection."""
        g = clause.governor
        lemma = self._verb_above(clause)
        if lemma == "vote" and reading.status is Status.HAPPENED and reading.type in _CARRIED_OUT:
            reading.status = Status.PLANNED  # a vote to withdraw withdraws nobody yet
        if clause.verb.negated and clause.kind == "infinitive":
            composed = self._composed_of_omission(reading, clause)
        else:
            composed = self._composed(reading, clause)
        if composed is None:
            return
        new, said = composed
        if "both" in reading.features and new in (EventType.REJECT, EventType.THREATEN, EventType.SANCTION):
            # who will not renew a deal with Beijing turns Beijing down, not the other way round
            own = self._many(clause.subject, "subject", clause).codes
            if own and own < set(codes_of(reading.actors)):
                reading.recipients = without(reading.recipients, own)
                reading.actors = tuple(r for r in reading.actors if r.code in own)
        reading.type, reading.status = new, said
        reading.features.discard(f"type:{reading.pattern.type}")
        reading.features |= {f"type:{new}", f"composed:{new}"}
        if g is not None and lemma:
            reading.trigger = (min(g.verb.trigger[0], reading.trigger[0]), reading.trigger[1])
            reading.rule = f"{new}: {clause.governor_noun or lemma} to + {reading.rule}"
        else:
            reading.rule = f"{new}: future of {reading.rule}"

    def _verb_above(self, clause: Clause) -> str:
        """The verb that says how it stands with what the clause tells: "threatened" of "threatened to strike"; empty if none does."""
        g = clause.governor
        return g.verb.lemma if g is not None and clause.kind in ("infinitive", "gerund") else ""

    def _composed_of_omission(self, reading: Reading, clause: Clause) -> tuple[EventType, Status] | None:
        """What becomes of an act that somebody is not to do: "pledged not to attack" is a promise; all else stays denied."""
        lemma = self._verb_above(clause)
        if not _is_kind(reading) and lemma in self.classes["promising_verbs"] | {"vow", "pledge", "swear", "promise"}:
            return EventType.AGREE, Status.HAPPENED
        if lemma in self.classes["demanding_verbs"]:
            reading.recipients = reading.actors = ()  # "urged Chad not to attack": nothing was done, or said to be
        return None

    def _composed(self, reading: Reading, clause: Clause) -> tuple[EventType, Status] | None:
        """The type and status that the act has by the verb above it, or by its own future; None if they stay what they are."""
        verb, g, lemma, noun, kind = (
            clause.verb,
            clause.governor,
            self._verb_above(clause),
            clause.governor_noun,
            _is_kind(reading),
        )
        if self._is_threatened(reading, clause):
            return EventType.THREATEN, Status.HAPPENED
        if kind and lemma in ("apply", "ask", "petition") and clause.kind == "infinitive" and g is not None and not g.objects:
            return EventType.REQUEST, self._clause_status(g, set())
        if (
            lemma in self.classes["ceasing_verbs"]
            and clause.kind == "gerund"
            and g is not None
            and not (clause.connector or g.verb.negated)
            and (reading.type in _PROMISED or reading.type in (EventType.ASSAULT, EventType.CONCEDE))
        ):
            # "will stop supplying arms", "must stop attacking"
            return EventType.SANCTION if kind else EventType.RETREAT, self._clause_status(g, set())
        if self._is_not_ruled_out(clause):
            if reading.type is not EventType.THREATEN:
                reading.recipients = ()  # who cannot rule out that somebody did it rejects nobody
            return None
        ready = reading.type in _FORBIDDING and g is not None and self._ready(clause) and self._is_own_word(g, reading)
        if ready or self._is_left_open(clause):
            # "said it was ready to strike Chad", "did not rule out striking Chad"; against whom one joins a war is not told
            threat = (ready or reading.type in VIOLENT) and verb.lemma != "join"
            return (EventType.THREATEN, Status.HAPPENED) if threat else None
        if lemma in ("refuse", "decline") or noun.startswith("refusal") or self._turns_down(reading, clause):
            return EventType.REJECT, Status.HAPPENED
        if kind and reading.type is not EventType.AGREE and (lemma in self.classes["promising_verbs"] or self._ready(clause)):
            # easing that is promised is easing already
            eases = reading.type is EventType.CONCEDE
            return EventType.CONCEDE if eases else EventType.AGREE, self._clause_status(
                g, set()
            ) if g is not None else Status.HAPPENED
        if kind and noun in self.classes["signed_papers"] and lemma in self.classes["signing_verbs"] and g is not None:
            return EventType.AGREE, self._clause_status(g, set())  # "signed a contract to buy missiles from"
        if reading.status is Status.PLANNED and reading.type in _PROMISED and "purpose" not in reading.features:
            return EventType.AGREE, Status.PLANNED
        return None

    def _is_threatened(self, reading: Reading, clause: Clause) -> bool:
        """Whether the act is held out to somebody: by a verb that says so, as a warning, or on a condition."""
        verb, g, lemma, noun, kind = (
            clause.verb,
            clause.governor,
            self._verb_above(clause),
            clause.governor_noun,
            _is_kind(reading),
        )
        ahead = reading.status in (Status.PLANNED, Status.POSSIBLE)
        if (lemma == "threaten" and not noun) or noun.startswith("threat"):
            return True
        if not kind and lemma in ("vow", "pledge", "swear", "warn") and reading.type is not EventType.ACCUSE:
            return True
        if lemma == "promise" and reading.type is EventType.THREATEN:
            return True  # "promised to respond"
        if not kind and ahead and self._warned_of(clause, reading):
            return True  # "Moscow warns that it could fire on NATO convoys"
        if (
            ahead
            and verb.modal in ("will", "would", "may", "might", "could")
            and (not kind or reading.type is EventType.RETREAT)
            and any(c.connector == "unless" and c.index > clause.index for c in self.s.clauses)
        ):
            return True  # "will leave the treaty unless Chad pays"
        if reading.status is Status.PLANNED and self._is_own_condition(clause, reading):
            return True  # "said it would strike Chad if the shelling went on"
        if not kind and verb.modal and clause.connector != "that" and self._is_own_ultimatum(clause, reading):
            return True  # "will expel the envoy if the raids continue, its ministry said"
        # "reserves the right to strike", "would not hesitate to strike"
        held = (lemma == "reserve" and noun == "right") or (lemma == "hesitate" and g is not None and g.verb.negated)
        return not kind and held

    def _turns_down(self, reading: Reading, clause: Clause) -> bool:
        """Whether what is not done was asked for: "is not seeking talks", "will not attend", "said it could not accept the offer"."""
        verb = clause.verb
        if not verb.negated:
            return False
        if verb.lemma in ("seek", "pursue") and reading.type is EventType.REQUEST:
            return True
        able = verb.modal in ("can", "could") or (not verb.modal and verb.lemma in ("recognise", "recognize"))
        accepts = able and verb.lemma in self.classes["accepting_verbs"]
        return _is_kind(reading) and (verb.modal in ("will", "would") or accepts)

    def _is_left_open(self, clause: Clause) -> bool:
        """Whether the clause tells what is not ruled out: "did not rule out striking Chad", "using force to take Chad"."""
        g = clause.governor
        if g is not None and clause.kind == "infinitive" and g.verb.lemma in self.classes["wielding_verbs"]:
            clause, g = g, g.governor
        return g is not None and clause.kind in ("gerund", "participle") and self._is_not_ruled_out(g)

    def _warned_of(self, clause: Clause, reading: Reading) -> bool:
        """Whether somebody warns of what he himself will do."""
        clause = self._begun(clause)
        g = clause.governor
        if g is None or clause.connector != "that" or g.verb.lemma not in ("warn", "threaten", "vow", "swear", "hint"):
            return False
        warner = self._many(g.subject, "subject", g).codes
        return (
            bool(warner)
            and warner == set(codes_of(reading.actors))
            and (clause.verb.tense == "future" or bool(clause.verb.modal))
        )

    def _begun(self, clause: Clause) -> Clause:
        """The clause that says that what ``clause`` tells begins or goes on: "would resume shelling"."""
        g = clause.governor
        return g if g is not None and clause.kind == "gerund" and g.verb.lemma in ("resume", "start", "begin", "keep") else clause

    def _is_own_condition(self, clause: Clause, reading: Reading) -> bool:
        """Whether those who will do it say on what condition: if something comes about, or to any plane, or if the one it strikes does not obey."""
        clause = self._begun(clause)
        g = clause.governor if clause.connector == "that" else None
        speaker = self._many(g.subject, "subject", g).codes if g is not None else set()
        if g is None or clause.verb.passive or not speaker or speaker != set(codes_of(reading.actors)):
            return False
        told = self._many(g.objects, "object", g).codes if g.verb.lemma in ("tell", "inform") else set()
        hard = reading.type in _FORBIDDING
        if hard and told and set(codes_of(reading.recipients)) <= told and self._condition_on(clause) is not None:
            return True  # "told Iran that it would break off relations if its man was tried"
        if reading.type in (EventType.SANCTION, EventType.COERCE):
            bound = set(codes_of(self._bound_by(clause)))
            return set(codes_of(reading.recipients)) == bound != set() or self._is_ultimatum(clause, speaker)
        anything = any(self.tokens[n.start].lower == "any" for n in self._nouns_of(clause.objects))
        return reading.type is EventType.ASSAULT and (anything or self._condition_on(clause) is not None)

    def _is_own_word(self, clause: Clause, reading: Reading) -> bool:
        """Whether the clause is said by those who act in the reading."""
        g = clause.governor if clause.connector == "that" else None
        speaker = codes_of(self._many(g.subject, "subject", g).refs) if g is not None else ()
        return bool(speaker) and set(speaker) <= set(codes_of(reading.actors))

    def _condition_on(self, clause: Clause) -> Clause | None:
        """The clause that says on what condition it comes about."""
        return next((c for c in self.s.clauses if c.connector == "if" and c.index > clause.index), None)

    def _is_ultimatum(self, clause: Clause, speaker: set[str]) -> bool:
        """Whether the condition is what others leave undone or go on with: "if the arrests were not explained", "if raids continue"."""
        c = self._condition_on(clause)
        if c is None or self._many(c.subject, "subject", c).codes & speaker:
            return False
        return c.verb.negated or c.verb.lemma in self.classes["persisting_verbs"]

    def _is_own_ultimatum(self, clause: Clause, reading: Reading) -> bool:
        """Whether the measure that depends on others is announced by those who would take it, or by nobody else with a name."""
        doers = set(codes_of(reading.actors))
        told = clause.verb.modal in ("will", "would", "may", "might", "could") and set(codes_of(reading.attributed)) <= doers
        hard = reading.type in _FORBIDDING and reading.status in (Status.PLANNED, Status.POSSIBLE)
        held = clause.verb.modal in ("will", "would") and self._condition_on(clause) is not None
        bound = reading.type is EventType.ASSAULT and held  # "would strike Chad if attacked"
        return told and hard and bool(doers) and (bound or self._is_ultimatum(clause, doers))

    def _bound_by(self, clause: Clause) -> tuple[ActorRef, ...]:
        """On whose deed it depends, by name, whether the clause comes about: "if Japan sells arms"."""
        c = self._condition_on(clause)
        doers = self._nouns_of(c.subject) if c is not None else []
        acting = all(n.word_class in ("name", "agent", "force") for n in doers)
        return self._many(c.subject, "subject", c).refs if c is not None and acting else ()

    def _is_bound(self, clause: Clause, struck: tuple[ActorRef, ...]) -> bool:
        """Whether those who would be struck would be so for a deed of theirs: "Chad would be hit if it shelled Mali"."""
        c = self._condition_on(clause)
        first = self.s.noun(c.subject[0]) if c is not None and c.subject else None
        return first is not None and (
            first.word in ("it", "they") or set(codes_of(self._bound_by(clause))) == set(codes_of(struck))
        )

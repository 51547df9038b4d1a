"""What the verb above makes of an act: an attack that is threatened is a threat, aid that is promised an agreement."""

from __future__ import annotations

from entente.coding.clauses import Clause
from entente.coding.others import OnlyOther
from entente.coding.parties import VIOLENT
from entente.coding.phrases import ActorRef
from entente.coding.readings import Reading, codes_of, without
from entente.model import EventType, Quad, Status

# What a vote can only decide on.
_CARRIED_OUT = frozenset({EventType.RETREAT, EventType.AID, EventType.MOBILIZE, EventType.ASSAULT})
# What one threatens who says that he is ready for it.
_FORBIDDING = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.SANCTION})
# Cooperation that lies ahead is an agreement to it.
_PROMISED = frozenset({EventType.COOPERATE, EventType.AID, EventType.SUPPORT})


class Composition(OnlyOther):
    """A sentence whose acts are taken together with the verbs that govern them."""

    def _compose(self, reading: Reading, clause: Clause) -> None:
        """What the verb above makes of the act: to threaten an attack is a threat, to promise aid an agreement, to refuse it a rejection."""
        verb, g = clause.verb, clause.governor
        cooperative = reading.type.quad in (Quad.VERBAL_COOPERATION, Quad.MATERIAL_COOPERATION)
        lemma = g.verb.lemma if g is not None and clause.kind in ("infinitive", "gerund") else ""
        noun = clause.governor_noun
        new: EventType | None = None
        if lemma == "vote" and reading.status is Status.HAPPENED and reading.type in _CARRIED_OUT:
            reading.status = Status.PLANNED  # a vote to withdraw withdraws nobody yet
        said = reading.status
        if verb.negated and clause.kind == "infinitive":
            # "pledged not to attack": a promise; whatever else is not done stays denied
            if not cooperative and lemma in self.classes["promising_verbs"] | {"vow", "pledge", "swear", "promise"}:
                new, said = EventType.AGREE, Status.HAPPENED
            elif lemma in self.classes["demanding_verbs"]:
                reading.recipients = reading.actors = ()  # "urged Chad not to attack": nothing was done, or said to be
                return
        elif (
            (lemma == "threaten" and not noun)
            or noun.startswith("threat")
            or (lemma in ("vow", "pledge", "swear", "warn") and not cooperative and reading.type is not EventType.ACCUSE)
        ):
            new, said = EventType.THREATEN, Status.HAPPENED
        elif not cooperative and reading.status in (Status.PLANNED, Status.POSSIBLE) and self._warned_of(clause, reading):
            new, said = EventType.THREATEN, Status.HAPPENED  # "Moscow warns that it could fire on NATO convoys"
        elif (
            cooperative
            and lemma in ("apply", "ask", "petition")
            and clause.kind == "infinitive"
            and g is not None
            and not g.objects
        ):
            new, said = EventType.REQUEST, self._clause_status(g, set())
        elif (
            reading.status in (Status.PLANNED, Status.POSSIBLE)
            and verb.modal in ("will", "would", "may", "might", "could")
            and (not cooperative or reading.type is EventType.RETREAT)
            and any(c.connector == "unless" and c.index > clause.index for c in self.s.clauses)
        ):
            new, said = EventType.THREATEN, Status.HAPPENED  # "will leave the treaty unless Chad pays"
        elif reading.status is Status.PLANNED and self._is_own_condition(clause, reading):
            new, said = EventType.THREATEN, Status.HAPPENED  # "said it would strike Chad if the shelling went on"
        elif verb.modal and not cooperative and clause.connector != "that" and self._is_own_ultimatum(clause, reading):
            new, said = EventType.THREATEN, Status.HAPPENED  # "will expel the envoy if the raids continue, its ministry said"
        elif not cooperative and (
            (lemma == "reserve" and noun == "right") or (lemma == "hesitate" and g is not None and g.verb.negated)
        ):
            new, said = EventType.THREATEN, Status.HAPPENED  # "reserves the right to strike", "would not hesitate to strike"
        elif (
            lemma in self.classes["ceasing_verbs"]
            and clause.kind == "gerund"
            and g is not None
            and not (clause.connector or g.verb.negated)
            and (reading.type in _PROMISED or reading.type in (EventType.ASSAULT, EventType.CONCEDE))
        ):
            # "will stop supplying arms", "must stop attacking"
            new, said = EventType.SANCTION if cooperative else EventType.RETREAT, self._clause_status(g, set())
        elif self._is_not_ruled_out(clause):
            if reading.type is not EventType.THREATEN:
                reading.recipients = ()  # who cannot rule out that somebody did it rejects nobody
            return
        elif reading.type in _FORBIDDING and g is not None and self._ready(clause) and self._is_own_word(g, reading):
            if verb.lemma != "join":
                new, said = EventType.THREATEN, Status.HAPPENED  # "said it was ready to strike Chad", "to expel its envoy"
        elif self._is_left_open(clause):
            if reading.type in VIOLENT and verb.lemma != "join":  # against whom one joins a war is not told
                new, said = EventType.THREATEN, Status.HAPPENED  # "did not rule out striking Chad"
        elif lemma in ("refuse", "decline") or noun.startswith("refusal"):
            new, said = EventType.REJECT, Status.HAPPENED
        elif (
            cooperative
            and reading.type is not EventType.AGREE
            and (lemma in self.classes["promising_verbs"] or self._ready(clause))
        ):
            # easing that is promised is easing already
            new = EventType.CONCEDE if reading.type is EventType.CONCEDE else EventType.AGREE
            said = self._clause_status(g, set()) if g is not None else Status.HAPPENED
        elif verb.negated and verb.lemma in ("seek", "pursue") and reading.type is EventType.REQUEST:
            new, said = EventType.REJECT, Status.HAPPENED  # "is not seeking talks with"
        elif verb.negated and verb.modal in ("will", "would") and cooperative:
            new, said = EventType.REJECT, Status.HAPPENED
        elif verb.negated and verb.modal in ("can", "could") and verb.lemma in self.classes["accepting_verbs"] and cooperative:
            new, said = EventType.REJECT, Status.HAPPENED  # "said it could not accept the offer"
        elif cooperative and noun in self.classes["signed_papers"] and lemma in self.classes["signing_verbs"] and g is not None:
            new, said = EventType.AGREE, self._clause_status(g, set())  # "signed a contract to buy missiles from"
        elif reading.status is Status.PLANNED and cooperative and reading.type in _PROMISED and "purpose" not in reading.features:
            new, said = EventType.AGREE, Status.PLANNED
        if new is None:
            return
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
            reading.rule = f"{new}: {noun or lemma} to + {reading.rule}"
        else:
            reading.rule = f"{new}: future of {reading.rule}"

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
        return told and hard and bool(doers) and self._is_ultimatum(clause, doers)

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

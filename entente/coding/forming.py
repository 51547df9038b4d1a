"""How a reading is formed once it is settled who did what to whom."""

from __future__ import annotations

from collections.abc import Callable

from entente.coding.clauses import Clause
from entente.coding.phrases import ActorRef, Noun
from entente.coding.readings import Apart, Found, Reading, codes_of, is_hub
from entente.coding.threats import Threats
from entente.lexicon.patterns import Pattern
from entente.model import EventType, Status


class Forming(Threats):
    """A sentence whose readings are formed and kept."""

    def _of_both(self, kind: EventType) -> Pattern:
        """The first pattern of a type whose act is of both sides alike."""
        return next(p for p in self.grammar.patterns if p.type is kind and p.both)

    def _one_sided(self, kind: EventType) -> Pattern:
        """The first pattern of an act of ``kind`` that one does to another."""
        return next(p for p in self.grammar.patterns if p.type is kind and not (p.both or p.reverse))

    def _tell(
        self, kind: EventType, clause: Clause | None, doer: Found, others: Found, to: str, rule: str, *features: str, k: int = -1
    ) -> Reading:
        """Keep a reading of ``kind`` that no pattern of one verb tells; ``to`` names how the others were found."""
        told = {f"type:{kind}", "verb" if k < 0 else "noun", f"actor:{doer.how}", f"to:{to}", *features}
        noun = self.s.noun(k) if k >= 0 else None
        reading = self._reading(clause, self._one_sided(kind), doer, others, told, doer, rule, noun, k)
        self._keep(reading)
        return reading

    def _keep(self, reading: Reading) -> None:
        if "purpose" in reading.features and reading.type is EventType.SUPPORT:
            return  # "troops to support its war" tells what for, not an act of support
        self.readings.append(reading)

    def _reading(
        self,
        clause: Clause | None,
        pattern: Pattern,
        agent: Found,
        recipient: Found,
        features: set[str],
        subject: Found,
        rule: str,
        noun: Noun | None = None,
        k: int = -1,
    ) -> Reading:
        actors, recipients = agent.refs, recipient.refs
        if pattern.reverse:
            actors, recipients = recipients, actors
        status = (
            self._clause_status(clause, features)
            if clause is not None and k < 0
            else self._noun_status(k, noun, clause, features)
        )
        if pattern.status is not None and status is Status.HAPPENED:
            status = pattern.status
        if recipient.how == "each_other" and len(codes_of(recipients)) == 2:
            actors = recipients
        if pattern.both and not (pattern.type is EventType.ASSAULT and "to:in" in features and len(codes_of(actors)) == 1):
            codes = codes_of(actors + recipients)
            talks = {n.word for j in (clause.objects if clause is not None else ()) if (n := self.s.noun(j)) is not None}
            hosting = clause is not None and k < 0 and clause.verb.lemma == "host" and not recipients
            hosted = hosting and not talks.isdisjoint(self.classes["negotiations"])  # who hosts talks of others
            apart = not set(codes_of(actors)) & set(codes_of(recipients)) and len(codes_of(recipients)) > 1
            if apart and "to:between" in features and clause is not None and clause.verb.lemma in self.classes["hosting_verbs"]:
                hosted = True  # "will host a meeting between the leaders of Chad and Mali"
            if len(codes) > 1 and not hosted and not is_hub(actors, recipients, features):
                parties: dict[str, ActorRef] = {}
                for r in (*actors, *recipients):
                    parties.setdefault(r.code, r)
                actors = recipients = tuple(parties.values())
                features.add("both")
        trigger = clause.verb.trigger if clause is not None and k < 0 else (0, 0)
        window = self._window(clause)
        if clause is not None and k < 0 and clause.verb.lemma in self.classes["promising_verbs"]:
            # "agreed to stop fighting on Saturday": the day stands with what was agreed
            ends = [self._window(c)[1] for c in self.s.clauses if c.kind == "infinitive" and c.governor is clause]
            window = (window[0], max([window[1], *ends]))
        if noun is not None:
            h = self.tokens[noun.head]
            trigger = (min(trigger[0], h.start), max(trigger[1], h.end)) if clause is not None and k < 0 else (h.start, h.end)
            if k >= 0:
                window = self._noun_window(k, window)
        if pattern.weight:
            features.add(f"weight:{pattern.weight}")
        reading = Reading(
            pattern,
            actors,
            recipients,
            trigger,
            status,
            f"{pattern.name}, by {rule}",
            features,
            self._attribution(clause),
            window,
            clause,
            pattern.type,
            self._find_apart(clause, k, answers="claimed" not in features),
        )
        if clause is not None and k < 0:
            self._compose(reading, clause)
            if clause.verb.lemma == "have" and reading.type is EventType.AGREE:
                reading.status = Status.BACKGROUND  # who has a treaty signs none
        return reading

    def _find_apart(self, clause: Clause | None, k: int, *, answers: bool) -> Callable[[], Apart]:
        """What finds the stretches apart from the reading of a ``clause``, or of its noun at ``k``.

        An act that is claimed ``answers`` none: "claims responsibility for yesterday's bombing" tells of that act itself.
        """

        def find() -> Apart:
            return Apart(
                self._relatives(clause) if k < 0 or (clause is not None and k in clause.objects) else (),
                self._asides(clause),
                self._causes(clause) if answers and (k < 0 or (clause is not None and k in clause.subject)) else (),
            )

        if clause is None or clause.verb.lemma not in self.classes["penal_verbs"]:
            return find
        apart = find()  # at once: it depends on the voice of the clauses behind, which is settled as they are read
        return lambda: apart

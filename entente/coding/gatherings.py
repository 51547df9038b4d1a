"""What people gather for: against somebody, or in support of somebody."""

from __future__ import annotations

from entente.coding.clauses import Clause
from entente.coding.phrases import ActorRef, Mark, Noun
from entente.coding.readings import NOBODY, Found
from entente.coding.sayings import Sayings
from entente.model import EventType, MentionKind

# Before the place where people gather.
_WHERE = ("in", "across", "throughout")


class Gatherings(Sayings):
    """A sentence read for gatherings of people."""

    def _read_solidarity(self, k: int, noun: Noun) -> None:
        """ "A rally in support of Ukraine was held in Vilnius": by those who live there."""
        clause = self._clause_of(k)
        rows = self.s.chain(k)
        cause = next((i for i, (prep, ks) in enumerate(rows) if prep == "in" and self._is_solidarity(ks)), None)
        backed = rows[cause + 1] if cause is not None and cause + 1 < len(rows) else ("", [])
        found = self._many(backed[1], "object", clause) if backed[0] in ("of", "with", "for") else NOBODY
        if not found or cause is None or (clause is not None and clause.verb.negated):
            return
        crowd = clause is not None and not clause.verb.passive and self._are_people(clause)
        agent = self._many(clause.subject, "subject", clause) if clause is not None and crowd else Found(noun.actors, "self")
        places = [*rows[cause + 2 :], *rows[:cause], *(clause.preps if clause is not None else ())]
        agent = agent or self._gathered_in([row for row in places if row[1] != rows[cause][1]], clause)
        if agent and not agent.codes & found.codes:
            rule = f"noun '{noun.word}' in support of somebody"
            self._tell(EventType.SUPPORT, clause, agent, found, "with", rule, f"recipient:{found.how}", k=k)

    def _is_solidarity(self, ks: list[int]) -> bool:
        return any(n.word in ("support", "solidarity") for n in self._nouns_of(ks))

    def _gathered_in(self, rows: list[tuple[str, list[int]]], clause: Clause | None) -> Found:
        """The one land in which people gather."""
        for prep, nouns in rows:
            where = self._many(nouns, "object", clause) if prep in _WHERE else NOBODY
            if len(where.codes) == 1 and where.refs[0].mention.kind is not MentionKind.GROUP:
                return Found(where.refs[:1], "local")
        return NOBODY

    def _read_protest(self, k: int, noun: Noun) -> None:
        """ "Anti-French protests in Niamey": by those who live there, against the one they are opposed to."""
        against = next((t.against for t in self.tokens[noun.start : noun.head] if t.against is not None), None)
        if against is None:
            return
        clause = self._clause_of(k)
        agent = Found(noun.actors, "self")
        if noun.word in self.classes["slogans"]:
            # "demonstrators carrying anti-Soviet banners"
            crowd = clause is not None and not clause.verb.passive and self._are_people(clause)
            agent = self._many(clause.subject, "subject", clause) if clause is not None and crowd else NOBODY
        agent = agent or self._gathered_in([*self.s.chain(k), *(clause.preps if clause is not None else [])], clause)
        recipient = Found((ActorRef(against.code, against, "adjective"),), "self")
        if agent and not agent.codes & recipient.codes:
            pattern = next(p for _, p in self.grammar.verb_patterns["protest"] if p.type is EventType.PROTEST)
            features = {f"type:{pattern.type}", "noun", "to:against", f"actor:{agent.how}"}
            rule = f"noun '{noun.word}' against somebody"
            self.readings.append(self._reading(clause, pattern, agent, recipient, features, agent, rule, noun, k))

    def _read_in_protest(self, clause: Clause) -> None:
        """ "Merchants closed their shops in protest at an Israeli tax": whatever people do, they do it against somebody."""
        if clause.verb.passive or clause.verb.negated or not clause.subject or not self._are_people(clause):
            return
        if any(r.clause is clause and r.type is EventType.PROTEST and r.recipients for r in self.readings):
            return
        agent = self._many(clause.subject, "subject", clause)
        for _, nouns in clause.preps:
            led = self.s.at(nouns[0] - 1)
            if not isinstance(led, Mark) or self.tokens[led.start].text.lower() != "in" or led.word != "against":
                continue  # "in protest at" is one preposition
            noun = self.s.noun(nouns[0])
            done_by = self.doer(nouns[0], noun) if noun is not None and noun.is_act else NOBODY
            found = done_by or self._many(nouns, "object", clause)
            if agent and found and not agent.codes & found.codes:
                pattern = next(p for _, p in self.grammar.verb_patterns["protest"] if p.type is EventType.PROTEST)
                features = {f"type:{pattern.type}", "verb", "to:against", f"actor:{agent.how}", f"recipient:{found.how}"}
                rule = f"'{self._verb_words(clause.verb)}' in protest"
                self.readings = [r for r in self.readings if r.clause is not clause or not r.recipients]
                self._keep(self._reading(clause, pattern, agent, found, features, agent, rule))
                return

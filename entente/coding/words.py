"""A sentence as tagged words.

Tags are single letters, so that a sentence's shape can be read as a string:
``A`` actor mention, ``Q`` actor's adjective before a noun (Russian troops), ``U`` other proper name, ``N`` noun, ``J`` adjective, ``D`` determiner,
``#`` number, ``G`` possessive 's, ``V`` verb, ``M`` modal, ``T`` to before a verb, ``X`` adverb, ``R`` pronoun, ``W`` relative pronoun,
``S`` subordinator, ``C`` coordinator, ``P`` preposition, ``,`` comma and brackets, ``"`` quotation mark, ``.`` other punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from entente.coding.joining import (
    UNITS,
    drop_free_relatives,
    drop_parentheses,
    drop_scare_quotes,
    join_adjectives,
    join_compounds,
    join_ranges,
    join_titles,
    mark_dates,
    mark_durations,
    pair_single_quotes,
)
from entente.coding.tokens import BE, HAVE, HOW_WORDS, HYPHENS, QUOTES, Token, split_words
from entente.coding.verbs import parenthesis_before, previous, verb_reading
from entente.lexicon.patterns import OPENERS, Grammar
from entente.model import DateMention, Mention, MentionKind

_JOINED = re.compile(r"[-–‑]([a-z]+(?:-[a-z]+)*)")
_JOINTS = HYPHENS + "/"


def find_words(
    text: str, start: int, end: int, mentions: Sequence[Mention], dates: Sequence[DateMention], grammar: Grammar
) -> list[Token]:
    """The words of ``text[start:end]`` with their tags. ``mentions`` are those inside the span, sorted, not overlapping.

    Words of a date, and the preposition before them, are adverbs (X): they fill no place of the verb.
    """
    tokens: list[Token] = []
    at = start
    joints = False
    for mention in mentions:
        if mention.start < at:
            continue
        if mention.start > at:
            tokens += split_words(text, at, mention.start)
            joints = joints or text[at] in _JOINTS
        stop = mention.end
        suffix = ""
        joined = _JOINED.match(text, stop, end) if text[stop : stop + 1] in HYPHENS else None
        if joined:
            suffix, stop = joined[1].lower(), joined.end()
        prefix = tokens[-1] if tokens and tokens[-1].end == mention.start else None
        if prefix is not None and prefix.lower in ("-", "‑") and len(tokens) > 1 and tokens[-2].end == prefix.start:
            # pro-Russian, anti-Israel: an attitude, not an actor
            before = tokens[-2].lower
            if before in ("pro", "anti", "non", "ex", "post", "mid", "trans"):
                del tokens[-2:]
                opposed = mention if before == "anti" else None
                first = mention.start - len(before) - 1
                tokens.append(Token(text[first:stop], before + "-", first, stop, "J", against=opposed))
                at = stop
                continue
        name = text[mention.start : stop]
        tokens.append(Token(name, name.lower(), mention.start, stop, "A", "", "", mention, suffix))
        at = stop
    if end > at:
        tokens += split_words(text, at, end)
    for a, joint, b in zip(tokens, tokens[1:], tokens[2:], strict=False) if joints else ():
        if a.mention is not None and b.mention is not None and joint.text in _JOINTS and joint.start == a.end:
            joint.tag, joint.lower = "C", "and"
    _join_headline(tokens, grammar, several=";" in text[start:end])
    if dates:
        mark_dates(tokens, [d for d in dates if start <= d.start and d.end <= end])
    _tag(tokens, grammar)
    return tokens


_SPEAKERS = frozenset({MentionKind.LEADER, MentionKind.GOVERNMENT, MentionKind.ORGANISATION})


def _join_names(tokens: list[Token], first: int) -> None:
    """Join the names with commas between them with which a headline's clause begins at ``first``: "Chad, Mali sign", "Chad's Deby, Mali's Goita sign"."""
    last, joints = _name_end(tokens, first), []
    while last + 2 < len(tokens) and tokens[first].mention and tokens[last + 1].text == "," and tokens[last + 2].mention:
        joints.append(last + 1)
        last = _name_end(tokens, last + 2)
    named = {m.code for t in tokens[first : last + 1] if (m := t.mention) is not None}
    behind = tokens[last + 1] if last + 1 < len(tokens) else None
    if joints and behind is not None and behind.tag in ("", "#") and len(named) == len(joints) + 1:
        if behind.lower not in ("and", "or", "which", "who", "where", "in", "near", "on"):
            tokens[joints[-1]].tag, tokens[joints[-1]].lower = "C", "and"


# What may be one of several in a list: a town and the country behind it are an address.
_LISTED = frozenset({MentionKind.NAME, MentionKind.DEMONYM, MentionKind.ORGANISATION, MentionKind.GROUP, MentionKind.LEADER})
_BEHIND_LISTS = frozenset(
    {"to", "on", "over", "after", "as", "at", "amid", "for", "with", "from", "in", "into", "leaders", "envoys"}
)


def _join_names_behind(tokens: list[Token], grammar: Grammar) -> None:
    """Join two names with a comma between them further on in a headline, where the second does nothing of its own: "tells Chad, Mali to stop"."""
    if tokens[0].tag not in ("", "A") or tokens[0].lower in grammar.function_words or tokens[0].lower in grammar.closed:
        return  # "After talks with Kenya, Uganda to send troops"
    for i in range(3, len(tokens) - 1):
        one, other = tokens[i - 1].mention, tokens[i + 1].mention
        if tokens[i].text != "," or one is None or other is None or one.code == other.code:
            continue
        behind = tokens[i + 2] if i + 2 < len(tokens) else None
        alone = tokens[i - 2].text != "," and (behind is None or behind.lower in _BEHIND_LISTS)
        if alone and one.kind in _LISTED and other.kind in _LISTED:
            tokens[i].tag, tokens[i].lower = "C", "and"


def _name_end(tokens: list[Token], i: int) -> int:
    """The last word of the name at ``i``: that of a leader behind his country's."""
    owned = i + 2 < len(tokens) and tokens[i + 1].tag == "G" and tokens[i + 2].text[:1].isupper()
    return i + 2 if owned else i


def _join_headline(tokens: list[Token], grammar: Grammar, *, several: bool) -> None:
    """The marks by which headlines save words: in "Chad, Mali sign pact" the comma is an "and", in "Kremlin: West must" the colon a "says".

    ``several`` says that semicolons may part several headlines."""
    for first in [0, *[i + 1 for i, t in enumerate(tokens) if t.text == ";"]] if several else (0,):
        _join_names(tokens, first)
    if tokens[-1].tag != ".":
        _join_names_behind(tokens, grammar)
    speaker = tokens[0].mention
    colon = next((i for i, t in enumerate(tokens[:4]) if t.text == ":"), 0) if speaker is not None else 0
    if colon and speaker is not None and all(t.tag == "" or t.mention is not None for t in tokens[:colon]):
        urged = any(t.lower in ("must", "should") for t in tokens[colon + 1 : colon + 7])
        if speaker.kind in _SPEAKERS or (speaker.kind in (MentionKind.NAME, MentionKind.CAPITAL) and urged):
            tokens[colon].tag, tokens[colon].lemma, tokens[colon].form = "V", "say", "s"


# What makes a number behind it a rough one: "over 200".
_ROUNDING = frozenset({"over", "under", "about", "around", "some", "nearly", "almost", "approximately", "roughly"})
# What may stand apart from those it counts: "Peru and Chile both sent".
_FLOATING = frozenset({"both", "all", "each", "first"})
# Words whose neighbours may make them adverbs, whatever else they are.
_BY_NEIGHBOURS = _ROUNDING | _FLOATING | {"likely"}
# Tags of function words that look at no neighbour and need no lemma: adverbs, determiners, prepositions, numbers.
_SAME_ANYWHERE = frozenset("XDP#")
# Words in -ly that are no adverbs.
_NO_ADVERBS = frozenset(
    [
        "italy",
        "family",
        "assembly",
        "july",
        "ally",
        "supply",
        "rally",
        "apply",
        "comply",
        "rely",
        "multiply",
        "imply",
        "reply",
        "only",
        "early",
        "daily",
        "weekly",
        "monthly",
        "deadly",
        "elderly",
        "likely",
        "unlikely",
        "anomaly",
        "monopoly",
        "hourly",
    ]
)


_QUOTE_MARKS, _OPEN_BRACKETS = frozenset(QUOTES + "'"), frozenset("([")


def _tag(tokens: list[Token], grammar: Grammar) -> None:
    seen = {t.lower for t in tokens}
    # Most sentences have none of these, and a look at all words at once is cheap.
    if not seen.isdisjoint(_OPEN_BRACKETS):
        drop_parentheses(tokens)
    if "'" in seen:
        pair_single_quotes(tokens)
    if not seen.isdisjoint(_QUOTE_MARKS):
        drop_scare_quotes(tokens, grammar)
    if "what" in seen:
        drop_free_relatives(tokens, grammar)
    if not seen.isdisjoint(grammar.compound_starts):
        join_compounds(tokens, grammar)
    if not seen.isdisjoint(grammar.classes["institutions"]):
        join_titles(tokens, grammar.classes["institutions"])
    if "between" in seen or "from" in seen:
        join_ranges(tokens)
    if not seen.isdisjoint(UNITS):
        mark_durations(tokens, grammar.classes["numbers"])
    closed, function_words = grammar.closed, grammar.function_words
    # Most words are open ones, which the rules for function words leave alone.
    maybe_function_words: list[int] = []
    for i, t in enumerate(tokens):
        if not t.tag:
            low = t.lower
            if low in closed:
                t.tag = closed[low]
            elif low in function_words or low[-2:] == "ly" or "-" in low or low in _BY_NEIGHBOURS:
                maybe_function_words.append(i)
    if "may" in seen:
        for before, t in pairwise(tokens):
            if t.text == "May" and t.tag == "M" and grammar.function_words.get(before.lower) == "P":
                t.tag = "U"  # the month, or a name
    for i in maybe_function_words:
        t = tokens[i]
        low = t.lower
        kind = function_words.get(low, "")
        if kind in _SAME_ANYWHERE and low not in _BY_NEIGHBOURS:
            t.tag = kind
        else:
            _tag_function_word(i, t, tokens, grammar)
    if "what" in seen:
        for t, behind in pairwise(tokens):
            if t.lower == "what" and (behind.mention is not None or behind.tag in ("R", "D")):
                t.tag = "S"  # "informed Kyiv of what it knows" opens a clause, "what force" leads a noun
    if "overnight" in seen:
        for i in [i for i, t in enumerate(tokens) if t.lower == "overnight" and _stands_within(i, tokens)]:
            tokens[i].tag = "J"  # "in Russian overnight strikes"
    if "continuing" in seen:
        for before, t in pairwise(tokens):
            if t.lower == "continuing" and (before.tag == "P" or (before.tag == "X" and before.lower in ("of", "to"))):
                t.tag = "J"  # "in response to continuing attacks" says not who goes on with them
    if "worth" in seen:
        for t, behind in pairwise(tokens):
            if t.lower == "worth" and behind.lower == "of":
                t.tag = "N"  # "ten million dollars' worth of goods"
    if "while" in seen:
        for t, behind in pairwise(tokens):
            if t.lower == "while" and behind.tag == "P":
                t.tag = "X"  # "died while in custody" opens no clause
    if "should" in seen:
        for i in [i for i, t in enumerate(tokens) if t.lower == "should" and _is_inverted(i, tokens)]:
            tokens[i].tag, tokens[i].lower = "S", "if"
    in_ed: list[Token] = []
    for i, t in enumerate(tokens):
        if not t.tag:
            _tag_open(i, t, tokens, grammar)
            if t.form == "ed":
                in_ed.append(t)
        elif t.tag == "V" and not t.lemma:
            t.lemma, t.form = "do", "s"
    join_adjectives(tokens, grammar)
    _settle_adjectives(tokens, grammar)
    _settle_participles(tokens, [tokens.index(t) for t in in_ed if t.tag == "V"], grammar)


def _tag_function_word(i: int, t: Token, tokens: list[Token], grammar: Grammar) -> None:
    """Tag a number, preposition, determiner, adverb, auxiliary, "to" or "that"; leave other words as they are."""
    low = t.lower
    kind = grammar.function_words.get(low)
    if low in _BY_NEIGHBOURS and (
        # "a rocket likely fired by Chad"
        (low == "likely" and i + 1 < len(tokens) and "participle" in grammar.form_lemmas.get(tokens[i + 1].lower, ()))
        or (low in _ROUNDING and _rounds(i, tokens, grammar.classes["numbers"]))
        or (low in _FLOATING and _floats(i, tokens, grammar))
    ):
        t.tag = "X"
    elif kind is None:
        if low[-2:] == "ly" and len(low) > 4 and "-" not in low and low not in _NO_ADVERBS:
            t.tag = "X"
        elif "-" in low and low.split("-")[0] in grammar.classes["numbers"] and low.split("-")[-1] in grammar.classes["numbers"]:
            t.tag = "#"
    elif kind == "to":
        t.tag = _tag_of_to(i, tokens, grammar)
    elif kind == "that":
        t.tag = _tag_of_that(i, low, tokens, grammar)
    elif t.text == "Do" and 0 < i < len(tokens) - 1 and tokens[i - 1].text.islower() and tokens[i + 1].text[:1].isupper():
        t.tag = "U"  # "the entrepreneur Do Kwon"
    else:
        t.tag = kind
        if kind == "V":
            form = grammar.verb_forms[low][0]
            t.lemma, t.form = form.lemma, form.form


def _stands_within(i: int, tokens: list[Token]) -> bool:
    """Whether the word at ``i`` stands between an adjective or article and its noun."""
    before, after = tokens[i - 1] if i else None, tokens[i + 1] if i + 1 < len(tokens) else None
    led = before is not None and (
        before.tag in ("D", "J", "G") or (before.mention is not None and before.mention.form == "adjective")
    )
    return led and after is not None and after.tag == ""


def _is_inverted(i: int, tokens: list[Token]) -> bool:
    """Whether the modal at ``i`` opens a condition: "will leave should talks fail", "should Mali attack"."""
    before, after = tokens[i - 1] if i else None, tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or not (after.mention is not None or after.tag in ("D", "R")):
        return False
    return before is not None and before.tag not in ("W", "R", "C", "D") and before.lower not in ("what", "how", "why", "where")


def _rounds(i: int, tokens: list[Token], numbers: frozenset[str]) -> bool:
    """Whether the word at ``i`` makes the number behind it a rough one: "over 200", "around a dozen"."""
    dozens = (
        i + 2 < len(tokens)
        and tokens[i + 1].lower == "a"
        and tokens[i + 2].lower in ("dozen", "hundred", "thousand", "million", "score")
    )
    return (
        i + 1 < len(tokens)
        and (dozens or tokens[i + 1].tag == "#" or tokens[i + 1].lower in numbers)
        # "complained to Mali over two raids", "on Tuesday over two raids"
        and not (i and (tokens[i - 1].mention or tokens[i - 1].tag in ("U", "N") or tokens[i - 1].lower.endswith("day")))
    )


_OPENING = frozenset({"a", "an", "the", "its", "their", "his", "her"})


def _floats(i: int, tokens: list[Token], grammar: Grammar) -> bool:
    """Whether "both" stands between the subject and its verb: "Peru and Chile both sent", "the two governments each sent"."""
    if not i or i + 1 == len(tokens):
        return False
    before, after = tokens[i - 1], tokens[i + 1]
    named = before.mention is not None or before.text[:1].isupper()
    people = tokens[i].lower == "each" and before.lower in grammar.classes["beings"]
    verb = after.lower in grammar.verb_forms and after.lower not in BE
    behind = tokens[i + 2] if i + 2 < len(tokens) else None
    if named and verb and behind is not None and (behind.lower in _OPENING or behind.text[:1].isdigit()):
        # whatever else the word may be: "each return 40 prisoners", "insists that Chad first change its law"
        joined = i > 2 and tokens[i - 2].lower == "and" and tokens[i].lower == "each"
        return joined or (i > 1 and tokens[i - 2].lower == "that") or after.lower not in grammar.classes["mostly_nouns"]
    floating = tokens[i].lower != "first" and (named or people or before.lower in BE)
    return floating and verb and after.lower not in grammar.classes["mostly_nouns"]


def _acts_on_a_name(i: int, tokens: list[Token], grammar: Grammar) -> bool:
    """Whether the word at ``i`` is a third person with a name as its object: "army chief visits Egypt"."""
    third = any(form.form == "s" for form in grammar.verb_forms.get(tokens[i].lower, ()))
    named = tokens[i + 1].mention if i + 1 < len(tokens) else None
    return third and named is not None and named.form != "adjective"


def _tag_of_to(i: int, tokens: list[Token], grammar: Grammar) -> str:
    """Whether "to" leads a verb (T) or a noun (P)."""
    classes = grammar.classes
    following = None
    for x in tokens[i + 1 : i + 5]:
        if (
            x.text not in _QUOTE_MARKS
            and x.lower not in classes["adverbs"]
            and not (x.lower[-2:] == "ly" and x.lower not in grammar.verb_forms)
        ):
            following = x
            break
    if following is None or following.mention is not None:
        return "P"
    lemmas = grammar.form_lemmas.get(following.lower)
    if not (lemmas is not None and "base" in lemmas) and not _unknown_infinitive(i, tokens, following, grammar):
        return "P"
    if following.lower in classes["lists"] and (i + 2 >= len(tokens) or tokens[i + 2].text in (".", ",", ";")):
        return "P"  # "adds firms to blacklist"
    if following.lower in classes["mostly_nouns"]:
        before = grammar.form_lemmas.get(tokens[i - 1].lower, {}) if i else {}
        if not classes["verbs_with_to"].isdisjoint(before.values()):
            return "P"
        after = tokens[i + 2] if i + 2 < len(tokens) else None
        # "to attack Ukraine" but "to fire from"; a noun directly before "to" plus bare noun is rare, so the verb wins
        return "T" if after is None or after.lower not in ("of", "by", "from") else "P"
    return "T"


def _tag_of_that(i: int, low: str, tokens: list[Token], grammar: Grammar) -> str:
    """Whether "that", "this" and their plurals open a relative clause (W) or a clause (S), lead a noun (D) or stand for one (R)."""
    before = tokens[i - 1] if i else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if low != "that":
        return "D" if after is not None and after.tag not in ("V", "M", ".", ",") else "R"
    if before is None:
        return "S"
    if before.lower in _CALENDAR:
        return "S"  # "said on Tuesday that his country would answer"
    led = tokens[i - 2] if i > 1 else None
    if before.text == "," and led is not None and led.mention is not None and after is not None:
        told = after.tag == "M" or after.lower in BE or after.lower in HAVE
        if told or not _TOLD.isdisjoint(grammar.form_lemmas.get(after.lower, ())):
            return "W"  # "a strike on Sumy, Ukraine, that killed"
    # "the ship that": behind an article "ship" is no verb
    as_noun = led is not None and (led.tag in ("D", "#", "G") or bool(led.suffix))
    says = not grammar.classes["reporting_verbs"].isdisjoint(grammar.form_lemmas.get(before.lower, {}).values())
    nouns = grammar.classes["mostly_nouns"]
    if says and not as_noun and (before.lower not in nouns or (after is not None and after.lower in nouns)):
        return "S"  # "said that talks with Iraq were"
    open_before = before.tag == "" and (as_noun or before.lower not in grammar.verb_forms)
    if (
        (before.tag in "AUN" or open_before)
        and after is not None
        and (
            after.tag == "M"
            or after.lower in BE
            or after.lower in HAVE
            or not _TOLD.isdisjoint(grammar.form_lemmas.get(after.lower, ()))
        )
    ) or (open_before and before.lower not in grammar.classes["content_nouns"]):
        return "W"
    return "S"


_TOLD = frozenset({"s", "past"})
_CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "yesterday",
        "today",
    ]
)


def _unknown_infinitive(i: int, tokens: list[Token], following: Token | None, grammar: Grammar) -> bool:
    """Whether a word of no list stands as a verb behind "to": "to annihilate South Korea"."""
    if following is None or following.mention is not None or following.tag or not following.text.islower() or following.is_plural:
        return False
    last = grammar.form_lemmas.get(following.lower.rpartition("-")[2], ())
    if "-" in following.lower and ("past" in last or "participle" in last):
        return False  # "flew supplies to cyclone-hit Fiji"
    if (
        following.lower in grammar.classes["adjectives"]
        or following.lower in grammar.noun_patterns
        or following.lower in grammar.classes["beings"]
    ):
        return False
    closed = ("assets", "prepositions", "determiners", "pronouns", "possessives", "adverbs", "numbers")
    if following.lower in grammar.verb_forms or any(
        following.lower in grammar.classes[k] for k in closed if k in grammar.classes
    ):
        return False
    at = next(k for k in range(i + 1, len(tokens)) if tokens[k] is following)
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is not None and (after.mention is not None or after.lower in ("the", "a", "an", "its", "their", "his", "her"))


_WATCHED = HOW_WORDS | {"home"}
_ADJECTIVE_ENDINGS = ("ous", "ful", "ive", "able", "ible", "ical", "ic", "al", "ary", "ish", "less", "ist")
_WATCHED_ENDINGS = (*_ADJECTIVE_ENDINGS, "ed")


def _tag_open(i: int, t: Token, tokens: list[Token], grammar: Grammar) -> None:
    classes = grammar.classes
    low = t.lower
    capital = t.text[0].isupper()
    if low.startswith("re-") and f"re{low[3:]}" in grammar.verb_forms:
        low = t.lower = f"re{low[3:]}"  # "re-admits"
    forms = grammar.verb_forms.get(low)
    if ("-" in low or low in _NAME_PARTICLES) and _is_in_name(i, t, tokens):
        t.tag = "U"
        return
    if capital and i and tokens[i - 1].tag not in ('"', "."):
        t.tag = "N" if low in classes["beings"] else "U"
        return
    if forms is not None:
        t.tag, t.lemma, t.form = verb_reading(i, t, tokens, forms, grammar)
        return
    if not (capital or low in _WATCHED or low in classes["adjectives"] or low.endswith(_WATCHED_ENDINGS) or low[0].isdigit()):
        # the commonest case: none of the rules below is about such a word, but that of a verb behind "to"
        if i and tokens[i - 1].tag == "T":
            t.tag, t.lemma, t.form = "V", low, "base"
        else:
            t.tag = "N"
        return
    before, after = (tokens[i - 1] if i else None), (tokens[i + 1] if i + 1 < len(tokens) else None)
    how = (
        low in HOW_WORDS
        and before is not None
        and before.tag == "V"
        and after is not None
        and after.lower in classes["prepositions"]
    )
    if how or (low == "home" and _is_way_home(i, tokens, classes)):
        t.tag = "X"  # "pushed deeper into", "called its ambassador home"
        return
    if i and tokens[i - 1].tag == "T":
        t.tag, t.lemma, t.form = "V", low, "base"
        return
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    if low[0].isdigit() and behind is not None and behind.tag in ("", "A", "J", "#"):
        t.tag = "J"  # "a 30-day ceasefire"
        return
    if (
        low in classes["forces"]
        and low in classes["adjectives"]
        and behind is not None
        and behind.lower in grammar.verb_forms
        and behind.tag == ""
    ):
        if i and tokens[i - 1].tag == "P":
            t.tag = "J"  # "strikes on military targets"
            return
        # "the Israeli military strikes a prison", but "Israeli military strikes killed ten"
        rest = [Token(x.text, x.lower, x.start, x.end, x.tag, mention=x.mention) for x in tokens]
        rest[i].tag = "N"
        forms_behind = grammar.verb_forms[behind.lower]
        reading = verb_reading(i + 1, rest[i + 1], rest, forms_behind, grammar)
        t.tag = "N" if reading[0] == "V" else "J"
        return
    if _is_verdict(i, tokens, classes):
        t.tag = "J"
        return
    if low in classes["adjectives"]:
        ends = behind is None or behind.tag in ("P", ".", ",", "C", "V", "M", "G", "S", "W", "T")
        person = low in classes["beings"]
        if (
            person
            and behind is not None
            and (
                behind.tag == "X"
                or (behind.tag == "" and behind.lower in grammar.verb_forms and behind.lower not in classes["mostly_nouns"])
                or (behind.tag == "" and _acts_on_a_name(i + 1, tokens, grammar))
            )
        ):
            ends = True
        t.tag = "N" if ends else "J"
    elif capital and low not in grammar.noun_patterns and low not in classes["beings"]:
        nxt = tokens[i + 1] if i + 1 < len(tokens) else None
        t.tag = "U" if nxt is not None and nxt.text[:1].isupper() and nxt.mention is None else "N"
    elif (
        low.endswith(_ADJECTIVE_ENDINGS)
        and low not in classes["beings"]
        and i + 1 < len(tokens)
        and tokens[i + 1].text[:1].isalpha()
        and tokens[i + 1].tag not in ("P", "V", "M", "C", "W", "S", "D", "T", "X")
    ) or (
        low.endswith("ed")
        and len(low) > 4
        and behind is not None
        and behind.tag == ""
        and behind.mention is None
        and (not i or tokens[i - 1].tag in ("P", "D", "J", "V", "#", "X"))
    ):
        t.tag = "J"
    elif low.endswith("ed") and len(low) > 4 and "-" not in low and i and tokens[i - 1].tag in "NAU":
        t.tag, t.lemma, t.form = "V", low, "ed"
    else:
        t.tag = "N"


# What is written small within a name, alone or joined by a hyphen: "Jan van der Berg", "Salah al-Omari".
_NAME_PARTICLES = frozenset(
    {"al", "el", "bin", "ibn", "bint", "ould", "van", "von", "der", "den", "de", "del", "di", "da", "dos", "du", "la"}
)
_WITH_ARTICLE = re.compile(r"(?:al|el|ul|ash|a[dnrstz])-[A-ZÀ-Þʿʾ‘’']")


def _is_in_name(i: int, t: Token, tokens: list[Token]) -> bool:
    """Whether the word is a part of a person's name that is written small."""
    if _WITH_ARTICLE.match(t.text):
        return True
    if t.lower not in _NAME_PARTICLES or not i or tokens[i - 1].tag != "U":
        return False
    return any(x.text[:1].isupper() and x.mention is None for x in tokens[i + 1 : i + 3])


def _is_way_home(i: int, tokens: list[Token], classes: Mapping[str, frozenset[str]]) -> bool:
    """Whether "home" tells where somebody is brought: "called its ambassador home", but not "shelled a nursing home"."""
    led = any(t.tag == "V" and t.lemma in classes["homing_verbs"] for t in tokens[max(0, i - 9) : i])
    nxt = tokens[i + 1] if i + 1 < len(tokens) else None
    return led and tokens[i - 1].tag in ("N", "A") and (nxt is None or nxt.tag in ("P", ".", ",", "C", "X", "T"))


def _is_verdict(i: int, tokens: list[Token], classes: Mapping[str, frozenset[str]]) -> bool:
    """Whether the adjective at ``i`` tells what something is called: "called the seizure illegal"."""
    low = tokens[i].lower
    if i < 2 or tokens[i - 1].tag not in ("N", "A", "U") or low in classes["beings"] or low in classes["nouns_like_adjectives"]:
        return False
    undone = low.startswith("un") and low.endswith("ed")  # "called the move unjustified"
    if low not in classes["adjectives"] and not low.endswith(_ADJECTIVE_ENDINGS) and not undone:
        return False
    return any(t.tag == "V" and t.lemma in classes["naming_verbs"] for t in tokens[max(0, i - 8) : i])


def _settle_adjectives(tokens: list[Token], grammar: Grammar) -> None:
    """A demonym or name before a noun is an adjective (tag Q); -ing and unknown words before nouns stay as they are."""
    n = len(tokens)
    named = [i for i, t in enumerate(tokens) if t.tag == "A"]
    for i in named:
        t = tokens[i]
        if t.mention is None:
            continue
        nxt = tokens[i + 1] if i + 1 < n else None
        if t.suffix:
            t.tag = "Q" if nxt is not None and nxt.tag in ("N", "J", "A", "U", "Q", "#") else "A"
        elif (
            (
                t.mention.form == "adjective"
                and t.mention.kind is MentionKind.DEMONYM
                and nxt is not None
                and nxt.tag in ("N", "J", "U", "A", "Q")
            )
            or (
                nxt is not None
                and nxt.tag == "C"
                and t.mention.form == "adjective"
                and i + 2 < n
                and tokens[i + 2].mention is not None
                and i + 3 < n
                and tokens[i + 3].tag in ("N", "J", "U")
            )
            or (
                # "the US and Ukrainian presidents"
                nxt is not None
                and nxt.tag == "C"
                and t.text.isupper()
                and i + 3 < n
                and (beside := tokens[i + 2].mention) is not None
                and beside.form == "adjective"
                and tokens[i + 3].is_plural
                and tokens[i + 3].lower in grammar.classes["agents"]
            )
            or (
                nxt is not None
                and (nxt.tag == "N" or (nxt.tag == "J" and i + 2 < n and tokens[i + 2].tag == "N"))
                and t.mention.kind is not MentionKind.LEADER
            )
        ):
            t.tag = "Q"
    if len(named) > 1:
        _settle_dashes(tokens, named)
        _settle_lists_of_adjectives(tokens, named)


def _settle_dashes(tokens: list[Token], named: list[int]) -> None:
    """Two names with a dash before a noun are one phrase with it: "the China–Myanmar border"."""
    for i in named:
        if i + 2 >= len(tokens) or tokens[i + 1].text not in HYPHENS or tokens[i + 2].tag != "Q":
            continue
        first, second = tokens[i].mention, tokens[i + 2].mention
        # a Franco-Chadian is one person; the Chad–Mali border is of both
        if first is not None and second is not None and MentionKind.DEMONYM not in (first.kind, second.kind):
            tokens[i].tag = "Q"
            tokens[i + 1].tag = "J"
        elif tokens[i].tag == "A" and tokens[i + 1].tag == "C" and tokens[i].text.replace(".", "").isupper():
            tokens[i].tag = "Q"  # "US-Chinese talks" are "American-Chinese talks"


def _settle_lists_of_adjectives(tokens: list[Token], named: list[int]) -> None:
    """In "American, British and Jordanian forces" every one of the list is an adjective of the noun at its end, "US" too."""
    last = -1
    for i in reversed(named):
        if i > len(tokens) - 3:
            continue
        t, behind = tokens[i], tokens[i + 1]
        if t.mention is None or t.suffix or not (t.mention.form == "adjective" or t.text.isupper()):
            continue
        if t.tag == "Q" and (
            (behind.tag == "C" and tokens[i + 2].tag == "Q")
            or (behind.text == "," and tokens[i + 2].tag == "C" and i + 3 < len(tokens) and tokens[i + 3].tag == "Q")
        ):
            last = i
        elif behind.text == "," and t.tag in ("A", "Q"):
            # the word before an Oxford comma stands next to no noun, and is not yet known as an adjective
            oxford = (
                tokens[i + 2].tag == "C"
                and i + 3 < len(tokens)
                and tokens[i + 3].tag == "Q"
                and tokens[i + 3].mention is not None
            )
            if last == i + 2 or (oxford and t.mention.form == "adjective" and i > 0 and tokens[i - 1].text == ","):
                t.tag = "Q"
                last = i


def _opened_by_clause_word(tokens: list[Token], i: int) -> bool:
    """Whether only a noun phrase stands between the verb at ``i`` and a word that opens a clause: "the treaty that Russia signed",
    "since Russia invaded"."""
    j = i - 1
    while j >= 0 and tokens[j].tag in ("A", "U", "N", "Q", "J", "D", "G", "#", "C", "X", "R"):
        j -= 1
    return j >= 0 and j < i - 1 and (tokens[j].tag in ("W", "S") or tokens[j].lower in OPENERS)


def _stands_with(tokens: list[Token], i: int) -> bool:
    """Whether the noun before the verb at ``i``, with those joined to it, stands behind a verb and "with"."""
    j = i - 1
    while j > 0 and tokens[j].tag in ("N", "J", "Q", "A", "D", "#", "C"):
        j -= 1
    return 0 < j < i - 1 and tokens[j].lower == "with" and tokens[j - 1].tag == "V"


def _acts(tokens: list[Token], i: int, before: Token, grammar: Grammar) -> bool:
    """Whether the verb at ``i``, with ``before`` as its subject, is no participle: it has an object of its own, or can have none.

    "Postponed a visit after the balloon was seen", "jailed ten men after a bomb exploded", "arrived in Peru for talks expected to last".
    """
    t, classes = tokens[i], grammar.classes
    opened = parenthesis_before(tokens, i) if before.tag == "," else 0
    before = tokens[opened - 1] if opened else before
    closed = before.tag == "," and before.text == ","
    if before.tag not in "AUN" and not closed:
        return False
    if t.lemma in classes["coming_verbs"] and not closed:
        return True
    named = before.mention is not None and before.mention.form != "adjective"  # behind a name there is no participle
    if t.lemma in classes["giving_verbs"] and not named:
        return False
    behind = i + 1
    for particle in grammar.particles.get(t.lemma, ()):
        if tuple(x.lower for x in tokens[i + 1 : i + 1 + len(particle)]) == particle:
            if len(particle) > 1 or (particle[0] in ("for", "on") and (named or before.lower in classes["beings"])):
                return True  # "regained control of", "the envoy called for"
            behind = i + 2 if particle[0] in _PARTICLES else behind
    nxt, beyond = (tokens[k] if k < len(tokens) else None for k in (behind, behind + 1))
    if nxt is None:
        return False
    if nxt.tag in ("D", "A") or (nxt.tag == "Q" and not closed):  # but "In Lima, suspected Chilean gunmen"
        return True
    if nxt.tag == "U":
        return not closed
    if nxt.tag == "#":
        counted = next((x for x in tokens[behind + 1 :] if x.tag not in ("#", "J")), None)
        things = counted is not None and (counted.tag in ("N", "Q", "A") or counted.lower == "of")
        return not closed and things and counted is not None and counted.lower not in classes["time_nouns"]
    if nxt.tag == "N":
        return named or (not closed and nxt.lower in grammar.noun_patterns)
    return named and nxt.tag == "J" and beyond is not None and beyond.tag in ("N", "A", "U")


_PARTICLES = frozenset({"out", "up", "down", "off", "over", "on"})


_FINITE_FORMS = frozenset({"s", "past", "ed", "base", "main"})


def _is_aside(tokens: list[Token], i: int, grammar: Grammar) -> bool:
    """Whether the form in -ed at ``i`` describes the noun before it between commas: "the troops, trained in Togo, attacked"."""
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    if (
        i < 2
        or tokens[i - 1].text != ","
        or tokens[i - 2].tag not in ("A", "U", "N")
        or behind is None
        or behind.tag not in ("P", "X")
    ):
        return False
    end = next(
        (j for j in range(i + 1, len(tokens)) if tokens[j].tag in ("V", "M", "W", "S", "R", "C", ".", '"', ",")), len(tokens)
    )
    goes_on = (
        next((t for t in tokens[end + 1 :] if t.tag != "X"), None) if end < len(tokens) and tokens[end].text == "," else None
    )
    if goes_on is None or not (goes_on.tag == "M" or (goes_on.tag == "V" and goes_on.form in _FINITE_FORMS)):
        return False
    # The noun is a subject: no verb of its own clause stands before it, but one that says what it does may.
    start = next((j for j in range(i - 2, -1, -1) if tokens[j].tag in ("S", "W", ".", '"', ",")), -1)
    verbs = [t for t in tokens[start + 1 : i - 1] if t.tag == "V" and t.form in _FINITE_FORMS]
    return not verbs or (len(verbs) == 1 and verbs[0].lemma in grammar.classes["reporting_verbs"])


def _settle_participles(tokens: list[Token], verbs: list[int], grammar: Grammar) -> None:
    """Of two verbs with nothing between them that ends a clause, one is a reduced relative clause.

    The ``verbs`` are those in -ed, which may be either."""
    for i in verbs:
        t = tokens[i]
        nxt = tokens[i + 1] if i + 1 < len(tokens) else None
        later = None
        beyond = i + 1
        if t.lemma == "use" and nxt is not None and nxt.tag == "T":
            beyond = i + 3  # "a school used to shelter families was hit"
        for j in range(beyond, len(tokens)):
            u = tokens[j]
            if (
                u.tag in ("W", "S", ".", '"', "T", "R")
                or (u.tag == "," and u.text in ",;:")
                or u.tag == "C"
                or u.lower in ("what", "how", "why")
            ):
                break
            if u.tag == "M" or (u.tag == "V" and u.form in ("s", "past", "ed", "base", "participle")):
                later = u
                break
        earlier = None
        for j in range(i - 1, -1, -1):
            u = tokens[j]
            if u.tag in ("W", "S", ".", '"', "T") or (u.tag == "," and u.text in ",;:") or u.tag == "C" or u.lower in OPENERS:
                break
            if u.tag == "V" and (
                u.form in ("s", "past", "base", "main") or (u.form == "participle" and tokens[j - 1].lower in HAVE)
            ):
                earlier = u
                break
        # "stood by Cuba", "retaliated by banning imports" are no passives
        no_passive = t.lemma in grammar.classes["coming_verbs"] or ("by",) in grammar.particles.get(t.lemma, ())
        done_by = (any(x.lower == "by" for x in tokens[i + 1 : i + 2]) and not no_passive) or (
            # "carried out by"
            nxt is not None and nxt.lower in _PARTICLES and any(x.lower == "by" for x in tokens[i + 2 : i + 3])
        )
        before = previous(tokens, i)
        described = nxt is not None and nxt.tag == "P" and t.lemma in grammar.classes["describing_verbs"]
        if (
            before is not None
            and not (described and earlier is not None)
            # "after a drone launched by rebels struck the port", "that a missile launched from Yemen reached it"
            and not (later is not None and (done_by or (before.tag == "N" and nxt is not None and nxt.tag == "P")))
            and (
                before.tag in ("R", "W") or before.lower == "each" or (before.tag in "AUN" and _opened_by_clause_word(tokens, i))
            )
        ):
            t.form = "main"
            continue
        if before is not None and earlier is None and not done_by and _acts(tokens, i, before, grammar):
            t.form = "main"
            continue
        if (
            t.lemma in grammar.classes["reporting_verbs"]
            and t.lemma not in ("tell", "call", "ask")
            and nxt is not None
            and (nxt.tag in ("A", "D", "R", "U", "Q", "#") or nxt.lower in ("dozens", "hundreds", "thousands", "millions"))
            and before is not None
            and before.tag in "AUNC"
            and earlier is None
        ):
            t.form = "main"  # "Vucic said Pristina was": a participle would not have a noun phrase of its own
            continue
        wielded = t.lemma in grammar.classes["wielding_verbs"] and nxt is not None and nxt.tag == "P"
        if wielded and later is None and _stands_with(tokens, i):
            t.form = "reduced"  # "answered with drones and missiles fired at"
            continue
        if (
            earlier is not None
            and earlier.lemma in grammar.classes["reporting_verbs"]
            and before is not None
            and before.tag in "AUN"
            and not done_by
            and not described
            and not (nxt is not None and nxt.lower in ("from", "to", "in") and t.lemma in grammar.classes["trading_verbs"])
        ):
            # "Russia says Ukraine attacked": the second verb has a subject of its own
            t.form = "main" if later is None else t.form
            if later is None:
                continue
        told = earlier is not None and earlier.lemma in grammar.classes["reporting_verbs"]
        goes_on = later is not None and (later.tag == "M" or later.form in ("s", "past", "base", "participle"))
        if goes_on or _is_aside(tokens, i, grammar):
            t.form = "reduced"
        elif earlier is not None and not told and before is not None and before.tag == "N" and nxt is not None and nxt.tag == "P":
            t.form = "reduced"  # "releases four prisoners convicted of crimes linked to the war"
        elif later is not None and later.form == "ed":
            after = tokens[tokens.index(later) + 1] if tokens.index(later) + 1 < len(tokens) else None
            if after is not None and after.tag in ("P", "X") and not done_by:
                t.form = "main"
            else:
                t.form = "reduced"
        elif earlier is not None or done_by:
            t.form = "reduced"
        else:
            t.form = "main"
    for i in verbs:
        if tokens[i].form == "main":
            tokens[i].form = "past"

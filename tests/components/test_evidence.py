"""HTML made from what was read: marked where it should be, dead everywhere."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as some

from components.evidence import Mark, bullet_list, facts, headed, link, marked, paragraphs, plain_label, quiet, title

TEXT = "Putin thanked Kim <b>warmly</b> & left."
MARKS = some.lists(
    some.builds(
        Mark, some.integers(-3, 45), some.integers(-3, 45), some.sampled_from(["actor", "trigger"]), some.text(max_size=5)
    )
)


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_marks_cover_exactly_their_words() -> None:
    html = marked(TEXT, [Mark(0, 5, "actor"), Mark(6, 13, "trigger"), Mark(14, 17, "recipient")])
    assert (
        '<mark class="e-actor">Putin</mark> <mark class="e-trigger">thanked</mark> <mark class="e-recipient">Kim</mark>' in html
    )
    assert "&lt;b&gt;warmly&lt;/b&gt; &amp; left." in html


def test_overlapping_marks_are_cut_into_pieces_that_nest() -> None:
    html = marked("abcdef", [Mark(0, 4, "actor"), Mark(2, 6, "trigger")])
    assert html == '<mark class="e-actor">ab</mark><mark class="e-actor e-trigger">cd</mark><mark class="e-trigger">ef</mark>'


@given(some.text(alphabet=some.characters(codec="utf-8") | some.sampled_from("<>&\"'"), max_size=40), MARKS)
def test_whatever_is_marked_the_words_stay_the_same_and_nothing_comes_alive(text: str, marks: list[Mark]) -> None:
    html = marked(text, marks)
    assert words(html) == text.replace("\r\n", "\n") or words(html) == text
    assert not re.search(r"<(?!/?mark[ >])", html)


def test_what_a_mark_says_cannot_leave_its_attribute() -> None:
    html = marked("abc", [Mark(0, 3, "actor", '" onmouseover="alert(1)')])
    assert "&quot; onmouseover=&quot;" in html


def test_paragraphs_keep_offsets_and_set_the_chosen_sentence_apart() -> None:
    text = "One.\n\nTwo three. Four."
    html = paragraphs(text, [Mark(6, 9, "actor")], (6, 16))
    assert html.count("<p>") == 2
    assert '<span class="e-chosen" id="chosen"><mark class="e-actor">Two</mark> three.</span> Four.' in html


def test_only_web_addresses_become_links() -> None:
    assert link("https://example.org/a?b=1&c=2", "Read").startswith('<a href="https://example.org/a?b=1&amp;c=2"')
    for bad in ("javascript:alert(1)", "data:text/html,x", "//example.org", "file:///etc/passwd", "http://[", 'https"><script>'):
        assert "<a " not in link(bad, "Read") and "<script" not in link(bad, "Read")


def test_every_maker_of_html_escapes() -> None:
    harm = '<script>alert(1)</script>"'
    for html in (quiet(harm), title(harm), headed(harm, harm, harm, quad=harm), facts([(harm, harm)]), bullet_list([harm], harm)):
        assert "<script" not in html
        assert "alert(1)" in html


def test_a_label_brings_no_markdown_to_life() -> None:
    for living in ("**a**", "$a$", ":material/delete:", "[a](b)", "# a", "`a`", "- a", "1. a", "<b>", ":red[a]", "~~a~~", "a_b_"):
        label = plain_label(living)
        assert re.sub(r"\\(.)", r"\1", label) == living
        assert not re.search(r"(?<!\\)[*$:\[\]#`<>~_!|]", label), label


def test_a_label_is_one_line() -> None:
    assert plain_label("a\n\nb") == "a b"

"""What was skipped can be read again from the Corpus page, by those who may write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from conftest import Open, shown

from entente.corpus import Corpus
from entente.model import Article
from entente.reading import Skipped


def test_skipped_inputs_are_read_again_with_a_click(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article, tmp_path: Path
) -> None:
    folder = make_corpus(thanked)
    mended = tmp_path / "mended.jsonl"
    mended.write_text('{"title": "Chad thanks Togo", "text": "Chad thanked Togo on Monday."}')
    odd = [
        Skipped(str(mended), "", "is empty", b""),
        Skipped("gone.jsonl", "line 2", "is not JSON", b"{x"),
        Skipped("gone.zip", "", "is cut off", b""),
    ]
    Corpus.open(folder).add([], lambda article: None, skipped=odd)  # type: ignore[arg-type, return-value]
    app = open_app("corpus", corpus=folder)
    app.button(key="retry-skipped").click().run()
    assert not app.exception and not app.error
    assert "1 read now, 1 article added; 1 still cannot be read; of 1 nothing is left to read." in shown(app)
    assert Corpus.open(folder).summary()["skipped"] == 2
    assert "read now" not in shown(app.run())


def test_who_may_not_write_is_not_offered_it(open_app: Open, make_corpus: Callable[..., Path], thanked: Article) -> None:
    folder = make_corpus(thanked)
    Corpus.open(folder).add([], lambda article: None, skipped=[Skipped("a", "", "is odd", b"x")])  # type: ignore[arg-type, return-value]
    app = open_app("corpus", corpus=folder, local=False)
    assert not any(button.key == "retry-skipped" for button in app.button)

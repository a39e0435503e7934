"""Sentences in two languages."""

from __future__ import annotations

from ntmrules.text import Language, Text


def test_holes_are_filled_in_the_language_of_the_sentence() -> None:
    """A hole may be a sentence itself."""
    inner = Text("a share", "một tỷ lệ")
    sentence = Text("{n} is {what}", "{n} là {what}")

    assert "5 is a share" == sentence.fill(Language.EN, {"n": 5, "what": inner})
    assert "5 là một tỷ lệ" == sentence.fill(Language.VI, {"n": 5, "what": inner})


def test_braces_of_others_stay() -> None:
    """What fills a hole is not looked into, nor a sentence without holes."""
    assert "{x}" == Text("{a}", "{a}").fill(Language.EN, {"a": "{x}"})
    assert "{total: 32}" == Text("{total: 32}", "").fill(Language.EN, {})

"""Ids: slugs of texts, valid and reserved ids, and proposals for new ids."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from qna.naming import ids, letters
from support.harness import ROOT

CASES = json.loads((ROOT / "tests/letters.json").read_text(encoding="utf-8"))
"""Texts and their words; `frontend/search/words.test.ts` reads the same."""

SLUGS = {
    "What is C?": "what-is-c",
    "What is C++?": "what-is-c",
    "What is C#?": "what-is-c",
    "x & y": "x-y",
    "What is X ?": "what-is-x",
    "什么是反向传播？": "什么是反向传播",
    "Что такое градиент?": "что-такое-градиент",
    "हिन्दी क्या है": "हिन्दी-क्या-है",
    "Café": "cafe",
    "Cafe\u0301": "cafe",
    "Łódź": "lodz",
    "น้ำคืออะไร": "น้ำคืออะไร",
    "ﬁne-tuning": "fine-tuning",
    "İstanbul": "istanbul",
    "Straße": "strasse",
    "1 ㎅": "1-kb",
    "x² and ½": "x2-and-1-2",
    "🚀": "",
    "???": "",
    "❤️ 1️⃣": "1",
    "a\u00a0b": "a-b",
    "drop\u200bout soft\u00adhyphen": "dropout-softhyphen",
    "snake_case__init__": "snake-case-init",
    "../../etc/passwd": "etc-passwd",
    "a\\b:c*d?e|f": "a-b-c-d-e-f",
    "trailing dot. ": "trailing-dot",
    "2026-01-01": "2026-01-01",
}


@pytest.mark.parametrize(("text", "slug"), SLUGS.items())
def test_slug(text: str, slug: str) -> None:
    """A slug has only the letters and digits of any script, folded, and hyphens."""
    assert slug == ids.slug(text)
    assert slug == ids.slug(slug)


@pytest.mark.parametrize("slug", sorted({slug for slug in SLUGS.values() if slug}))
def test_a_slug_is_an_id(slug: str) -> None:
    """Every slug is a valid id."""
    assert ids.is_id(slug)


@pytest.mark.parametrize(
    "text",
    ["café", "straße-łódź", "σοφός", "überanpassung", "شبكة-أمامية", "خُبز", "שָׁלוֹם", "ёлка", "น้ำ"],
)
def test_an_id_with_accents(text: str) -> None:
    """An id that was published, or that an author writes, may have accents and special letters."""
    assert ids.is_id(text)


@pytest.mark.parametrize(("text", "words"), CASES["words"].items())
def test_words(text: str, words: list[str]) -> None:
    """Letters are folded as in search, in any script."""
    assert letters.words(text) == words
    assert letters.words(" ".join(words)) == words


@pytest.mark.parametrize(("text", "folded"), CASES["unspaced"].items())
def test_words_without_spaces(text: str, folded: str) -> None:
    """Words in scripts without spaces are folded as in search, and cut into pairs to compare."""
    assert letters.words(text) == [folded]
    assert "".join(term[0] for term in letters.terms(text)) + letters.terms(text)[-1][1:] == folded


@pytest.mark.parametrize(
    "text",
    [
        "",
        " a",
        "a b",
        "A",
        "a_b",
        "-a",
        "a-",
        "a--b",
        "a.b",
        "a/b",
        "x" * 81,
        "深" * 27,
        "cafe\u0301",
    ],
)
def test_invalid_id(text: str) -> None:
    """Only lowercase words joined by single hyphens, at most 80 bytes long, are a valid id."""
    assert not ids.is_id(text)


@pytest.mark.parametrize("text", ["index", "404", "con", "nul", "com1", "lpt9", "search", "q"])
def test_reserved(text: str) -> None:
    """Names of the site's own pages and of Windows devices are reserved."""
    assert ids.is_reserved(text)


@pytest.mark.parametrize("text", ["fnn-layers", "com10", "indexes", "control", "q-learning"])
def test_not_reserved(text: str) -> None:
    """A name that only starts like a reserved one is free."""
    assert not ids.is_reserved(text)


def test_proposals_grow_by_meaningful_words() -> None:
    """The shortest id comes first; all but the last leave out filler words."""
    found = ids.proposals("What is the vanishing gradient problem, and how can it be addressed?")

    assert found == [
        "vanishing-gradient-problem",
        "vanishing-gradient-problem-addressed",
        "what-is-the-vanishing-gradient-problem-and-how-can-it-be-addressed",
    ]


PROPOSALS = {
    "Was ist der Unterschied zwischen Batch- und Layer-Normalisierung?": "batch-layer-normalisierung",
    "Was ist Überanpassung?": "uberanpassung",
    "Qu'est-ce que le surapprentissage ?": "surapprentissage",
    "¿Cómo funciona el descenso de gradiente?": "descenso-gradiente",
    "O que é dropout?": "dropout",
    "Co to jest uczenie głębokie?": "uczenie-glebokie",
    "Derin öğrenme nedir?": "derin-ogrenme",
    "Học sâu là gì?": "hoc-sau",
    "Что такое переобучение?": "переобучение",
    "Почему исчезают градиенты и что с этим делать?": "исчезают-градиенты",
    "ما هو التعلم العميق؟": "التعلم-العميق",
    "CNN: ما هي الشبكة العصبية الالتفافية؟": "cnn-الشبكة-العصبية",
    "מהי למידה עמוקה?": "למידה-עמוקה",
    "गहन शिक्षा क्या है?": "गहन-शिक्षा",
    "과적합이란 무엇인가요?": "과적합이란",
    "データ拡張とは何ですか？": "データ拡張",
    "エンコーダーは何をしますか？": "エンコーダー",
    "なぜ勾配は消えるのですか？": "勾配-消える",
    "CNNとRNNの違いは何ですか？": "cnn-rnn",
    "什么是梯度消失问题？": "梯度消失问题",
    "批归一化和层归一化的区别是什么？": "批归一化-层归一化",
    "การเรียนรู้เชิงลึกคืออะไร?": "การเรียนรู้เชิงลึก",
    "តើទិន្នន័យគឺជាអ្វី?": "ទិន្នន័យ",
    "ຂໍ້ມູນແມ່ນຫຍັງ?": "ຂໍ້ມູນ",
    "ဒေတာဆိုတာဘာလဲ": "ဒေတာ",
}


@pytest.mark.parametrize(("question", "proposal"), PROPOSALS.items())
def test_proposals_in_other_languages(question: str, proposal: str) -> None:
    """An id says what the question is about, not that it is a question, in whatever language."""
    assert ids.proposals(question)[0] == proposal


@pytest.mark.parametrize(
    ("question", "proposal"),
    {
        "Was GPT-4 an RNN?": "was-gpt-4",
        "Why is die casting hard?": "die-casting-hard",
        "AI vs ML": "ai-vs-ml",
        "z-score": "z-score",
        'What is the meaning of "التعلم" here?': "meaning-التعلم-here",
    }.items(),
)
def test_proposals_in_english(question: str, proposal: str) -> None:
    """A question that may be in English is not taken for another language."""
    assert ids.proposals(question)[0] == proposal


@pytest.mark.parametrize(
    ("question", "proposal"),
    {
        "Why is my dough so sticky?": "dough-sticky",
        "How long should I let the dough rest before shaping it?": "dough-rest-shaping",
        "Can my landlord evict me without notice?": "landlord-evict-without-notice",
        "What happens if I miss my court date?": "miss-court-date",
        "How often should you inspect a hive in spring?": "inspect-hive-spring",
        "My bees are all leaving, what should I do?": "bees-leaving",
        "Warum ist mein Teig so klebrig?": "teig-klebrig",
        "Was passiert, wenn ich meine Miete nicht mehr zahlen kann?": "miete-zahlen",
        "Est-ce que je peux congeler mon pain ?": "congeler-pain",
        "¿Por qué mi masa está tan pegajosa?": "masa-pegajosa",
        "Почему моё тесто такое липкое?": "тесто-липкое",
        "كيف أعرف أن العجين قد اختمر؟": "العجين-اختمر",
        "मेरा आटा इतना चिपचिपा क्यों है?": "आटा-चिपचिपा",
        "为什么我的面团发不起来？": "面团发不起来",
        "What's the difference between null and undefined?": "null-undefined",
        "How do you undo the last commit in Git?": "undo-last-commit",
        "What is C++?": "c-plusplus",
        "What is C#?": "c-sharp",
        "What is a neural network?": "neural-network",
        "How tight is tight?": "tight",
        "What is the difference between rm and rm -rf?": "rm-rf",
        "I planted them, but nothing grows": "planted-nothing-grows",
    }.items(),
)
def test_proposals_for_any_subject(question: str, proposal: str) -> None:
    """No word of a field is left out, and no word that only asks is left in."""
    assert ids.proposals(question)[0] == proposal


def test_words_in_code_are_names() -> None:
    """A word in code is used, even if it is a common one elsewhere."""
    text = "What is the `this` keyword?"

    assert ids.proposals("What is the this keyword?")[0] == "keyword"
    assert ids.proposals("What is the this keyword?", ids.code_words(text))[0] == "this-keyword"


def test_words_of_most_questions() -> None:
    """A word that most questions of a source have is left out if enough others remain."""
    text = "How do bees find a place for a swarm?"

    assert ids.proposals(text, common={"bees"})[0] == "find-place-swarm"
    assert ids.proposals("What do bees eat?", common={"bees"})[0] == "bees-eat"


def test_numbered() -> None:
    """A number makes an id different; it fits a file name, however long the id is."""
    assert ids.numbered("dough", {"dough", "dough-2"}) == "dough-3"
    assert len(ids.numbered("x" * 80, ()).encode()) == 80


def test_proposals_of_filler_words() -> None:
    """If a question has only filler words, all are used."""
    assert ids.proposals("How does it work?") == ["how-does-it", "how-does-it-work"]
    assert ids.proposals("Was ist das?") == ["was-ist-das"]
    assert ids.proposals("何ですか？") == ["何ですか"]


def test_proposals_fit_file_names() -> None:
    """However long a text is, its ids fit; one very long word is cut."""
    for text in (
        "gradient descent " * 40,
        "x" * 300,
        "深度" * 90,
        "تعلم عميق " * 40,
        "\U00020000" * 90,
    ):
        assert all(ids.is_id(found) for found in ids.proposals(text))


def test_no_proposals() -> None:
    """A text without words has no proposals."""
    assert ids.proposals("🚀 ???") == []


def test_the_front_end_has_the_same_rule() -> None:
    """What `frontend/dom/ids.test.ts` takes for an id is one, and nothing else."""
    shared = json.loads((Path(__file__).parents[1] / "ids.json").read_text(encoding="utf-8"))

    assert [text for text in shared["ids"] if not ids.is_id(text)] == []
    assert [text for text in shared["others"] if ids.is_id(text)] == []

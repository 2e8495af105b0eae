"""`questions.json`, the data for other programs and hand-written pages."""

from __future__ import annotations

import json
from pathlib import Path

from qna.data import manifest
from support.harness import pages

SOURCE = """\
# Deep "Learning" </script>

### **1. Training & more**
*   **What is *dropout*?**
    - It switches units `off`
      at random\u2028{{ x }} </script>.

### **2. Practice**
*   **Tell a story?** {#story}
    - [Personal answer required - tell it.]
"""


def test_round_trip(tmp_path: Path) -> None:
    """Reading gives what was written: ids, texts word for word, addresses, order."""
    path = tmp_path / manifest.FILE_NAME
    source = SOURCE.replace("\u2028", " ")
    path.write_text(pages(source)[manifest.FILE_NAME], encoding="utf-8")

    read = manifest.read(path)

    assert list(read.topics) == ["training-more", "practice"]
    assert read.topics["practice"].url == "topics/practice/"
    assert read.topics["training-more"].title == "Training & more"
    question = read.questions["dropout"]
    assert question.title == "What is *dropout*?"
    assert question.answer == "It switches units `off`\nat random {{ x }} </script>."
    assert (question.topic, question.url) == ("training-more", "q/dropout/")
    assert read.questions["story"].answer == "Personal answer required - tell it."


def test_contract() -> None:
    """The keys that programs rely on exist, and texts are word for word those of the source."""
    data = json.loads(pages(SOURCE.replace("\u2028", " "))[manifest.FILE_NAME])

    assert data["title"] == 'Deep "Learning" </script>'
    assert (
        data["topics"][0].items()
        >= {
            "id": "training-more",
            "title": "Training & more",
            "url": "topics/training-more/",
        }.items()
    )
    assert (
        data["questions"][1].items()
        >= {
            "id": "story",
            "topic": "practice",
            "question": "Tell a story?",
            "answer": "[Personal answer required - tell it.]",
            "kind": "story",
            "url": "q/story/",
            "topic_url": "topics/practice/#story",
            "line": 9,
        }.items()
    )

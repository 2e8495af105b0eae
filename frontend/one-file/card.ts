// The parts of a question in the file, for practice.

import type { Card } from "../practice/ui/card";

/** What is beside an answer and is no part of it. */
const BESIDE = "summary, .deeper, .related";

/** The question with an id, as it is shown in this file. */
export async function load(id: string): Promise<Card> {
  const heading = document.getElementById(`q-${id}`);
  const answer = heading?.nextElementSibling;
  if (!heading || !answer) throw new Error("no question");
  const note = answer.querySelector(":scope > .deeper");
  const within = (parts: Iterable<Element>) =>
    [...parts].filter((part) => !part.matches(BESIDE)).map(copied);
  return {
    question: [...heading.childNodes].map(copied),
    answer: within(answer.children),
    note: note ? within(note.children) : [],
  };
}

/** A copy without ids, which the original keeps. */
function copied(node: Node): Node {
  const copy = node.cloneNode(true);
  if (copy instanceof Element)
    for (const part of [copy, ...copy.querySelectorAll("[id]")]) part.removeAttribute("id");
  return copy;
}

import { copy } from "../dom/clipboard";
import { button } from "../dom/element";
import { answerOf, questions, textOf } from "../dom/page";
import { filled } from "../dom/wording";

/** Add a button to each block of code that copies it. */
export function enhanceCode(): void {
  for (const code of document.querySelectorAll("article .highlight code"))
    code.closest(".highlight")?.append(copyButton(code));
}

function copyButton(code: Element): HTMLButtonElement {
  // Without the last line break, with which a shell would run what is pasted.
  const text = (code.textContent ?? "").replace(/\n$/, "");
  const made = button(WORDS.code_button, () => void copy(text, WORDS.code_done), "copy");
  made.setAttribute("aria-label", nameOf(code));
  return made;
}

/** What the button says: which question, and the number of the block, if not the first. */
function nameOf(code: Element): string {
  const question = questions().find((heading) => answerOf(heading)?.contains(code));
  const blocks = [...(answerOf(question ?? null)?.querySelectorAll(".highlight code") ?? [])];
  const number = blocks.indexOf(code) + 1;
  if (!question) return WORDS.code_name;
  const text = number > 1 ? WORDS.code_name_of_other : WORDS.code_name_of_first;
  return filled(text, { number, question: textOf(question) });
}

import { copy } from "../dom/clipboard";
import { button } from "../dom/element";
import { answerOf, questions, textOf } from "../dom/page";

/** Add a button to each block of code that copies it. */
export function enhanceCode(): void {
  for (const code of document.querySelectorAll("article .highlight code"))
    code.closest(".highlight")?.append(copyButton(code));
}

function copyButton(code: Element): HTMLButtonElement {
  // Without the last line break, with which a shell would run what is pasted.
  const text = (code.textContent ?? "").replace(/\n$/, "");
  const made = button("Copy", () => void copy(text, "Copied"), "copy");
  made.setAttribute("aria-label", `Copy code${about(code)}`);
  return made;
}

/** Which code it is: the number of the block in its answer, if not the first, and the question. */
function about(code: Element): string {
  const question = questions().find((heading) => answerOf(heading)?.contains(code));
  const blocks = [...(answerOf(question ?? null)?.querySelectorAll(".highlight code") ?? [])];
  const number = blocks.indexOf(code) + 1;
  return question ? `${number > 1 ? ` ${number}` : ""} of ${textOf(question)}` : "";
}

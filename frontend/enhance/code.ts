import { copy } from "../dom/clipboard";
import { button } from "../dom/element";

/** Add a button to each block of code that copies it. */
export function enhanceCode(): void {
  for (const code of document.querySelectorAll("article .highlight code"))
    code.closest(".highlight")?.append(copyButton(code));
}

function copyButton(code: Element): HTMLButtonElement {
  // Without the last line break, with which a shell would run what is pasted.
  const text = (code.textContent ?? "").replace(/\n$/, "");
  const made = button("Copy", () => void copy(text, "Copied"), "copy");
  made.setAttribute("aria-label", "Copy code");
  return made;
}

// Look-up or self-test: whether answers are open on arrival is the reader's choice.

import { answerOf, foldedAnswers, questions } from "./page";
import { store, stored } from "./stored";

const CHOICE = "answers";
/** Shows the answers before this script has opened them; the page sets it as it starts. */
const SHOWN = "answers-open";

/** Open the answers if that is chosen, and bring what opens and closes them to life. */
export function enhanceAnswers(): void {
  if (stored(CHOICE) === "open") setAll(true);
  document.documentElement.classList.remove(SHOWN);
  for (const heading of questions())
    heading.addEventListener("click", (event) => toggledBy(event, answerOf(heading)));
  const bar = document.querySelector(".answers-bar");
  const toggle = bar?.querySelector<HTMLElement>("[data-answers=toggle]");
  const keep = bar?.querySelector<HTMLElement>("[data-answers=keep]");
  if (toggle && keep) enhanceBar(toggle, keep);
}

function enhanceBar(toggle: HTMLElement, keep: HTMLElement): void {
  const show = (): void => {
    toggle.textContent = foldedAnswers().every(({ open }) => open) ? "Close all" : "Open all";
    keep.setAttribute("aria-checked", String(stored(CHOICE) === "open"));
  };
  toggle.addEventListener("click", () => setAll(toggle.textContent === "Open all"));
  keep.addEventListener("click", () => {
    const open = stored(CHOICE) !== "open";
    store(CHOICE, open ? "open" : "");
    setAll(open);
    show();
  });
  for (const answer of foldedAnswers()) answer.addEventListener("toggle", show);
  show();
}

/** The question's line is a large target; who marks its text or follows its link means something else. */
function toggledBy(event: MouseEvent, answer: HTMLElement | undefined): void {
  const meantElse = event.target instanceof Element && event.target.closest("a");
  if (meantElse || getSelection()?.toString()) return;
  if (answer instanceof HTMLDetailsElement) answer.open = !answer.open;
}

function setAll(open: boolean): void {
  for (const answer of foldedAnswers()) answer.open = open;
}

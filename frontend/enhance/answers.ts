// Look-up or self-test: whether answers are open on arrival is the reader's choice.

import { answerOf, foldedAnswers, questions } from "../dom/page";
import { store, stored, whenChosenElsewhere } from "../dom/storage";

const CHOICE = "answers";
/** Shows the answers before this script has opened them; the page sets it as it starts. */
const SHOWN = "answers-open";

/** Bring what opens and closes the answers to life; open them if that is chosen. */
export function enhanceAnswers(): void {
  for (const heading of questions())
    heading.addEventListener("click", (event) => toggledBy(event, answerOf(heading)));
  const bar = document.querySelector(".answers-bar");
  const toggle = bar?.querySelector<HTMLElement>("[data-answers=toggle]");
  const keep = bar?.querySelector<HTMLElement>("[data-answers=keep]");
  if (toggle && keep) enhanceBar(toggle, keep);
  document.documentElement.classList.remove(SHOWN);
}

function enhanceBar(toggle: HTMLElement, keep: HTMLElement): void {
  const answers = foldedAnswers();
  const areOpen = (): boolean => answers.every(({ open }) => open);
  const isKept = (): boolean => keep.ariaChecked === "true";
  const show = (): void => {
    toggle.textContent = areOpen() ? "Close all" : "Open all";
  };
  const follow = (): void => {
    const open = stored(CHOICE) === "open";
    if (open !== isKept()) setAll(open);
    keep.ariaChecked = String(open);
    show();
  };
  toggle.addEventListener("click", () => setAll(!areOpen()));
  keep.addEventListener("click", () => {
    store(CHOICE, isKept() ? "" : "open");
    follow();
  });
  for (const answer of answers) answer.addEventListener("toggle", show);
  whenChosenElsewhere(follow);
  follow();
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

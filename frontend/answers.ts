// Look-up or self-test: whether answers are open on arrival is the reader's choice.

import { store, stored } from "./stored";

const CHOICE = "answers";

/** Bring the buttons above a list of questions to life, and open the answers if that is chosen. */
export function enhanceAnswers(): void {
  const bar = document.querySelector<HTMLElement>(".answers-bar");
  if (!bar) return;
  const [toggle, keep] = bar.querySelectorAll("button");
  if (!toggle || !keep) return;
  const show = (): void => {
    toggle.textContent = answers().every(({ open }) => open) ? "Close all" : "Open all";
    keep.setAttribute("aria-checked", String(stored(CHOICE) === "open"));
  };
  if (stored(CHOICE) === "open") setAll(true);
  toggle.addEventListener("click", () => setAll(toggle.textContent === "Open all"));
  keep.addEventListener("click", () => {
    const open = stored(CHOICE) !== "open";
    store(CHOICE, open ? "open" : "");
    setAll(open);
    show();
  });
  for (const answer of answers()) answer.addEventListener("toggle", show);
  show();
}

function answers(): HTMLDetailsElement[] {
  return [...document.querySelectorAll<HTMLDetailsElement>("details:is(.answer, .story)")];
}

function setAll(open: boolean): void {
  for (const answer of answers()) answer.open = open;
}

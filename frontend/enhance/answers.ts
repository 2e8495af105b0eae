// Readers choose whether answers start open, to look things up, or closed, to test themselves.

import { answerOf, collapsibleAnswers, questions } from "../dom/page";
import { store, stored, whenStorageMayDiffer } from "../dom/storage";

const CHOICE = "answers"; // also read in partials/start.html, which opens them

/** Let questions and the bar above them open and close answers; open all if the reader chose so. */
export function enhanceAnswers(): void {
  for (const heading of questions())
    heading.addEventListener("click", (event) => toggleAnswer(event, answerOf(heading)));
  const bar = document.querySelector(".answers-bar");
  const toggle = bar?.querySelector<HTMLElement>("[data-answers=toggle]");
  const keep = bar?.querySelector<HTMLElement>("[data-answers=keep]");
  if (toggle && keep) enhanceBar(toggle, keep);
  if (!CSS.supports("selector(::details-content)")) openToPrint();
}

/** Open all answers on paper, where styles cannot show closed ones. */
function openToPrint(): void {
  let closed: HTMLDetailsElement[] = [];
  const setClosed = (open: boolean): void => {
    for (const answer of closed) answer.open = open;
  };
  addEventListener("beforeprint", () => {
    closed = collapsibleAnswers().filter(({ open }) => !open);
    setClosed(true);
  });
  addEventListener("afterprint", () => setClosed(false));
}

function enhanceBar(toggle: HTMLElement, keep: HTMLElement): void {
  const answers = collapsibleAnswers();
  const areOpen = (): boolean => answers.every(({ open }) => open);
  const isKept = (): boolean => keep.getAttribute("aria-checked") === "true";
  const label = (): void => {
    toggle.textContent = areOpen() ? "Close all" : "Open all";
    toggle.setAttribute("aria-label", `${toggle.textContent} answers`);
  };
  const applyChoice = (): void => {
    const open = stored(CHOICE) === "open";
    if (open !== isKept()) setAll(open);
    keep.setAttribute("aria-checked", String(open));
    label();
  };
  toggle.addEventListener("click", () => setAll(!areOpen()));
  keep.addEventListener("click", () => {
    store(CHOICE, isKept() ? "" : "open");
    applyChoice();
  });
  for (const answer of answers) answer.addEventListener("toggle", label);
  whenStorageMayDiffer(applyChoice);
  applyChoice();
}

/** Open or close an answer after a click on its question, unless it follows a link or selects text. */
function toggleAnswer(event: MouseEvent, answer: HTMLElement | undefined): void {
  const onLink = event.target instanceof Element && event.target.closest("a");
  if (onLink || getSelection()?.toString()) return;
  if (answer instanceof HTMLDetailsElement) answer.open = !answer.open;
}

function setAll(open: boolean): void {
  for (const answer of collapsibleAnswers()) answer.open = open;
}

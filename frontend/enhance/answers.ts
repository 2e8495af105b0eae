// Readers choose whether answers start open, to look things up, or closed, to test themselves.

import { answerOf, collapsibleAnswers, questions } from "../dom/page";
import { store, stored, whenStorageMayDiffer } from "../dom/storage";
import { isReturn, nameInAddress, unrevealed } from "./linked-answer";

const CHOICE = "answers"; // also read in partials/start.html, which opens them
/** Name of the open answers in the state of a history entry. */
const OPEN = "open";

/** Let questions and the bar above them open and close answers; open all if the reader chose so. */
export function enhanceAnswers(): void {
  for (const heading of questions()) {
    heading.addEventListener("click", (event) => clicked(event, heading));
    const answer = answerOf(heading);
    if (answer instanceof HTMLDetailsElement)
      answer.firstElementChild?.addEventListener("click", () =>
        nameInAddress(heading, !answer.open),
      );
  }
  const bar = document.querySelector(".answers-bar");
  const toggle = bar?.querySelector<HTMLElement>("[data-answers=toggle]");
  const keep = bar?.querySelector<HTMLElement>("[data-answers=keep]");
  if (toggle && keep) enhanceBar(toggle, keep);
  if (isReturn()) restore();
  keepState();
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
    const open = areOpen();
    toggle.textContent = open ? WORDS.answers_close_all : WORDS.answers_open_all;
    const name = open ? WORDS.answers_close_all_name : WORDS.answers_open_all_name;
    toggle.setAttribute("aria-label", name);
  };
  const applyChoice = (): void => {
    const open = stored(CHOICE) === "open";
    if (open !== isKept()) setAll(open, unrevealed());
    keep.setAttribute("aria-checked", String(open));
    label();
  };
  toggle.addEventListener("click", () => {
    setAll(!areOpen());
    note();
  });
  keep.addEventListener("click", () => {
    store(CHOICE, isKept() ? "" : "open");
    applyChoice();
    note(); // at once: the page may be reloaded before the answers have said that they are open
  });
  for (const answer of answers) answer.addEventListener("toggle", label);
  whenStorageMayDiffer(applyChoice);
  applyChoice();
}

/** Open or close the answer to a question, if it can be; return whether it can. */
export function toggleAnswer(heading: HTMLElement): boolean {
  const answer = answerOf(heading);
  if (!(answer instanceof HTMLDetailsElement)) return false;
  answer.open = !answer.open;
  nameInAddress(heading, answer.open);
  return true;
}

/** A click on a question opens or closes its answer, unless it follows a link or selects text. */
function clicked(event: MouseEvent, heading: HTMLElement): void {
  const onLink = event.target instanceof Element && event.target.closest("a");
  if (!onLink && !getSelection()?.toString()) toggleAnswer(heading);
}

/** Note in the history which answers are open. */
function note(): void {
  const open = questions().filter((heading) => answerOf(heading)?.matches("[open]"));
  history.replaceState({ ...history.state, [OPEN]: open.map(({ id }) => id) }, "");
}

/** Keep the note up to date: a reload and the way back show the page as it was. */
function keepState(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  for (const answer of collapsibleAnswers())
    answer.addEventListener("toggle", () => {
      clearTimeout(timer); // browsers limit how often the history may change
      timer = setTimeout(note, 100);
    });
  addEventListener("hashchange", note);
  note();
}

function restore(): void {
  const open: unknown = history.state?.[OPEN];
  if (!Array.isArray(open)) return;
  for (const heading of questions()) {
    const answer = answerOf(heading);
    if (answer instanceof HTMLDetailsElement) answer.open = open.includes(heading.id);
  }
}

function setAll(open: boolean, except?: HTMLElement): void {
  for (const answer of collapsibleAnswers()) if (answer !== except) answer.open = open;
}

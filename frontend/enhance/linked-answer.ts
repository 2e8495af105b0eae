// The address names the question that is read, so that it can be copied, and reloaded or returned to.

import { answerOf, barBottom, goTo, questions } from "../dom/page";
import { decoded } from "../dom/urls";
import { rememberPage } from "./last-question";

/** Class of the question that a link led to. */
export const MARK = "is-target";
/** Start of a fragment that leads to a question without opening its answer; no id begins with it. */
const UNOPENED = "#:";

let asked: HTMLElement | undefined;

/** Open, mark and show the answer that the address names, now and after each change of address. */
export function enhanceAnchors(): void {
  // Only an entry of the history that the reader has left before has a state.
  addEventListener("hashchange", () => reveal(history.state === null));
  reveal(!isReturn());
}

/** Whether the reader reloaded this page or came back to it; the browser scrolls to where they were. */
export function isReturn(): boolean {
  const [entry] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return entry?.type === "reload" || entry?.type === "back_forward";
}

/** The question that the address names. */
export function addressed(): HTMLElement | undefined {
  const target = named();
  return questions().find((heading) => heading === target);
}

/** Name a question in the address when its answer is opened, and no longer when it is closed. */
export function nameInAddress(heading: HTMLElement, isOpen = true): void {
  if (!isOpen) heading.classList.remove(MARK);
  if (isOpen || addressed() === heading) setFragment(isOpen ? heading.id : "");
}

/** An address that leads to a question on a page without opening its answer; to the last by default. */
export function unopened(page: string, id = ""): string {
  return `${page}${UNOPENED}${encodeURIComponent(id)}`;
}

function reveal(mayScroll: boolean): void {
  for (const marked of document.querySelectorAll(`.${MARK}`)) marked.classList.remove(MARK);
  if (location.hash.startsWith(UNOPENED)) approach(location.hash.slice(UNOPENED.length));
  const target = named();
  if (!target) return;
  const moved = target.nextElementSibling?.querySelector<HTMLAnchorElement>("a.moved");
  if (moved) {
    // The page of an initial has the same anchors as its list had on one page.
    location.replace(moved.hash ? moved.href : moved.href + location.hash);
    return;
  }
  const answer = answerOf(target);
  if (answer instanceof HTMLDetailsElement) {
    answer.open = true;
    target.classList.add(MARK);
    // The browser may scroll before the answer has its height, so scroll after it.
    if (mayScroll) requestAnimationFrame(() => show(target));
  }
}

/** Go to a question with its answer closed. The address would open the answer, so it names none. */
function approach(fragment: string): void {
  const heading = fragment ? byId(fragment) : questions().at(-1);
  setFragment("");
  if (!heading) return;
  if (fragment) closeAnswer(heading);
  heading.classList.add(MARK);
  goTo(heading);
}

function closeAnswer(heading: Element): void {
  const answer = answerOf(heading);
  asked = answer;
  if (answer instanceof HTMLDetailsElement) answer.open = false;
}

/** The answer that stays closed when this page opens the others: its question was asked. */
export function unrevealed(): HTMLElement | undefined {
  return asked;
}

/** The element that the address names; an old id names the heading that has it. */
export function named(): HTMLElement | null {
  return byId(location.hash.slice(1));
}

function byId(fragment: string): HTMLElement | null {
  const found = document.getElementById(decoded(fragment));
  return found?.classList.contains("alias") ? found.closest("h2") : found;
}

function setFragment(id: string): void {
  const url = new URL(location.href);
  url.hash = id;
  if (url.href !== location.href) history.replaceState(history.state, "", url);
  rememberPage();
}

function show(target: HTMLElement): void {
  const { top, bottom } = target.getBoundingClientRect();
  if (top < barBottom() || bottom > innerHeight) target.scrollIntoView();
}

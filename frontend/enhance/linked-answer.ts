import { answerOf, barBottom } from "../dom/page";

/** Class of the question that the address names. */
export const MARK = "is-target";

/** Open, mark and show the answer that the address names, now and after each change of address. */
export function enhanceAnchors(): void {
  addEventListener("hashchange", reveal);
  reveal();
}

function reveal(): void {
  for (const marked of document.querySelectorAll(`.${MARK}`)) marked.classList.remove(MARK);
  const target = addressed();
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
    requestAnimationFrame(() => show(target));
  }
}

function addressed(): HTMLElement | null {
  try {
    const found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    return found?.classList.contains("alias") ? found.closest("h2") : found;
  } catch {
    return null; // a broken percent escape names nothing
  }
}

function show(target: HTMLElement): void {
  const { top, bottom } = target.getBoundingClientRect();
  if (top < barBottom() || bottom > innerHeight) target.scrollIntoView();
}

// Questions and answers on a page.

const ANSWER = ":is(details, .admonition):is(.answer, .story)";
/** What is in an answer but not part of its text. */
const EXTRAS = ".admonition-title, button, .footnote-backref";

/** The headings of the questions on the page, in order. */
export function questions(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("article :is(h1, h2, h3)[id]")].filter(
    (heading) => answerOf(heading),
  );
}

/** The answer to a question; on a learning path, a reason comes between the two. */
export function answerOf(heading: Element | null): HTMLElement | undefined {
  const next = heading?.nextElementSibling;
  const found = next?.matches(".why") ? next.nextElementSibling : next;
  return found instanceof HTMLElement && found.matches(ANSWER) ? found : undefined;
}

/** The answers on the page that can be opened and closed. */
export function collapsibleAnswers(): HTMLDetailsElement[] {
  return [...document.querySelectorAll<HTMLDetailsElement>("article details:is(.answer, .story)")];
}

/** Bottom edge of the bar, which covers what scrolls under it, in pixels from the window's top. */
export function barBottom(): number {
  return document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0;
}

/** Text of a heading or an answer, with formulas as text, but without its title and buttons. */
export function textOf(found: Element | null | undefined): string {
  const copy = found?.cloneNode(true) as Element | undefined;
  for (const extra of copy?.querySelectorAll(EXTRAS) ?? []) extra.remove();
  for (const math of copy?.querySelectorAll("math") ?? [])
    math.replaceWith(math.getAttribute("alttext") ?? "");
  for (const box of copy?.querySelectorAll("input") ?? []) box.replaceWith(box.checked ? "☑" : "☐");
  return (copy?.textContent ?? "").trim();
}

/** Scroll to a question and move the focus to it. */
export function goTo(heading: HTMLElement): void {
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView({ block: "start" });
}

/** Call `act` once the reader sees the page, which the browser may have rendered in advance. */
export function whenSeen(act: () => void): void {
  const { prerendering = false } = document as { prerendering?: boolean };
  if (prerendering) document.addEventListener("prerenderingchange", act, { once: true });
  else act();
}

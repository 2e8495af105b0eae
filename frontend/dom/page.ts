// What stands on a page: questions and their answers.

const ANSWER = ":is(details, .admonition):is(.answer, .story)";

/** The headings of the questions on the page, in order. */
export function questions(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("article :is(h1, h2, h3)[id]")].filter(
    (heading) => answerOf(heading),
  );
}

/** The answer of a question; on a learning path, a reason stands between the two. */
export function answerOf(heading: Element | null): HTMLElement | undefined {
  const next = heading?.nextElementSibling;
  const found = next?.matches(".why") ? next.nextElementSibling : next;
  return found instanceof HTMLElement && found.matches(ANSWER) ? found : undefined;
}

/** The answers on the page that open and close. */
export function foldedAnswers(): HTMLDetailsElement[] {
  return [...document.querySelectorAll<HTMLDetailsElement>("article details:is(.answer, .story)")];
}

/** How far down the bar reaches, which hides what scrolls below it. */
export function barBottom(): number {
  return document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0;
}

/** What a reader sees of a heading or an answer, without what belongs to the page. */
export function textOf(found: Element | null | undefined): string {
  const copy = found?.cloneNode(true) as Element | undefined;
  for (const extra of copy?.querySelectorAll(".headerlink, .admonition-title") ?? [])
    extra.remove();
  return (copy?.textContent ?? "").trim();
}

/** Act once a reader sees the page: a browser may render it before it is asked for. */
export function whenSeen(act: () => void): void {
  const { prerendering = false } = document as { prerendering?: boolean };
  if (prerendering) document.addEventListener("prerenderingchange", act, { once: true });
  else act();
}

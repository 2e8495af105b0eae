// Pages are prerendered, or else prefetched, while the reader hovers over their links.

import { links } from "qna/data/loaded_ahead.json";
import { element } from "../dom/element";

/** How long a pointer rests on a link before it is prefetched, as with speculation rules. */
const HOVER = 200; // milliseconds

/** Have pages loaded before their links are clicked. */
export function prefetchLinks(): void {
  if ("supports" in HTMLScriptElement && HTMLScriptElement.supports("speculationrules")) {
    // The security policy of the page allows exactly this text.
    const rule = { where: { selector_matches: links }, eagerness: "moderate" };
    const rules = JSON.stringify({ prefetch: [rule], prerender: [rule] });
    document.head.append(element("script", { type: "speculationrules" }, rules));
  } else fetchHovered();
}

/** Fetch pages into the browser's cache where the Speculation Rules API is missing. */
function fetchHovered(): void {
  const fetched = new Set<string>();
  let timer = 0;
  const hovered = (event: Event, delay: number): void => {
    clearTimeout(timer);
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>(links);
    if (!link || fetched.has(link.href)) return;
    timer = setTimeout(() => {
      fetched.add(link.href);
      fetch(link.href, { priority: "low" }).catch(() => fetched.delete(link.href));
    }, delay);
  };
  addEventListener("pointerover", (event) => hovered(event, HOVER), { passive: true });
  addEventListener("pointerdown", (event) => hovered(event, 0), { passive: true });
}

// Prefetch hovered links where the Speculation Rules API is missing.

/** How long a pointer rests on a link before it is prefetched, as with speculation rules. */
const HOVER = 200; // milliseconds

/** Fetch pages into the browser's cache before their links are clicked; the page's rules name the links. */
export function prefetchLinks(): void {
  if ("supports" in HTMLScriptElement && HTMLScriptElement.supports("speculationrules")) return;
  const links = linksToPrefetch();
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

function linksToPrefetch(): string {
  const rules = document.querySelector("script[type=speculationrules]")?.textContent ?? "";
  const { prefetch } = JSON.parse(rules) as { prefetch: [{ where: { selector_matches: string } }] };
  return prefetch[0].where.selector_matches;
}

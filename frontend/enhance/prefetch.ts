// The next page comes while the reader reaches for its link: what browsers without speculation rules
// do not do by themselves is done here, into their cache.

/** Like the browsers that follow the rules: passing over a link is not yet reaching for it. */
const PATIENCE = 200; // milliseconds

/** Fetch what links lead to when a reader reaches for them, by the rules that stand in the page. */
export function prefetchLinks(): void {
  if ("supports" in HTMLScriptElement && HTMLScriptElement.supports("speculationrules")) return;
  const links = linksToPrefetch();
  const fetched = new Set<string>();
  let reaching = 0;
  const reached = (event: Event, patience: number): void => {
    clearTimeout(reaching);
    const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>(links);
    if (!link || fetched.has(link.href)) return;
    reaching = setTimeout(() => {
      fetched.add(link.href);
      fetch(link.href, { priority: "low" }).catch(() => fetched.delete(link.href));
    }, patience);
  };
  addEventListener("pointerover", (event) => reached(event, PATIENCE), { passive: true });
  addEventListener("pointerdown", (event) => reached(event, 0), { passive: true });
}

function linksToPrefetch(): string {
  const rules = document.querySelector("script[type=speculationrules]")?.textContent ?? "";
  const { prefetch } = JSON.parse(rules) as { prefetch: [{ where: { selector_matches: string } }] };
  return prefetch[0].where.selector_matches;
}

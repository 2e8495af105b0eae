// The pages in the file: one is shown at a time, the one that the address leads to.

import { decoded } from "../dom/urls";

const VIEW = ".view";
const CURRENT = "is-current";

/** Show the page that the address leads to, now and after each change of it. */
export function enhanceViews(opened: (view: HTMLElement) => void): void {
  const views = [...document.querySelectorAll<HTMLElement>(VIEW)];
  const { title } = document;
  const follow = (): void => {
    const target = document.getElementById(decoded(location.hash.slice(1)));
    const found = target?.closest<HTMLElement>(VIEW) ?? (shown(views) || views[0]);
    if (!found) return;
    const isOther = found.hidden || !shown(views);
    for (const view of views) view.hidden = view !== found;
    const heading = found.querySelector("h1")?.textContent ?? title;
    document.title = heading === title ? title : `${heading} - ${title}`; // as on the site
    mark(found.id);
    for (let part = target; part && part !== found; part = part.parentElement)
      if (part instanceof HTMLDetailsElement) part.open = true;
    if (isOther) (target && target !== found ? target : document.body).scrollIntoView();
    opened(found);
  };
  addEventListener("hashchange", follow);
  follow();
}

function shown(views: readonly HTMLElement[]): HTMLElement | undefined {
  const [first, ...others] = views.filter((view) => !view.hidden);
  return others.length > 0 ? undefined : first;
}

/** Mark the links to a page. */
function mark(id: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>(":is(.sections, .sidebar) a")) {
    const isHere = decoded(link.hash.slice(1)) === id;
    if (isHere) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    link.classList.toggle(CURRENT, !isHere && link.hash === "#contents" && id.startsWith("topic-"));
  }
}

// A question page that was reached from a learning path leads on along this path. Without scripts,
// links above the question do.

import { element } from "../dom/element";
import { named } from "./linked-answer";

/** Have the pager follow the path that the address names. */
export function enhancePath(): void {
  addEventListener("hashchange", follow);
  follow();
}

function follow(): void {
  const path = named(); // while scripts start, nothing matches :target yet
  if (!path?.matches(".path")) return;
  for (const other of document.querySelectorAll(".path")) other.classList.remove("is-shown");
  path.classList.add("is-shown"); // also when the address changes, as by "Skip to content"
  const pager = document.querySelector(".pager") ?? element("nav", { class: "pager" });
  pager.setAttribute("aria-label", WORDS.pager_step);
  pager.replaceChildren(...linksOf(path));
  path.parentElement?.append(pager);
}

function linksOf(path: Element): HTMLAnchorElement[] {
  const rels = { previous: "prev", next: "next" };
  return Object.entries(rels).flatMap(([side, rel]) => {
    const link = path.querySelector<HTMLAnchorElement>(`.${side}`);
    if (!link) return [];
    const [label, title] = [...link.childNodes].map(({ textContent }) => textContent ?? "");
    const content = [element("span", {}, label ?? ""), " ", element("bdi", {}, title ?? "")];
    return [element("a", { class: `pager__${side}`, rel, href: link.href }, ...content)];
  });
}

// The home page offers to continue with the last question opened on this device.

import { element } from "../dom/element";
import { textOf, whenSeen } from "../dom/page";
import { store, stored, whenStorageMayDiffer } from "../dom/storage";
import { questionUrl } from "../dom/urls";

const LAST = "last-question";
/** Letters and digits of any script, joined by hyphens. */
const ID = /^[\p{L}\p{N}\p{Mn}\p{Mc}-]+$/u;

/** Remember this page's question, and offer the last one on pages that have a place for it. */
export function enhanceLastQuestion(): void {
  const heading = document.querySelector("article.question h1[id]");
  if (heading)
    whenSeen(() => store(LAST, JSON.stringify({ id: heading.id, title: textOf(heading) })));
  whenStorageMayDiffer(offer);
  offer();
}

function offer(): void {
  document.querySelector(".continue")?.remove();
  const last = parse(stored(LAST));
  if (last)
    document
      .querySelector(".ways")
      ?.append(
        element(
          "a",
          { class: "continue", href: questionUrl(last.id).href },
          `Continue: ${last.title}`,
        ),
      );
}

/** Read a stored question; undefined if the text is anything else. */
export function parse(text: string): { id: string; title: string } | undefined {
  try {
    const { id, title } = JSON.parse(text) as Record<string, unknown>;
    const named = typeof id === "string" && ID.test(id);
    return named && typeof title === "string" ? { id, title: title.slice(0, 200) } : undefined;
  } catch {
    return undefined;
  }
}

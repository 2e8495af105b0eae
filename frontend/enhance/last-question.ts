// Where a reader was: the last question opened on this device, offered on the home page.

import { element } from "../dom/element";
import { textOf, whenSeen } from "../dom/page";
import { store, stored, whenChosenElsewhere } from "../dom/storage";
import { questionUrl } from "../dom/urls";

const LAST = "last-question";

/** Remember the question that a page is about, and offer the last one where there is room. */
export function enhanceLastQuestion(): void {
  const heading = document.querySelector("article.question h1[id]");
  if (heading)
    whenSeen(() => store(LAST, JSON.stringify({ id: heading.id, title: textOf(heading) })));
  whenChosenElsewhere(offer);
  offer();
}

function offer(): void {
  document.querySelector(".continue")?.remove();
  const last = remembered();
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

function remembered(): { id: string; title: string } | undefined {
  try {
    const { id, title } = JSON.parse(stored(LAST)) as Record<string, unknown>;
    const named = typeof id === "string" && /^[a-z0-9-]+$/.test(id);
    return named && typeof title === "string" ? { id, title: title.slice(0, 200) } : undefined;
  } catch {
    return undefined; // nothing, or nothing of ours
  }
}

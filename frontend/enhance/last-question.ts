// Where a reader was: the last question opened on this device, offered on the home page.

import { element } from "../dom/element";
import { textOf, whenSeen } from "../dom/page";
import { store, stored, whenChosenElsewhere } from "../dom/storage";
import { questionUrl } from "../dom/urls";

const LAST = "last-question";
/** Letters and digits of any script, joined by hyphens. */
const ID = /^[\p{L}\p{N}\p{Mn}\p{Mc}-]+$/u;

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

/** The question in stored text; nothing if the text is anything else. */
export function parse(text: string): { id: string; title: string } | undefined {
  try {
    const { id, title } = JSON.parse(text) as Record<string, unknown>;
    const named = typeof id === "string" && ID.test(id);
    return named && typeof title === "string" ? { id, title: title.slice(0, 200) } : undefined;
  } catch {
    return undefined;
  }
}

// Where a reader was: the last question opened on this device, offered on the home page.

import { questionUrl } from "./share";
import { store, stored } from "./stored";

const LAST = "last-question";

/** Remember the question that a page is about, and offer the last one where there is room. */
export function enhanceContinue(): void {
  const heading = document.querySelector<HTMLElement>(".md-content h1[id]");
  const link = heading?.querySelector(".headerlink");
  const id = heading?.id ?? "";
  if (id && link && location.pathname === questionUrl(id).pathname) {
    const title = (heading?.textContent ?? "").replace(link.textContent ?? "", "").trim();
    store(LAST, JSON.stringify({ id, title }));
  }
  const ways = document.querySelector(".ways");
  const last = ways?.querySelector(".continue") ? undefined : remembered();
  if (ways && last) {
    const back = document.createElement("a");
    back.className = "continue";
    back.href = questionUrl(last.id).href;
    back.textContent = `Continue: ${last.title}`;
    ways.append(back);
  }
}

function remembered(): { id: string; title: string } | undefined {
  try {
    const { id, title } = JSON.parse(stored(LAST)) as Record<string, unknown>;
    const named = typeof id === "string" && /^[a-z0-9-]+$/.test(id);
    return named && typeof title === "string" ? { id, title: title.slice(0, 200) } : undefined;
  } catch {
    return undefined;
  }
}

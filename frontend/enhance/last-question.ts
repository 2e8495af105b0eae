// The home page offers to continue with the question, topic or path last opened on this device.

import { element } from "../dom/element";
import { isId } from "../dom/ids";
import { textOf, whenSeen } from "../dom/page";
import { siteUrl } from "../dom/site-url";
import { store, stored, whenStorageMayDiffer } from "../dom/storage";
import { decoded } from "../dom/urls";
import { filled } from "../dom/wording";

const LAST = "last-question";
const FOLDERS = ["q", "topics", "paths"];

/** A page that was read. */
export interface Last {
  id: string;
  title: string;
  /** The folder of a topic or path; a question has none. */
  folder?: string;
  /** The question of a topic or path whose answer was opened last. */
  question?: string;
}

/** Remember this page, and offer the last one on pages that have a place for it. */
export function enhanceLastQuestion(): void {
  whenSeen(rememberPage);
  whenStorageMayDiffer(offer);
  offer();
}

/** Remember this page if it has questions, and the one that its address names. */
export function rememberPage(): void {
  const heading = document.querySelector("article:is(.question, .questions) h1[id]");
  const last = heading && parse(JSON.stringify(here(textOf(heading))));
  if (last) store(LAST, JSON.stringify(last));
}

function here(title: string): Record<string, unknown> {
  const path = location.pathname.slice(siteUrl("").pathname.length);
  const [folder, id] = path.split("/").map(decoded);
  return { folder, id, title, question: decoded(location.hash.slice(1)) };
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
          { class: "continue", href: urlOf(last).href },
          filled(WORDS.links_continue, { title: last.title }),
        ),
      );
}

function urlOf({ id, folder = "q", question }: Last): URL {
  const url = siteUrl(`${folder}/${encodeURIComponent(id)}/`);
  if (question) url.hash = question;
  return url;
}

/** Read a stored page; undefined if the text is anything else. */
export function parse(text: string): Last | undefined {
  try {
    const { id, title, folder = "q", question } = JSON.parse(text) as Record<string, unknown>;
    if (!isId(id) || typeof title !== "string") return undefined;
    if (typeof folder !== "string" || !FOLDERS.includes(folder)) return undefined;
    const last = { id, title: title.slice(0, 200) };
    if (folder === "q") return last;
    return { ...last, folder, ...(isId(question) && { question }) };
  } catch {
    return undefined;
  }
}

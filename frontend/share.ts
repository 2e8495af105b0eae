import { announce } from "./announce";
import { answerOf, textOf } from "./page";
import { siteRoot } from "./root";

interface Shared {
  title: string;
  url: string;
  answer: string;
}

/** Bring the buttons of a question page to life. */
export function enhanceSharing(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-share]"))
    button.addEventListener("click", () => void share(button.dataset.share ?? "", onPage()));
}

/** Copy text and say so, or show it to be copied by hand. */
export async function copy(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    announce(done);
  } catch {
    // No permission, or no clipboard outside a secure context.
    announce(`Copy this: ${text}`);
  }
}

/** The permanent address of a question. */
export function questionUrl(id: string): URL {
  return new URL(`q/${id}/`, siteRoot);
}

async function share(kind: string, { title, url, answer }: Shared): Promise<void> {
  if (kind === "link") await copy(url, "Link copied");
  else if (kind === "markdown") await copy(`[${escaped(title)}](${url})`, "Link with title copied");
  else if (kind === "text") await copy(`${title}\n\n${answer}\n\n${url}`, "Answer copied");
  else await sheet({ title, text: answer, url });
}

async function sheet(data: ShareData): Promise<void> {
  try {
    await navigator.share(data);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError"))
      announce("Sharing did not work");
  }
}

function onPage(): Shared {
  const heading = document.querySelector<HTMLElement>("article h1[id]");
  return {
    title: textOf(heading),
    url: questionUrl(heading?.id ?? "").href,
    answer: textOf(answerOf(heading)),
  };
}

function escaped(text: string): string {
  return text.replace(/[\\[\]*_`<]/g, "\\$&");
}

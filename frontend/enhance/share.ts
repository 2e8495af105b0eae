import { announce } from "../dom/announce";
import { copy, copyLink } from "../dom/clipboard";
import { answerOf, textOf } from "../dom/page";
import { questionUrl } from "../dom/urls";

interface Shared {
  id: string;
  title: string;
  url: string;
  answer: string;
}

/** Make the share buttons of a question page work. */
export function enhanceSharing(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-share]"))
    button.addEventListener(
      "click",
      () => void share(button.dataset.share ?? "", questionOnPage()),
    );
}

async function share(kind: string, { id, title, url, answer }: Shared): Promise<void> {
  if (kind === "link") await copyLink(id, title);
  else if (kind === "markdown")
    await copy(`[${escaped(title)}](${url})`, WORDS.sharing_link_with_title_done);
  else if (kind === "text")
    await copy(`${title}\n\n${answer}\n\n${url}`, WORDS.sharing_copy_answer_done);
  else await openShareSheet({ title, text: answer, url });
}

async function openShareSheet(data: ShareData): Promise<void> {
  try {
    await navigator.share(data);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError"))
      announce(WORDS.sharing_sheet_failed);
  }
}

function questionOnPage(): Shared {
  const heading = document.querySelector<HTMLElement>("article h1[id]");
  const answer = answerOf(heading);
  const id = heading?.id ?? "";
  const marks = [document.querySelector<HTMLElement>("[data-mark]")?.dataset.mark].filter(Boolean);
  return {
    id,
    title: textOf(heading),
    url: questionUrl(id).href,
    // A prompt is no answer, and one that would mislead is never copied alone.
    answer: answer?.matches(".story") ? "" : [...marks, textOf(answer)].join("\n\n"),
  };
}

function escaped(text: string): string {
  return text.replace(/[\\[\]*_`<]/g, "\\$&");
}

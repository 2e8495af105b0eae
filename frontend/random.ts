import { announce } from "./announce";
import { siteRoot } from "./root";
import { questionUrl } from "./share";

/** Make the links to a random question lead to one; without scripts they lead to all questions. */
export function enhanceRandom(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a.random"))
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void openRandom();
    });
}

/** Open a question chosen by chance. */
export async function openRandom(): Promise<void> {
  try {
    const response = await fetch(new URL("search/data.json", siteRoot));
    const { questions } = (await response.json()) as { questions: [id: string][] };
    const [id] = questions[Math.floor(Math.random() * questions.length)] ?? [];
    if (id) location.assign(questionUrl(id));
  } catch {
    announce("The questions did not load. Try again in a moment.");
  }
}

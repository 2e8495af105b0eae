// A random question; what chooses it loads on demand. Without scripts, the link leads to all questions.

import { announce } from "../dom/announce";
import { isModified } from "../dom/element";
import { assetUrl } from "../dom/urls";

/** Make each link to a random question open one. */
export function enhanceRandom(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a.random"))
    link.addEventListener("click", (event) => {
      if (isModified(event)) return;
      event.preventDefault();
      void openRandom();
    });
}

/** Open a random question on the page of its topic, where its answer is closed. */
export async function openRandom(): Promise<void> {
  try {
    const { random } = (await import(assetUrl("random.js"))) as typeof import("./random-question");
    await random();
  } catch {
    announce(WORDS.links_random_failed);
  }
}

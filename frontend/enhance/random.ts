// A random question, from the page that lists all. Without scripts, the link leads to that page.

import { announce } from "../dom/announce";
import { isModified } from "../dom/element";
import { siteUrl } from "../dom/urls";

/** Make each link to a random question open one. */
export function enhanceRandom(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a.random"))
    link.addEventListener("click", (event) => {
      if (isModified(event)) return;
      event.preventDefault();
      void openRandom();
    });
}

/** Open a random question. */
export async function openRandom(): Promise<void> {
  try {
    const all = await allQuestions(siteUrl("q/"));
    const chosen = all[Math.floor(Math.random() * all.length)];
    if (chosen) location.assign(chosen);
  } catch {
    announce("The questions did not load. Try again in a moment.");
  }
}

async function allQuestions(listing: URL): Promise<URL[]> {
  const response = await fetch(listing);
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const links = page.querySelectorAll("article.alphabet > ul a[href]");
  return [...links].map((link) => new URL(link.getAttribute("href") ?? "", listing));
}

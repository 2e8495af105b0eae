import { copy } from "../dom/clipboard";

/** Make the link of each term also copy its address. */
export function enhanceTermLinks(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".alphabet dt .headerlink"))
    link.addEventListener("click", () => void copy(link.href));
}

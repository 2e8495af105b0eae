import { copyLink } from "../dom/clipboard";
import { isModified } from "../dom/element";
import { questions } from "../dom/page";
import { questionUrl } from "../dom/urls";

/** Make the link icon of each question copy its permanent link. */
export function enhancePermalinks(): void {
  for (const heading of questions()) {
    const icon = heading.querySelector<HTMLAnchorElement>(".headerlink");
    if (icon) enhance(icon, heading.id);
  }
}

function enhance(icon: HTMLAnchorElement, id: string): void {
  icon.href = questionUrl(id).href;
  icon.title = "Copy link to this answer";
  icon.setAttribute("aria-label", icon.title);
  icon.addEventListener("click", (event) => {
    if (isModified(event)) return;
    event.preventDefault();
    void copyLink(id);
  });
}

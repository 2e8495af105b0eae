import { isModified } from "./element";
import { questions } from "./page";
import { copy, questionUrl } from "./share";

/** Make the link icon of each question copy the address of the question's page. */
export function enhanceLinks(): void {
  for (const heading of questions()) {
    const icon = heading.querySelector<HTMLAnchorElement>(".headerlink");
    if (icon) enhance(icon, questionUrl(heading.id));
  }
}

function enhance(icon: HTMLAnchorElement, address: URL): void {
  icon.href = address.href;
  icon.title = "Copy link to this answer";
  icon.setAttribute("aria-label", icon.title);
  icon.addEventListener("click", (event) => {
    if (isModified(event)) return;
    event.preventDefault();
    void copy(address.href, "Link copied");
  });
}

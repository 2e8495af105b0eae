import { copy, questionUrl } from "./share";

/** Make the link icon of each question copy the address of the question's page. */
export function enhanceLinks(): void {
  for (const heading of document.querySelectorAll<HTMLElement>(".md-content :is(h1, h2)[id]")) {
    const icon = heading.querySelector<HTMLAnchorElement>(".headerlink");
    if (icon && isQuestion(heading)) enhance(icon, questionUrl(heading.id));
  }
}

function isQuestion(heading: HTMLElement): boolean {
  return (
    heading.nextElementSibling?.matches(":is(details, .admonition):is(.answer, .story)") ?? false
  );
}

function enhance(icon: HTMLAnchorElement, address: URL): void {
  icon.href = address.href;
  icon.title = "Copy link to this answer";
  icon.setAttribute("aria-label", icon.title);
  icon.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    // The engine would follow the link.
    event.stopImmediatePropagation();
    void copy(address.href, "Link copied");
  });
}

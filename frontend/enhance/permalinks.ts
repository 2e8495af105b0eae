import { copyLink } from "../dom/clipboard";
import { isModified } from "../dom/element";
import { answerOf, questions, textOf } from "../dom/page";
import { questionUrl } from "../dom/urls";
import { filled } from "../dom/wording";
import { nameInAddress } from "./linked-answer";

/** Make the link icon of each question copy its permanent link, and name it in the address. */
export function enhancePermalinks(): void {
  for (const heading of questions()) {
    const icon = heading.querySelector<HTMLAnchorElement>(".headerlink");
    if (icon) enhance(icon, heading);
  }
}

function enhance(icon: HTMLAnchorElement, heading: HTMLElement): void {
  icon.href = questionUrl(heading.id).href;
  icon.title = filled(WORDS.links_copy_name, { question: textOf(heading) });
  icon.setAttribute("aria-label", icon.title);
  icon.addEventListener("click", (event) => {
    if (isModified(event)) return;
    event.preventDefault();
    void copyLink(heading.id, textOf(heading));
    if (answerOf(heading) instanceof HTMLDetailsElement) nameInAddress(heading);
  });
}

// The reader's own answer on a question page. What shows and changes it loads only if there is one, or
// when the reader is about to write it.

import { announce } from "../dom/announce";
import { onDevice } from "../dom/storage";
import { assetUrl } from "../dom/urls";

/** Let the reader write an answer, and show the one written before. */
export function enhanceOwnAnswers(): void {
  const button = document.querySelector<HTMLElement>("[data-own]");
  if (!button) return;
  const ids = button.dataset.own?.split(" ") ?? [];
  const open = (edit: boolean): Promise<unknown> =>
    import(assetUrl("own-answers.js")).then(
      ({ show }: typeof import("../own-answers/on-page")) => show(button, ids, edit),
      () => edit && announce(WORDS.own_failed),
    );
  button.addEventListener("click", () => void open(true));
  const written = onDevice("own-answers");
  if (ids.some((id) => written.includes(`"${id}":`))) void open(false);
}

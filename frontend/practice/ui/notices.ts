// What the reader has to know about what is stored.

import { button, element } from "../../dom/element";
import { parts } from "../../dom/wording";
import type { App } from "./app";
import { download, exportAll } from "./files";

/** A place that says so if storage fails, and what to do. */
export function notices(app: App): HTMLElement {
  const place = element("div", { class: "practice__notices", role: "alert" });
  const show = (): void => {
    const found = [...refused(app), ...newer(app), ...damaged(app)];
    place.replaceChildren(...found.map((content) => element("p", {}, ...content)));
  };
  for (const saved of [app.reviews, app.answers]) saved.whenChanged(show);
  show();
  return place;
}

type Content = readonly (Node | string)[];

function refused(app: App): Content[] {
  const failed = [app.reviews, app.answers].filter(({ state }) => state === "refused");
  const again = (): void => {
    for (const saved of failed) saved.save();
  };
  if (failed.length === 0) return [];
  const values = {
    export: button(WORDS.practice_export, () => exportAll(app)),
    again: button(WORDS.practice_try_again, again),
  };
  return [parts(WORDS.practice_refused, values)];
}

function newer({ reviews, answers }: App): Content[] {
  const isNewer = [reviews, answers].some(({ state }) => state === "newer");
  const reload = button(WORDS.practice_reload, () => location.reload());
  return isNewer ? [parts(WORDS.practice_newer, { reload })] : [];
}

function damaged({ reviews, answers }: App): Content[] {
  const text = [reviews, answers].map((saved) => saved.damaged).filter(Boolean);
  const save = button(WORDS.practice_damaged_file, () =>
    download("practice-damaged.txt", text.join("\n")),
  );
  return text.length > 0 ? [parts(WORDS.practice_damaged, { file: save })] : [];
}

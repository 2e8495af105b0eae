// Export and import of everything that practice stores.

import { announce } from "../../dom/announce";
import { element } from "../../dom/element";
import { counted } from "../../dom/wording";
import * as answers from "../../own-answers/answers";
import * as file from "../file";
import * as reviews from "../reviews";
import { type App, today } from "./app";

/** Let the reader save a text as a file. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = element("a", { href: url, download: name });
  document.body.append(link); // Firefox does not follow links elsewhere
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Save grades and own answers as a file. */
export function exportAll({ reviews, answers }: App): void {
  const kept = { reviews: reviews.value, answers: answers.value };
  download(`practice-${today()}.json`, file.dump(kept, new Date().toISOString()));
  announce(WORDS.practice_exported);
}

/** Let the reader choose a file, and add what it has. */
export function importFile(app: App): void {
  const input = element("input", { type: "file", accept: ".json,application/json" });
  input.addEventListener("change", () => {
    const [chosen] = input.files ?? [];
    if (chosen) void take(app, chosen);
  });
  input.click();
}

async function take(app: App, chosen: File): Promise<void> {
  const found = await chosen.text().then(file.parse, () => undefined);
  if (found === undefined) announce(WORDS.practice_import_other);
  else if (found === "newer") announce(WORDS.practice_import_newer);
  else add(app, found);
}

function add(app: App, found: file.Kept): void {
  const before = {
    grades: reviews.count(app.reviews.value),
    own: answers.count(app.answers.value),
  };
  app.answers.update((own) => answers.include(own, found.answers));
  app.reviews.update((own) => reviews.include(own, found.reviews));
  const grades = reviews.count(app.reviews.value) - before.grades;
  const own = answers.count(app.answers.value) - before.own;
  const foreign = [...Object.keys(found.reviews.logs), ...Object.keys(found.answers)].filter(
    (id) => app.deck.current(id) === undefined,
  );
  const says = [
    counted(WORDS.practice_imported_grades, Math.max(0, grades)),
    counted(WORDS.practice_imported_answers, Math.max(0, own)),
    ...(foreign.length ? [counted(WORDS.practice_imported_unknown, new Set(foreign).size)] : []),
  ];
  app.overview();
  announce(says.join(" "));
}

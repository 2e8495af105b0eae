// The reader's own answer on a question page, loaded when it was written or is about to be.

import { element } from "../dom/element";
import { assetUrl } from "../dom/urls";
import { Saved } from "../saved/saved";
import { ownAnswer } from "./editor";
import { ANSWERS } from "./stored";

/** Put the own answer to the question with these ids in the place of a button; open its field if asked to. */
export async function show(button: Element, ids: readonly string[], edit: boolean): Promise<void> {
  await styles();
  const place = button.parentElement;
  if (!place) return; // a second click
  const own = ownAnswer(new Saved(ANSWERS), { ids, story: place.matches(".invites") });
  place.replaceWith(own.root);
  if (edit) own.edit();
}

/** Load the styles; without them, everything works, too. */
function styles(): Promise<unknown> {
  const href = assetUrl("own-answers.css");
  const link = element("link", { rel: "stylesheet", href });
  return new Promise((settle) => {
    for (const event of ["load", "error"]) link.addEventListener(event, settle);
    document.head.append(link);
  });
}

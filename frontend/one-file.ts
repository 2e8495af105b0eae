// The one file: all pages of the site, with search and practice, without a network.

import { enhanceAnswers } from "./enhance/answers";
import { enhanceAnchors } from "./enhance/linked-answer";
import { enhanceSearchBoxes, listenForSearch } from "./enhance/search-box";
import { enhanceTheme } from "./enhance/theme";
import { load } from "./one-file/card";
import { dataOf } from "./one-file/data";
import { enhanceViews } from "./one-file/views";
import { open } from "./practice/ui/page";

const practice = document.querySelector<HTMLElement>(".practice");
let isOpen = false;

/** Start to practice when that page is first shown. */
function opened(view: HTMLElement): void {
  // Only the page of practice has less around a question that is asked.
  const isAsking = view.querySelector(".practice__view > :not(.practice__overview)") !== null;
  document.documentElement.classList.toggle("is-practicing", isAsking);
  if (!practice || isOpen || !view.contains(practice)) return;
  isOpen = true;
  void open(practice, { data: async () => dataOf("practice"), card: load });
}

for (const answer of document.querySelectorAll<HTMLDetailsElement>("details.answer, details.story"))
  answer.open = false; // without scripts, they are open
document.documentElement.classList.replace("no-js", "js");
enhanceTheme();
enhanceViews(opened);
enhanceAnchors();
enhanceAnswers();
enhanceSearchBoxes();
listenForSearch();

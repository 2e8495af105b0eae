// Everything the site adds to a page that works without it. Both engines keep the document when
// a reader follows a link, and tell of each new page through `document$`.

import { enhanceAnswers } from "./answers";
import { enhanceContinue } from "./continue";
import { listenForKeys } from "./keys";
import { enhanceLinks } from "./links";
import { enhanceRandom } from "./random";
import { reveal } from "./reveal";
import { enhanceSearchBoxes, listenForSearch } from "./search-box";
import { enhanceSharing } from "./share";

declare const document$: { subscribe(next: () => void): void };

document$.subscribe(() => {
  enhanceAnswers();
  enhanceContinue();
  enhanceLinks();
  enhanceRandom();
  enhanceSearchBoxes();
  enhanceSharing();
  reveal();
});
addEventListener("hashchange", reveal);
listenForSearch();
listenForKeys();

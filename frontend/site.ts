// Everything the site adds to a page that works without it. Both engines keep the document when
// a reader follows a link, and tell of each new page through `document$`.

import { enhanceLinks } from "./links";
import { reveal } from "./reveal";
import { enhanceSearchBoxes, listenForSearch } from "./search-box";
import { enhanceSharing } from "./share";

declare const document$: { subscribe(next: () => void): void };

document$.subscribe(() => {
  enhanceLinks();
  enhanceSearchBoxes();
  enhanceSharing();
  reveal();
});
addEventListener("hashchange", reveal);
listenForSearch();

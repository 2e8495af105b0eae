// What scripts add to a page, which works without them too.

import { enhanceAbbreviations } from "./enhance/abbreviations";
import { enhanceAnswers } from "./enhance/answers";
import { enhanceCode } from "./enhance/code";
import { listenForKeys } from "./enhance/keys";
import { enhanceLastQuestion } from "./enhance/last-question";
import { enhanceAnchors } from "./enhance/linked-answer";
import { enhanceOwnAnswers } from "./enhance/own-answers";
import { enhancePath } from "./enhance/path";
import { enhancePermalinks } from "./enhance/permalinks";
import { prefetchLinks } from "./enhance/prefetch";
import { enhanceProgress } from "./enhance/progress";
import { enhanceRandom } from "./enhance/random";
import { enhanceReport } from "./enhance/report";
import { enhanceScrolling } from "./enhance/scrolling";
import { enhanceSearchBoxes, listenForSearch } from "./enhance/search-box";
import { enhanceSharing } from "./enhance/share";
import { enhanceSidebar } from "./enhance/sidebar";
import { enhanceTheme } from "./enhance/theme";

const enhancements = [
  enhanceAnchors, // first: it is what the reader came for
  enhanceTheme,
  enhanceAnswers,
  enhanceLastQuestion,
  enhancePath,
  enhanceProgress,
  enhancePermalinks,
  enhanceRandom,
  enhanceSearchBoxes,
  enhanceSharing,
  enhanceReport,
  enhanceOwnAnswers,
  enhanceCode,
  enhanceScrolling,
  enhanceSidebar,
  enhanceAbbreviations,
  listenForKeys,
  listenForSearch,
  prefetchLinks,
];

for (const enhance of enhancements) {
  try {
    enhance();
  } catch (error) {
    console.error(error); // the others still run
  }
}

// Only now: until a script runs, the page must not show what needs it.
document.documentElement.classList.replace("no-js", "js");

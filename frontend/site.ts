// Everything the site adds to a page that works without it.

import { fetchAhead } from "./ahead";
import { enhanceAnswers } from "./answers";
import { enhanceContinue } from "./continue";
import { listenForKeys } from "./keys";
import { enhanceLinks } from "./links";
import { enhanceRandom } from "./random";
import { reveal } from "./reveal";
import { enhanceScrolling } from "./scrolling";
import { enhanceSearchBoxes, listenForSearch } from "./search-box";
import { enhanceSharing } from "./share";
import { enhanceSidebar } from "./sidebar";
import { enhanceTheme } from "./theme";
import { enhanceTips } from "./tips";

enhanceTheme();
enhanceAnswers();
enhanceContinue();
enhanceLinks();
enhanceRandom();
enhanceSearchBoxes();
enhanceSharing();
enhanceScrolling();
enhanceSidebar();
enhanceTips();
listenForKeys();
listenForSearch();
fetchAhead();
reveal();
addEventListener("hashchange", reveal);

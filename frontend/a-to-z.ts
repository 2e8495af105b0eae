// What scripts add to lists from A to Z, which work without them too. Other pages do not load it.

import { enhanceLetters } from "./enhance/letters";
import { enhanceTermFilter } from "./enhance/term-filter";
import { enhanceTermLinks } from "./enhance/term-links";

for (const enhance of [enhanceTermFilter, enhanceLetters, enhanceTermLinks]) {
  try {
    enhance();
  } catch (error) {
    console.error(error); // the others still run
  }
}

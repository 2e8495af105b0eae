import { table } from "../testing/table";
import { questionUrl } from "./urls";

const PAGE = {
  document: { documentElement: { dataset: { base: "../.." } } },
  location: { href: "https://example.org/sub/topics/training/?q=x#y" },
};

/** The address of a question on a page, which tests of other files do not have. */
function address(id: string): string {
  Object.assign(globalThis, PAGE);
  try {
    return questionUrl(id).href;
  } finally {
    for (const name of Object.keys(PAGE)) Reflect.deleteProperty(globalThis, name);
  }
}

table("permanent URL of a question", address, [
  ["dropout", "https://example.org/sub/q/dropout/"],
  ["过拟合", "https://example.org/sub/q/%E8%BF%87%E6%8B%9F%E5%90%88/"],
  ["../x?y#z", "https://example.org/sub/q/..%2Fx%3Fy%23z/"],
  ["//example.com", "https://example.org/sub/q/%2F%2Fexample.com/"],
]);

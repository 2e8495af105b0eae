import { table } from "../testing/table";
import { questionUrl } from "./urls";

Object.assign(globalThis, {
  document: { documentElement: { dataset: { base: "../.." } } },
  location: { href: "https://example.org/sub/topics/training/?q=x#y" },
});

table("permanent URL of a question", (id: string) => questionUrl(id).href, [
  ["dropout", "https://example.org/sub/q/dropout/"],
  ["过拟合", "https://example.org/sub/q/%E8%BF%87%E6%8B%9F%E5%90%88/"],
  ["../x?y#z", "https://example.org/sub/q/..%2Fx%3Fy%23z/"],
  ["//example.com", "https://example.org/sub/q/%2F%2Fexample.com/"],
]);

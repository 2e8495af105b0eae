import { table } from "../testing/table";
import { dump, parse } from "./file";
import { add, NO_REVIEWS } from "./reviews";

const kept = {
  reviews: add(NO_REVIEWS, "steam", "2026-11-02T09:00:00.000", 3),
  answers: { steam: { text: "Für die Kruste\n", at: "2026-11-02T08:00:00.000Z" } },
};

table<string, unknown>("files that can be imported, and those that cannot", parse, [
  [dump(kept, "2026-11-02T08:00:00.000Z"), kept],
  [`\ufeff${dump(kept, "")}`, kept],
  ['{"kind":"practice","version":1}', { reviews: NO_REVIEWS, answers: {} }],
  [
    '{"kind":"practice","version":1,"answers":{"steam":{"text":1,"at":""}}}',
    { reviews: NO_REVIEWS, answers: {} },
  ],
  ['{"kind":"practice","version":2}', "newer"],
  ['{"version":1,"reviews":{}}', undefined],
  [dump(kept, "").slice(0, -10), undefined],
  ["", undefined],
]);

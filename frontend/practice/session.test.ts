import { table } from "../testing/table";
import {
  answer,
  begin,
  dump,
  grade,
  interview,
  parse,
  type Session,
  stopAsking,
  summary,
  takeBack,
} from "./session";

const TIME = "2026-11-02T09:00:00.000";
const started = begin("due", ["a", "b"], 0);
const missed = grade(started, 1, TIME);
const asked = interview(["a", "b", "c"], 2, 1000);
const state = ({ queue, graded, revealed }: Session) => [
  queue.join(""),
  graded.map(({ id, grade: given }) => `${id}${given}`).join(" "),
  revealed,
];

table("grading and taking back", state, [
  [started, ["ab", "", false]],
  [grade(started, 3, TIME), ["b", "a3", false]],
  [missed, ["ba", "a1", false]],
  [takeBack(missed), ["ab", "", true]],
  [takeBack(grade(started, 3, TIME)), ["ab", "", true]],
  [takeBack(started), ["ab", "", false]],
  [grade(grade(missed, 2, TIME), 3, TIME), ["", "a1 b2 a3", false]],
]);

table(
  "an interview asks first and grades afterwards",
  (session: Session) => [session.ends, session.answered, ...state(session)],
  [
    [asked, [361_000, 0, "abc", "", false]],
    [answer(asked), [361_000, 1, "abc", "", false]],
    [answer(answer(answer(asked))), [0, 3, "abc", "", true]],
    [stopAsking(answer(asked)), [0, 1, "ab", "", true]],
    [grade(stopAsking(asked), 1, TIME), [0, 0, "", "a1", true]],
  ],
);

table(
  "the first grade of a question is the one of the session",
  (session: Session) => {
    const found = summary(session);
    return [[...found.first], found.missed];
  },
  [
    [
      grade(grade(missed, 2, TIME), 3, TIME),
      [
        [
          ["a", 1],
          ["b", 2],
        ],
        ["a"],
      ],
    ],
  ],
);

const current = (id: string) => ({ a: "a", b: "b2", b2: "b2" })[id];
table(
  "a session after a reload",
  (text: string) => {
    const found = parse(text, current);
    return found && [...state(found), found.ends];
  },
  [
    [dump(started), ["ab2", "", false, undefined]],
    [dump(missed), ["b2a", "a1", false, undefined]],
    [dump(asked), ["ab2", "", false, 361_000]],
    [dump({ ...started, queue: ["b", "b2"] }), ["b2", "", false, undefined]],
    [dump({ ...started, queue: ["gone"] }), undefined],
    ['{"what":"due","began":0,"queue":"x","graded":[{"id":"a"}]}', undefined],
    ["", undefined],
    ["null", undefined],
  ],
);

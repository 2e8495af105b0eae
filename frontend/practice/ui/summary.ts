// What a session came to.

import { button, element } from "../../dom/element";
import { questionUrl } from "../../dom/urls";
import { GRADES, type Grade } from "../reviews";
import * as selection from "../selection";
import { begin, type Session, summary as sum } from "../session";
import { type App, standings, titleOf, today } from "./app";
import { takeBack } from "./asking";
import { counted, distance } from "./phrases";

const COUNTS: Readonly<Record<Grade, { readonly other: string }>> = {
  1: WORDS.practice_count_again,
  2: WORDS.practice_count_hard,
  3: WORDS.practice_count_good,
  4: WORDS.practice_count_easy,
};

export function summary(app: App, session: Session): HTMLElement {
  const { first, missed } = sum(session);
  const found = standings(app);
  const minutes = Math.max(1, Math.round((Date.now() - session.began) / 60_000));
  const counts = GRADES.map((grade) => ({
    grade,
    number: [...first.values()].filter((given) => given === grade).length,
  })).filter(({ number }) => number > 0);
  const title = element(
    "h2",
    { tabindex: "-1" },
    titleOf(app, session.what),
    ": ",
    counted(WORDS.practice_done, first.size),
  );
  const left = selection.due(app.deck.all.ids, found, today()).length;
  const rows = [...first].flatMap(([id, grade]) => row(app, id, grade));
  const again = (): void => {
    const ids = missed.flatMap((id) => app.deck.current(id) ?? []);
    app.go(begin("missed", ids, Date.now()));
  };
  return element(
    "div",
    { class: "practice__summary" },
    title,
    element(
      "p",
      { class: "lead" },
      counted(WORDS.practice_took, minutes),
      " ",
      counted(WORDS.practice_are_left, left),
    ),
    element(
      "ul",
      { class: "practice__counts" },
      ...counts.map(({ grade, number }) =>
        element("li", { class: `practice__grade--${grade}` }, counted(COUNTS[grade], number)),
      ),
    ),
    element("ul", { class: "practice__results" }, ...rows),
    element(
      "div",
      { class: "practice__buttons" },
      button(WORDS.practice_back, () => app.overview(), "practice__primary"),
      ...(missed.length
        ? [button(counted(WORDS.practice_again_missed, missed.length), again)]
        : []),
      button(WORDS.practice_undo, () => takeBack(app, session)),
    ),
  );
}

function row(app: App, id: string, grade: Grade): HTMLElement[] {
  const name = app.deck.current(id) ?? id;
  const question = app.deck.questions.get(name);
  const standing = standings(app).get(name);
  if (!question) return [];
  return [
    element(
      "li",
      { class: `practice__grade--${grade}` },
      element("a", { href: questionUrl(name).href, dir: "auto" }, question.question),
      ...(standing ? [element("span", {}, distance(today(), standing.due))] : []),
    ),
  ];
}

// A series of questions, one after another. It lasts as long as the tab, also when it is reloaded.

import { isId } from "../dom/ids";
import { isObject, objectIn } from "../saved/records";
import { isTime } from "./dates";
import { GRADES, type Grade } from "./reviews";

export interface Graded {
  readonly id: string;
  readonly time: string;
  readonly grade: Grade;
}

export interface Session {
  /** What is practiced, for its title: "due", "missed", "interview", or a group as `topic:training`. */
  readonly what: string;
  /** The questions still to ask; the first one is shown. */
  readonly queue: readonly string[];
  readonly graded: readonly Graded[];
  /** Whether the answer is shown. */
  readonly revealed: boolean;
  /** In milliseconds. */
  readonly began: number;
  /** Of an interview: when the time for its questions is over; 0 once they were answered. */
  readonly ends?: number;
  /** Of an interview: all its questions, and how many were answered. */
  readonly asked?: readonly string[];
  readonly answered?: number;
}

/** Name of the text in the storage of the tab. */
export const NAME = "practice-session";

export function begin(what: string, queue: readonly string[], began: number): Session {
  return { what, queue, graded: [], revealed: false, began };
}

/** An interview: its questions are asked first, and graded when the time is over. */
export function interview(asked: readonly string[], minutes: number, began: number): Session {
  const ends = began + asked.length * minutes * 60_000;
  return { ...begin("interview", asked, began), asked, answered: 0, ends };
}

/** Whether an interview still asks. */
export function isAsking({ ends = 0 }: Session): boolean {
  return ends > 0;
}

/** Go to the next question of an interview; after the last one, to the grades. */
export function answer(session: Session): Session {
  const answered = (session.answered ?? 0) + 1;
  const next = { ...session, answered };
  return answered < (session.asked?.length ?? 0) ? next : stopAsking(next);
}

/** End the questions of an interview; those that were asked are graded. */
export function stopAsking(session: Session): Session {
  const reached = (session.asked ?? []).slice(0, (session.answered ?? 0) + 1);
  return { ...session, ends: 0, queue: reached, revealed: true };
}

/** Grade the question that is shown. One that was missed is asked again at the end. */
export function grade(session: Session, given: Grade, time: string): Session {
  const [id, ...rest] = session.queue;
  if (id === undefined) return session;
  const isInterview = session.asked !== undefined;
  const queue = given === 1 && !isInterview ? [...rest, id] : rest;
  const graded = [...session.graded, { id, time, grade: given }];
  return { ...session, queue, graded, revealed: isInterview };
}

/** Take back the last grade, and show that question with its answer. */
export function takeBack(session: Session): Session {
  const last = session.graded.at(-1);
  if (!last) return session;
  const { id, grade: given } = last;
  const wasAgain = given === 1 && session.asked === undefined;
  const queue = wasAgain ? session.queue.filter((name) => name !== id) : session.queue;
  return {
    ...session,
    queue: [id, ...queue],
    graded: session.graded.slice(0, -1),
    revealed: true,
  };
}

/** Go on without a question. */
export function skip(session: Session): Session {
  return { ...session, queue: session.queue.slice(1), revealed: session.asked !== undefined };
}

/** The number of questions that were asked, each counted once, and the last grade of each. */
export function summary({ graded }: Session): {
  first: ReadonlyMap<string, Grade>;
  missed: string[];
} {
  const first = new Map<string, Grade>();
  for (const { id, grade: given } of graded) if (!first.has(id)) first.set(id, given);
  return { first, missed: [...first].filter(([, given]) => given === 1).map(([id]) => id) };
}

export function dump(session: Session): string {
  return JSON.stringify(session);
}

/** Read a stored session, whose questions may have other ids since; undefined if it is none. */
export function parse(
  text: string,
  current: (id: string) => string | undefined,
): Session | undefined {
  const data = objectIn(text);
  if (!data || typeof data.what !== "string" || typeof data.began !== "number") return undefined;
  const ids = (list: unknown): string[] =>
    (Array.isArray(list) ? list : []).filter(isId).flatMap((id) => current(id) ?? []);
  const graded = (Array.isArray(data.graded) ? data.graded : []).filter(isGraded);
  const queue = unique(ids(data.queue));
  if (queue.length + graded.length === 0) return undefined;
  return {
    what: data.what,
    queue,
    graded,
    revealed: data.revealed === true,
    began: data.began,
    ...(Array.isArray(data.asked) && {
      asked: ids(data.asked),
      answered: Number(data.answered) || 0,
      ends: Number(data.ends) || 0,
    }),
  };
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

function isGraded(value: unknown): value is Graded {
  return (
    isObject(value) &&
    isId(value.id) &&
    typeof value.time === "string" &&
    isTime(value.time) &&
    GRADES.includes(value.grade as Grade)
  );
}

// How own answers are stored on this device.

import type { Form } from "../saved/saved";
import { type Answers, dump, merge, parse } from "./answers";

export const ANSWERS: Form<Answers> = { name: "own-answers", empty: {}, parse, dump, merge };

// How grades are stored on this device.

import type { Form } from "../saved/saved";
import { dump, merge, NO_REVIEWS, parse, type Reviews } from "./reviews";

export const REVIEWS: Form<Reviews> = { name: "practice", empty: NO_REVIEWS, parse, dump, merge };

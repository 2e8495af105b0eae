// The reader's own answer on a question page, loaded when it was written or is about to be.

export { show } from "./own-answers/on-page";

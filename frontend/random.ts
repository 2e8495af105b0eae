// What chooses a random question, loaded when a reader asks for one.

export { random } from "./enhance/random-question";

// The list of keyboard shortcuts, loaded when a reader asks for it.

export { showList } from "./enhance/list-of-keys";

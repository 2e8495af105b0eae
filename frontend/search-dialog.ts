// The search dialog, loaded when a reader first opens it.

export { Panel } from "./search/ui/panel";

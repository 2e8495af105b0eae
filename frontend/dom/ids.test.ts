import { ids, others } from "../../tests/ids.json";
import { table } from "../testing/table";
import { isId } from "./ids";

table(
  "ids, which Python accepts, too",
  isId,
  ids.map((id) => [id, true]),
);

table(
  "texts that are no ids",
  isId,
  [...others, "a".repeat(81), "\ud800", 7, null].map((text) => [text, false]),
);

import { table } from "../testing/table";
import { idsIn, label } from "./progress";

table("stored ids", idsIn, [
  ["", []],
  ["dropout", ["dropout"]],
  ["dropout l2-norm 过拟合", ["dropout", "l2-norm", "过拟合"]],
  [" dropout \n\tcnn ", ["dropout", "cnn"]],
]);

table("progress", ([done, all]: [number, number]) => label(done, all), [
  [[1, 7], "1 of 7 read"],
  [[7, 7], "all read"],
]);

import { table } from "../testing/table";
import { humps, hyphenated } from "./compounds";

table("words of hyphenated words", hyphenated, [
  [
    "Fine-tuning a state-of-the-art model",
    [
      ["fine", "tuning"],
      ["state", "of", "the", "art"],
    ],
  ],
  [
    "k-fold, Q-learning",
    [
      ["k", "fold"],
      ["q", "learning"],
    ],
  ],
  [
    "Führungs-Übung, e\u0301t\u00e9-là",
    [
      ["fuhrungs", "ubung"],
      ["ete", "la"],
    ],
  ], // as search folds letters
  ["a minus - b, -1, x-", []],
  ["", []],
]);

table("parts of a name in code", humps, [
  ["CrossEntropyLoss", ["cross", "entropy", "loss"]],
  ["BCEWithLogitsLoss", ["bce", "with", "logits", "loss"]],
  ["clipGradNorm", ["clip", "grad", "norm"]],
  ["BatchNorm2d", ["batch", "norm", "2d"]],
  ["resnet50", ["resnet", "50"]],
  ["GrößenÄnderung", ["grossen", "anderung"]],
  ["GANs", ["gans"]],
  ["l2", ["l2"]],
  ["dropout", ["dropout"]],
]);

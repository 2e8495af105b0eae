import { readFileSync } from "node:fs";

const topics = JSON.parse(readFileSync("topics.json", "utf8"));

export default {
  title: "Questions",
  themeConfig: {
    search: { provider: "local" },
    sidebar: topics.map(([text, path]) => ({ text, link: `/${path}` })),
  },
};

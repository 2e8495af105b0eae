import { readFileSync } from "node:fs";
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";

const topics = JSON.parse(readFileSync("topics.json", "utf8"));
const sidebar = topics.map(([title, path]) => ({ label: title, link: `/${path}/` }));

export default defineConfig({
  integrations: [starlight({ title: "Questions", sidebar })],
});

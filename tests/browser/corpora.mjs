// Corpora for the browser tests, written for them: a large one, and one that tries to break out.

import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";

const TITLES = ["Product Manager", "Project Manager", "Program Manager", "Product Owner", "Project/Program Manager", "Nurse"];
const SENTENCES = [
  "Own the product roadmap and the product vision.",
  "Interview customers and write user stories.",
  "Prioritise the backlog by customer value.",
  "Track the project budget and the project schedule.",
  "Report the status of the project to the sponsor.",
  "Plan milestones and keep the risk log.",
  "Coordinate dependencies across the projects of the program.",
  "Chair the steering committee and report benefits.",
  "Communicate with stakeholders at all levels.",
  "We offer free coffee & a pension.",
];

/// `count` postings whose titles and sentences vary, as CSV.
export async function large(path, count) {
  const out = createWriteStream(path);
  out.write("id,title,description\n");
  for (let at = 0; at < count; at++) {
    const body = Array.from({ length: 3 + (at % 7) }, (_, step) => SENTENCES[(at * 7 + step * (1 + (at % 5))) % SENTENCES.length]);
    const row = `p${at},${TITLES[(at >> 1) % TITLES.length]},"${body.join("\n")}"\n`;
    if (!out.write(row)) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}

export const SCRIPT = "<script>alert(1)</script>";
export const FORMULA = '=HYPERLINK("http://example.invalid","x")';

/// Postings whose ids, titles and texts try to become markup, script or formulas.
export async function hostile(path) {
  const body = [
    SCRIPT, FORMULA, "</style></title><img src=x onerror=alert(1)>", "{{ 7*7 }} ${7*7} <!-- ", "-->]]>\u2028&quot;",
    "Own the product roadmap <b onclick=alert(1)>and the product vision</b>.", "Interview customers and write user stories.",
    "Prioritise the backlog by customer value.", "Set the price and plan the launch.", "Study the market and competitors.",
  ].join("\n");
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const titles = [`Project Manager ${SCRIPT}`, `Project Manager ${FORMULA}`, `Program Manager "><svg onload=alert(1)>`, "Product Manager"];
  const ids = [SCRIPT, FORMULA, `x" onmouseover="alert(1)`, "plain"];
  const rows = titles.map((title, at) => [ids[at], title, body].map(cell).join(","));
  await writeFile(path, `id,title,description\n${rows.join("\n")}\n`);
}

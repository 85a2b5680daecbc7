// Mermaid's own parser reads a flowchart; every edge must lead from something defined to something defined.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

// It cleans labels with a library that needs a page.
const page = new JSDOM("<!doctype html><body></body>");
globalThis.window = page.window;
globalThis.document = page.window.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false, securityLevel: "strict" });

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const defined = new Set([...text.matchAll(/^ +(?:subgraph )?(\w+) ?[[({]/gm)].map((it) => it[1]));
  const edges = db.getEdges();
  const known = new Set([...db.getVertices().keys(), ...db.getSubGraphs().map((it) => it.id)]);
  for (const id of known) {
    if (!defined.has(id)) throw new Error(`${file}: ${id} is not defined`);
  }
  for (const edge of edges) {
    for (const end of [edge.start, edge.end]) {
      if (!defined.has(end)) throw new Error(`${file}: an edge leads to ${end}, which is not defined`);
    }
  }
  // A directive in a label would have changed the settings.
  if (mermaid.mermaidAPI.getConfig().theme !== "default") throw new Error(`${file}: a label changed the theme`);
  console.log(`${file.split("/").pop()}: mermaid reads ${known.size} nodes and ${edges.length} edges`);
}

// What a TextMate engine makes of texts, compared with what their lines alone show.
//
// Usage: npm exec --package=vscode-textmate --package=vscode-oniguruma -- node agreement.mjs
// JSON from standard input, and JSON to standard output: see textmate.py.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const programs = process.env.PATH.split(path.delimiter).filter((folder) => folder.endsWith(".bin"));
const modules = programs.map((folder) => path.join(folder, "..", "x.js"));
const require = createRequire(
  modules.find((place) => fs.existsSync(path.join(path.dirname(place), "vscode-textmate"))),
);
const oniguruma = require("vscode-oniguruma");
const { Registry, INITIAL } = require("vscode-textmate");
const wasm = fs.readFileSync(path.join(path.dirname(require.resolve("vscode-oniguruma")), "onig.wasm"));
await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));

const { root, grammars, scopes, texts, hostile } = JSON.parse(fs.readFileSync(0, "utf8"));

// patterns that Oniguruma refuses: an engine would skip them without a word
const refused = [];
const patterns = [];
const examine = (rule) => {
  for (const [key, value] of Object.entries(rule ?? {})) {
    if (["match", "begin", "end", "while"].includes(key) && typeof value === "string") {
      const pattern = value.replace(/\\\d/g, "x"); // what a rule's begin has matched
      // \G is where a line begins, or its text: one place, where all that is left is read once
      if (!pattern.includes("\\G")) patterns.push(pattern);
      try {
        new oniguruma.OnigScanner([pattern]).dispose();
      } catch (error) {
        refused.push(`${value.slice(0, 200)}: ${error.message}`);
      }
    } else if (typeof value === "object") {
      examine(value);
    }
  }
};
Object.values(grammars).forEach(examine);

// how long each pattern alone looks for all its matches in a text, and in one four times as long
const searched = (scanner, text) => {
  const string = new oniguruma.OnigString(text);
  const { user } = process.cpuUsage();
  for (let at = 0, match; at <= text.length && (match = scanner.findNextMatchSync(string, at)); ) {
    at = Math.max(at + 1, match.captureIndices[0].end);
  }
  const spent = (process.cpuUsage().user - user) / 1e6;
  string.dispose();
  return spent;
};
const slow = [];
for (const pattern of hostile?.length ? new Set(patterns) : []) {
  const scanner = new oniguruma.OnigScanner([pattern]);
  for (const [short, long] of hostile) {
    let times;
    for (let attempt = 0; attempt < 3; attempt++) {
      times = [searched(scanner, short), searched(scanner, long)];
      if (times[1] < 0.05 || times[1] < 2.5 * (long.length / short.length) * times[0]) break;
      if (attempt === 2) slow.push([pattern, short.slice(0, 40), ...times]);
    }
  }
  scanner.dispose();
}

const registry = new Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async (name) => grammars[name] ?? null,
  getInjections: (name) =>
    Object.keys(grammars).filter((other) => grammars[other].injectTo?.includes(name)),
});
const grammar = await registry.loadGrammar(root);
if (!grammar) throw new Error(`no grammar ${root}`);

const kindOf = (found) => {
  for (const scope of found.toReversed()) {
    const kind = Object.keys(scopes).find((prefix) => scope.startsWith(`${prefix}.`));
    if (kind) return scopes[kind];
  }
  return "T";
};

const differences = [];
const times = [];
const seen = [];
let characters = 0;
for (const { name, text, kinds } of texts) {
  let stack = INITIAL;
  const lines = !kinds ? [] : text.split("\n").map((line) => {
    const result = grammar.tokenizeLine(line, stack);
    stack = result.ruleStack;
    return [line, result.tokens];
  });
  if (!kinds) {
    // as editors do it: without the names of scopes
    stack = INITIAL;
    const { user } = process.cpuUsage();
    for (const line of text.split("\n")) stack = grammar.tokenizeLine2(line, stack).ruleStack;
    times.push((process.cpuUsage().user - user) / 1e6);
    continue;
  }
  let position = 0;
  seen.push("");
  for (const [number, [line, found]] of lines.entries()) {
    for (const { startIndex, endIndex, scopes } of found) {
      const kind = kindOf(scopes);
      for (let at = startIndex; at < Math.min(endIndex, line.length); at++) {
        characters++;
        seen[seen.length - 1] += kind;
        if (kinds[position + at] !== kind) {
          differences.push({ name, line: number + 1, at, was: kinds[position + at], is: kind, scopes, text: line });
        }
      }
    }
    position += line.length + 1;
    seen[seen.length - 1] += "\n";
  }
}
console.log(JSON.stringify({ refused, slow, characters, kinds: seen, differences, times }));

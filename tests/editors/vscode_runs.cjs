// Runs the packed client with a stand-in for VS Code: `node vscode_runs.cjs EXTENSION RUN`. Writes what
// came of it as JSON.
"use strict";

const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const usual = Module._resolveFilename;
Module._resolveFilename = (name, ...rest) =>
  name === "vscode" ? path.join(__dirname, "vscode_stand_in.cjs") : usual(name, ...rest);

const vscode = require("vscode");
const { act, providers, seen } = vscode;
const [, , bundle, run] = process.argv;
const extension = require(bundle);
const token = new vscode.CancellationTokenSource().token;

const messagesOf = (name) =>
  act.until(() => seen.diagnostics[name]?.length && seen.diagnostics[name].map((d) => d.message));

const completed = async (document, line, character) => {
  const provider = await act.until(() => providers.registerCompletionItemProvider);
  const at = new vscode.Position(line, character);
  const found = await provider.provideCompletionItems(document, at, token, { triggerKind: 0 });
  return found.items.map(({ label }) => label.label ?? label);
};

const opened = () =>
  seen.executed
    .filter(({ name }) => /simpleBrowser|openExternal/.test(name))
    .map(({ name, args: [uri, ...rest] }) => ({ name, address: String(uri), rest }));

const runs = {
  async features() {
    const document = await act.open("A.trope");
    const diagnostics = await messagesOf("A.trope");
    const labels = await completed(document, 0, 6);
    const [lens] = await providers.registerCodeLensProvider.provideCodeLenses(
      await act.open("RedHerring.trope"),
      token,
    );
    const { title, command, arguments: given } = lens.command;
    await vscode.commands.executeCommand(command, ...given);
    const shown = seen.executed.find(({ name }) => name === "editor.action.showReferences");
    const [uri, position, places] = shown.args;
    return {
      ...{ diagnostics, labels, title },
      isConverted: uri instanceof vscode.Uri && position instanceof vscode.Position,
      places: places.map((place) => [path.basename(place.uri.fsPath), place.range.start]),
    };
  },
  async trust() {
    const before = await act.until(() => seen.messages.map((message) => message.sentence)[0]);
    const wasRunBefore = fs.existsSync(`${vscode.workspace.workspaceFolders[0].uri.fsPath}/was-run`);
    seen.messages.length = 0;
    await act.trust();
    await act.open("A.trope");
    return { before, wasRunBefore, diagnostics: await messagesOf("A.trope"), after: seen.messages };
  },
  async messages() {
    await act.until(() => seen.messages.length && seen.copied === (process.env.COPIED ?? ""));
    return { messages: seen.messages };
  },
  async configure() {
    await act.until(() => seen.messages.length);
    await act.configure("tropes.command", JSON.parse(process.env.NEXT));
    await act.open("A.trope");
    return { diagnostics: await messagesOf("A.trope") };
  },
  async silent() {
    await act.until(() => servers("sleep 600").length);
    await act.configure("tropes.command", JSON.parse(process.env.NEXT));
    await act.open("A.trope");
    return { diagnostics: await messagesOf("A.trope"), messages: seen.messages };
  },
  async nothing() {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { messages: seen.messages, log: seen.log };
  },
  async restart() {
    await act.open("A.trope");
    await messagesOf("A.trope");
    await Promise.all([1, 2, 3].map(() => vscode.commands.executeCommand("tropes.restart")));
    const [server] = await act.until(() => servers().length === 1 && servers());
    await messagesOf("A.trope");
    return { isOne: server > 0, messages: seen.messages };
  },
  async crash() {
    await act.open("A.trope");
    await messagesOf("A.trope");
    seen.diagnostics = {};
    process.kill(servers()[0], "SIGKILL");
    return { diagnostics: await messagesOf("A.trope"), messages: seen.messages };
  },
  async preview() {
    await act.open(process.env.OPENED ?? "A.trope");
    await vscode.commands.executeCommand("tropes.openPreview");
    const first = opened();
    const page = first.length ? await act.until(() => pageAt(first[0].address)) : "";
    await vscode.commands.executeCommand("tropes.openPreview");
    return { first, page, again: opened().slice(first.length), messages: seen.messages };
  },
};

/** The servers that this process started and that run. */
const servers = (end = " lsp") =>
  execFileSync("ps", ["-ww", "-o", "pid=,stat=,args=", "--ppid", String(process.pid)], { encoding: "utf-8" })
    .split("\n")
    .filter((line) => line.endsWith(end) && !/^ *\d+ Z/.test(line))
    .map((line) => parseInt(line));

const pageAt = async (address) => {
  const answer = await fetch(address).catch(() => undefined);
  const text = answer?.ok ? await answer.text() : "";
  return text.includes("</html>") && text;
};

// vscode-jsonrpc has some when a server ends at once; VS Code only writes them to its log
process.on("unhandledRejection", () => {});

const main = async () => {
  act.choose = (choices) => choices.find((one) => one === process.env.CHOSEN);
  extension.activate({ subscriptions: [] });
  try {
    return await runs[run]();
  } finally {
    await extension.deactivate();
  }
};

main().then(
  (came) => process.stdout.write(JSON.stringify(came), () => process.exit(0)),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);

// The extension: its commands, and when the server starts.
"use strict";

const vscode = require("vscode");
const { Previews } = require("./preview");
const { NotStarted } = require("./program");
const { hasWiki } = require("./projects");
const { Server, showReferences } = require("./server");

/** @type {Server | undefined} */
let server;
/** @type {Previews | undefined} */
let previews;

/**
 * Runs a task; says what went wrong.
 * @param {() => Promise<unknown>} task
 * @param {import("vscode").OutputChannel} log
 */
const telling = async (task, log) => {
  try {
    await task();
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    log.appendLine(message);
    const copy = error instanceof NotStarted ? ["Copy pip command"] : [];
    const choice = await vscode.window.showErrorMessage(message, ...copy, "Show log");
    if (choice === "Show log") log.show();
    else if (choice && error instanceof NotStarted) await vscode.env.clipboard.writeText(error.pip);
  }
};

/** @param {import("vscode").ExtensionContext} context */
exports.activate = async (context) => {
  const log = vscode.window.createOutputChannel("Trope wiki");
  const previewLog = vscode.window.createOutputChannel("Trope preview");
  const own = (server = new Server(log));
  const shown = (previews = new Previews(previewLog));
  let isStarted = false;
  const start = () => {
    if (!isStarted) void vscode.commands.executeCommand("setContext", "tropes.hasWiki", true);
    isStarted = true;
    return telling(() => own.restart(), log);
  };
  const { registerCommand } = vscode.commands;
  const { workspace } = vscode;
  context.subscriptions.push(
    log,
    previewLog,
    registerCommand("tropes.restart", start),
    registerCommand("tropes.openPreview", () => telling(() => shown.open(), previewLog)),
    registerCommand("tropes.stopPreview", () => shown.stop()),
    registerCommand("tropes.showReferences", showReferences(own)),
    workspace.onDidGrantWorkspaceTrust(() => (isStarted ? start() : undefined)),
    workspace.onDidChangeConfiguration((change) =>
      isStarted && change.affectsConfiguration("tropes.command") ? start() : undefined,
    ),
    workspace.onDidOpenTextDocument(({ languageId }) =>
      !isStarted && languageId === "trope" ? start() : undefined,
    ),
  );
  if ((await hasWiki()) && !isStarted) await start();
};

exports.deactivate = async () => {
  previews?.stop();
  await server?.stop();
};

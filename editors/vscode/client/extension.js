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
 * Tells a writer what went wrong, and what to do.
 * @param {Error} error
 * @param {import("vscode").OutputChannel} log
 */
const explain = async (error, log) => {
  log.appendLine(error.message);
  const copy = error instanceof NotStarted ? ["Copy pip command"] : [];
  const choice = await vscode.window.showErrorMessage(error.message, ...copy, "Show log");
  if (choice === "Show log") log.show();
  else if (choice && error instanceof NotStarted) await vscode.env.clipboard.writeText(error.pip);
};

/**
 * Runs a task; says what went wrong, and does not wait until that is read.
 * @param {() => Promise<unknown>} task
 * @param {import("vscode").OutputChannel} log
 */
const telling = (task, log) =>
  task().catch((error) => {
    void explain(error, log);
  });

/** @param {import("vscode").ExtensionContext} context */
exports.activate = (context) => {
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
  // commands wait until this function returns: so it waits for nothing
  void telling(async () => {
    if ((await hasWiki()) && !isStarted) await start();
  }, log);
};

exports.deactivate = async () => {
  previews?.stop();
  await server?.stop();
};

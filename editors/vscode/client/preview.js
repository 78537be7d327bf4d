// The live preview, beside the editor.
"use strict";

const path = require("node:path");
const { setTimeout: pause } = require("node:timers/promises");
const vscode = require("vscode");
const { NotStarted, findProgram } = require("./program");
const { anyProject, projectAround } = require("./projects");
const { findPort } = require("./running_previews");
const { LANGUAGES, lastWords, started } = require("./server");

const LOOK_AGAIN = 100; // milliseconds
const PATIENCE = 30_000; // milliseconds until a preview listens

/**
 * @typedef {object} Running a preview that was started here
 * @property {import("./server").Child} child
 * @property {() => Promise<string>} reason why it ended
 */

/**
 * The address of the page that is written from a source; of the front page, if there is none.
 * @param {string} root address of the preview
 * @param {string} project
 * @param {import("vscode").TextDocument | undefined} document
 */
const addressOf = async (root, project, document) => {
  if (!document || !LANGUAGES.includes(document.languageId)) return root;
  const inside = path.relative(project, document.uri.fsPath).split(path.sep);
  if (inside[0] === "..") return root;
  const name = inside.map(encodeURIComponent).join("/").replace(/\.[^./]+$/, "");
  // the second is that of the builder dirhtml
  for (const address of [`${root}${name}.html`, `${root}${name}/`]) {
    const answer = await fetch(address, { method: "HEAD" }).catch(() => undefined);
    if (answer && answer.status !== 404) return address;
  }
  return root;
};

/**
 * Shows an address beside the editor; where there is no browser in the window, outside.
 * @param {string} address
 */
const show = async (address) => {
  const uri = await vscode.env.asExternalUri(vscode.Uri.parse(address));
  const options = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
  const known = await vscode.commands.getCommands();
  if (known.includes("simpleBrowser.api.open")) {
    await vscode.commands.executeCommand("simpleBrowser.api.open", uri, options);
  } else if (known.includes("simpleBrowser.show")) {
    await vscode.commands.executeCommand("simpleBrowser.show", uri.toString());
  } else {
    await vscode.env.openExternal(uri);
  }
};

/** The previews that were started here. */
class Previews {
  /** @param {import("vscode").OutputChannel} log */
  constructor(log) {
    this.log = log;
    /** @type {Map<string, Running>} */
    this.running = new Map();
  }

  /** Opens the preview of what is edited, and starts it if none runs. */
  async open() {
    if (!vscode.workspace.isTrusted) {
      throw new Error("The preview runs conf.py, which is code: trust this folder first.");
    }
    const document = vscode.window.activeTextEditor?.document;
    const file = document?.uri.scheme === "file" ? document.uri.fsPath : "";
    const project = (file && projectAround(file)) || (await anyProject());
    if (!project) return;
    const port = (await findPort(project)) ?? (await this.start(project));
    await show(await addressOf(`http://127.0.0.1:${port}/`, project, file ? document : undefined));
  }

  /**
   * Starts a preview, unless it is being started, and waits until it listens.
   * @param {string} project
   */
  async start(project) {
    const { child, reason } = this.running.get(project) ?? (await this.spawn(project));
    for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(LOOK_AGAIN)) {
      const port = await findPort(project);
      if (port) return port;
      if (child.exitCode !== null || child.signalCode !== null) {
        throw new NotStarted(await reason());
      }
    }
    throw new Error("The preview was started, but does not tell its address: see its output.");
  }

  /** @param {string} project */
  async spawn(project) {
    const env = { ...process.env, PYTHONIOENCODING: "utf-8" };
    const child = await started(findProgram(), ["serve", project], env);
    const running = { child, reason: lastWords(child) };
    this.running.set(project, running);
    child.once("exit", () => this.running.delete(project));
    child.stdin.end();
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf-8").on("data", (text) => this.log.append(text));
    }
    return running;
  }

  /** Ends the previews that were started here. */
  stop() {
    for (const { child } of this.running.values()) child.kill();
  }
}

module.exports = { Previews };

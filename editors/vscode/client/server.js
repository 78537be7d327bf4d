// The language server, and its client.
"use strict";

const { spawn } = require("node:child_process");
const { setTimeout: pause } = require("node:timers/promises");
const vscode = require("vscode");
const { CloseAction, ErrorAction, LanguageClient } = require("vscode-languageclient/node");
const { NotStarted, findProgram } = require("./program");

const LANGUAGES = ["trope", "restructuredtext", "markdown"];
const COMMANDS = ["tropes.showReferences"];
const PATIENCE = 2000; // milliseconds until a server that was asked to end is killed

/** @typedef {import("node:child_process").ChildProcessWithoutNullStreams} Child */

/**
 * Starts a program with pipes.
 * @param {import("./program").Program} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Child>}
 */
const started = (program, args, env = process.env) =>
  new Promise((resolve, reject) => {
    const child = spawn(program.command, [...program.args, ...args], {
      cwd: program.cwd,
      env,
      windowsHide: true,
    });
    child.once("spawn", () => resolve(child));
    child.once("error", (error) => reject(new NotStarted(error.message)));
  });

/**
 * Why a process ended: the last line that it writes to its standard error.
 * @param {Child} child
 */
const lastWords = (child) => {
  let tail = "";
  child.stderr.on("data", (data) => (tail = (tail + data).slice(-2000)));
  const ended = new Promise((resolve) => child.once("close", resolve));
  return async () => {
    await Promise.race([ended, pause(PATIENCE)]);
    return tail.trim().split("\n").pop()?.replace(/^Error: |\.?\s*$/g, "") ?? "";
  };
};

/** A client that leaves it to us to say why its server did not start. */
class Client extends LanguageClient {
  isStarted = false;

  /**
   * @param {string} message
   * @param {any} [data]
   * @param {boolean | "force"} [isShown]
   */
  error(message, data, isShown) {
    super.error(message, data, this.isStarted ? isShown : false);
  }
}

/** The server of this window: one for all its folders. */
class Server {
  /** @param {import("vscode").OutputChannel} log */
  constructor(log) {
    this.log = log;
    /** @type {Client | undefined} */
    this.client = undefined;
    /** @type {Child | undefined} */
    this.child = undefined;
    /** @type {Promise<void>} */
    this.last = Promise.resolve();
    this.turn = 0;
  }

  /** Starts the server, or starts it again. */
  restart() {
    return this.next(async (turn) => {
      await this.end();
      if (turn !== this.turn) return;
      try {
        await this.start(turn);
      } catch (error) {
        if (turn === this.turn) throw error;
      }
    });
  }

  /** Ends the server. */
  stop() {
    return this.next(() => this.end());
  }

  /**
   * Does what was asked last: a server that is being started is in vain.
   * @param {(turn: number) => Promise<void>} task
   */
  next(task) {
    const turn = ++this.turn;
    if (!this.client) this.child?.kill();
    this.last = this.last.catch(() => {}).then(() => task(turn));
    return this.last;
  }

  /** @param {number} turn */
  async start(turn) {
    const program = findProgram();
    let reason = async () => "";
    /** @type {Client} */
    const client = new Client(
      "tropes",
      "Trope wiki",
      async () => {
        this.child = await started(program, ["lsp"]);
        if (turn !== this.turn) this.child.kill();
        reason = lastWords(this.child);
        return this.child;
      },
      {
        documentSelector: LANGUAGES.map((language) => ({ scheme: "file", language })),
        initializationOptions: { trusted: vscode.workspace.isTrusted, commands: COMMANDS },
        initializationFailedHandler: () => false,
        outputChannel: this.log,
        errorHandler: {
          error: () => ({ action: ErrorAction.Continue, handled: true }),
          closed: () =>
            client.isStarted ? usual.closed() : { action: CloseAction.DoNotRestart, handled: true },
        },
      },
    );
    const usual = client.createDefaultErrorHandler();
    try {
      await client.start();
    } catch (error) {
      this.kill();
      if (error instanceof NotStarted) throw error;
      throw new NotStarted((await reason()) || /** @type {Error} */ (error).message);
    }
    client.isStarted = true;
    this.client = client;
  }

  async end() {
    const { client } = this;
    this.client = undefined;
    // one that crashed can't be asked to stop
    if (client) await client.dispose(PATIENCE).catch(() => {});
    this.kill();
  }

  kill() {
    const { child } = this;
    this.child = undefined;
    setTimeout(() => child?.kill(), PATIENCE).unref();
  }

  /**
   * The places where a page is referred to.
   * @param {string} uri of its source
   * @param {import("vscode-languageclient").Position} position where its source begins
   */
  async references(uri, position) {
    const { client } = this;
    if (!client) return [];
    const params = { textDocument: { uri }, position, context: { includeDeclaration: false } };
    const found = await client.sendRequest("textDocument/references", params);
    const places = /** @type {import("vscode-languageclient").Location[] | null} */ (found) ?? [];
    return client.protocol2CodeConverter.asReferences(places);
  }
}

/**
 * Shows who refers to a page: what the lens above it does.
 * @param {Server} server
 */
const showReferences =
  (server) =>
  /**
   * @param {string} uri
   * @param {import("vscode-languageclient").Position} position
   */
  async (uri, position) => {
    const places = await server.references(uri, position);
    const at = new vscode.Position(position.line, position.character);
    const page = vscode.Uri.parse(uri);
    await vscode.commands.executeCommand("editor.action.showReferences", page, at, places);
  };

module.exports = { LANGUAGES, Server, lastWords, showReferences, started };

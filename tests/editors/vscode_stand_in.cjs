// What stands in for VS Code: the part of its module that the client and vscode-languageclient use. It
// keeps what it is told (`seen`), and has `act`, which does what a writer would.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const { fileURLToPath, pathToFileURL } = require("node:url");

const { folder, isTrusted, settings, commands: known } = JSON.parse(process.env.STAND_IN);

const seen = { executed: [], messages: [], diagnostics: {}, log: "", handled: {}, copied: "" };
const providers = {};
const documents = [];

class Disposable {
  constructor(end = () => {}) {
    this.dispose = end;
  }
  static from(...all) {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }
}

class EventEmitter {
  listeners = new Set();
  event = (listener, self) => {
    const bound = self ? listener.bind(self) : listener;
    this.listeners.add(bound);
    return new Disposable(() => this.listeners.delete(bound));
  };
  fire(event) {
    return Promise.all([...this.listeners].map((listener) => listener(event)));
  }
  dispose() {}
}

class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: () => new Disposable() };
  cancel() {}
  dispose() {}
}

class Uri {
  constructor(text) {
    this.text = text;
    this.scheme = text.split(":")[0];
  }
  static parse = (text) => new Uri(text);
  static file = (file) => new Uri(pathToFileURL(file).href);
  get fsPath() {
    return fileURLToPath(this.text);
  }
  toString() {
    return this.text;
  }
}

class Position {
  constructor(line, character) {
    Object.assign(this, { line, character });
  }
}

class Range {
  constructor(a, b, c, d) {
    const isNumbers = typeof a === "number";
    this.start = isNumbers ? new Position(a, b) : a;
    this.end = isNumbers ? new Position(c, d) : b;
  }
}

class Location {
  constructor(uri, range) {
    Object.assign(this, { uri, range });
  }
}

class Diagnostic {
  constructor(range, message, severity) {
    Object.assign(this, { range, message, severity });
  }
}

class CompletionItem {
  constructor(label) {
    this.label = label;
  }
}

class CompletionList {
  constructor(items) {
    this.items = items;
  }
}

class CodeLens {
  constructor(range) {
    this.range = range;
  }
}

const events = new Proxy({}, { get: (all, name) => (all[name] ??= new EventEmitter()) });
/** An object whose `onDid...` are events, and whose other names are those that are given. */
const withEvents = (given) =>
  new Proxy(given, {
    get: (all, name) => {
      if (name in all) return all[name];
      return String(name).startsWith("on") ? events[name].event : undefined;
    },
  });

const message = (sentence, ...choices) => {
  seen.messages.push({ sentence, choices: choices.filter((one) => typeof one === "string") });
  return Promise.resolve(act.choose(choices));
};

const filesNamed = (end) =>
  fs
    .readdirSync(folder, { recursive: true })
    .filter((name) => `/${name}`.endsWith(end) && !name.startsWith(".venv"))
    .map((name) => Uri.file(path.join(folder, name)));

const workspace = withEvents({
  isTrusted,
  textDocuments: documents,
  workspaceFolders: [{ uri: Uri.file(folder), name: "wiki", index: 0 }],
  fs: { readFile: async (uri) => fs.readFileSync(uri.fsPath) },
  findFiles: async (pattern) => filesNamed(pattern.slice("**".length).replace("/*.", ".")),
  getConfiguration: (section) => ({
    get: (key, usual) => settings[section ? `${section}.${key}` : key] ?? usual,
  }),
  createFileSystemWatcher: () => ({
    ...{ onDidCreate: () => new Disposable(), onDidChange: () => new Disposable() },
    ...{ onDidDelete: () => new Disposable(), dispose: () => {} },
  }),
});

const window = withEvents({
  activeTextEditor: undefined,
  visibleTextEditors: [],
  tabGroups: withEvents({ all: [] }),
  createOutputChannel: () => ({
    append: (text) => (seen.log += text),
    appendLine: (text) => (seen.log += `${text}\n`),
    show: () => {},
    dispose: () => {},
  }),
  showErrorMessage: message,
  showWarningMessage: message,
  showInformationMessage: message,
  showQuickPick: async (choices) => choices[0],
});

const languages = new Proxy(
  {
    match: (selector, document) =>
      [selector].flat().some((one) => (one.language ?? one) === document.languageId) ? 10 : 0,
    createDiagnosticCollection: () => ({
      set: (uri, found) => (seen.diagnostics[path.basename(uri.fsPath)] = found ?? []),
      delete: (uri) => delete seen.diagnostics[path.basename(uri.fsPath)],
      clear: () => (seen.diagnostics = {}),
      dispose: () => {},
    }),
  },
  {
    get: (all, name) =>
      all[name] ??
      ((_selector, provider) => {
        providers[name] = provider;
        return new Disposable(() => delete providers[name]);
      }),
  },
);

const commands = {
  registerCommand: (name, handler) => {
    seen.handled[name] = handler;
    return new Disposable();
  },
  getCommands: async () => known,
  executeCommand: async (name, ...args) => {
    seen.executed.push({ name, args });
    return seen.handled[name]?.(...args);
  },
};

const env = {
  appName: "stand-in",
  language: "en",
  asExternalUri: async (uri) => uri,
  openExternal: async (uri) => seen.executed.push({ name: "openExternal", args: [uri] }),
  clipboard: { writeText: async (text) => (seen.copied = text) },
};

/** A class, or an enumeration, of which nothing counts but that it is there. */
const anything = () => new Proxy(class {}, { get: (all, name) => all[name] ?? String(name) });

const module_ = {
  ...{ CancellationTokenSource, CodeLens, CompletionItem, CompletionList, Diagnostic },
  ...{ Disposable, EventEmitter, Location, Position, Range, Uri, commands, env, languages, window, workspace },
  version: "1.82.0",
  ViewColumn: { Beside: -2 },
};

const act = {
  /** What is chosen of the buttons of a message. */
  choose: () => undefined,
  async open(name, text = fs.readFileSync(path.join(folder, name), "utf-8")) {
    const lines = text.split("\n");
    const document = {
      uri: Uri.file(path.join(folder, name)),
      languageId: { ".trope": "trope", ".rst": "restructuredtext" }[path.extname(name)] ?? "plain",
      version: 1,
      isClosed: false,
      getText: () => text,
      lineAt: (line) => ({ text: lines[line] }),
    };
    documents.push(document);
    window.activeTextEditor = { document };
    await events.onDidOpenTextDocument.fire(document);
    return document;
  },
  async trust() {
    workspace.isTrusted = true;
    await events.onDidGrantWorkspaceTrust.fire();
  },
  async configure(key, value) {
    settings[key] = value;
    await events.onDidChangeConfiguration.fire({ affectsConfiguration: (name) => name === key });
  },
  /** What *ask* gives, once it gives something. */
  async until(ask, seconds = 60) {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
      const found = await ask();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`nothing came; the log says: ${seen.log} ${JSON.stringify(seen.messages)}`);
  },
};

module.exports = new Proxy(module_, { get: (all, name) => (all[name] ??= anything()) });
Object.assign(module_, { act, providers, seen });

// Which program sphinx-tropes is: that of the setting, of the folder's .venv, or of PATH.
"use strict";

const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const vscode = require("vscode");

const IS_WINDOWS = process.platform === "win32";
const INSTALL = "pip install 'sphinxcontrib-tropes[lsp,serve]'";
const FOLDER = "${workspaceFolder}";

/**
 * @typedef {object} Program
 * @property {string} command
 * @property {string[]} args what comes before the name of the subcommand
 * @property {string} cwd
 */

/** Says why sphinx-tropes can't be started, with what installs it. */
class NotStarted extends Error {
  /** @param {string} reason */
  constructor(reason) {
    const pip = IS_WINDOWS ? INSTALL.replaceAll("'", '"') : INSTALL;
    const advice = reason.includes("pip install") ? "" : `. To install it: ${pip}`;
    super(`sphinx-tropes can't be started: ${reason}${advice}`);
    this.pip = pip;
  }
}

/** The folders that are open, as paths. */
const folders = () =>
  (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === "file")
    .map(({ uri }) => uri.fsPath);

/** @param {string} file */
const isProgram = (file) => {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
};

/**
 * The program *name* in one of some folders.
 * @param {string} name
 * @param {string[]} places
 */
const programIn = (name, places) =>
  places
    .map((place) => path.join(place, IS_WINDOWS && !path.extname(name) ? `${name}.exe` : name))
    .find(isProgram);

/**
 * The program *name* on PATH. The system is not asked: Windows looks in the current folder first,
 * and so does a PATH with a dot.
 * @param {string} name
 */
const programOnPath = (name) =>
  programIn(name, (process.env.PATH ?? "").split(path.delimiter).filter(path.isAbsolute));

/** The program in the .venv of an open folder. */
const programInVenv = () => {
  const inside = IS_WINDOWS ? "Scripts" : "bin";
  return programIn(
    "sphinx-tropes",
    folders().map((folder) => path.join(folder, ".venv", inside)),
  );
};

/**
 * The command of the setting; empty where there is none.
 * @returns {string[]}
 */
const configured = () => {
  const words = vscode.workspace.getConfiguration("tropes").get("command");
  if (!Array.isArray(words) || !words.every((word) => typeof word === "string")) return [];
  return words;
};

/**
 * How sphinx-tropes is started. Nothing in a folder that is not trusted is run.
 * @returns {Program}
 */
const findProgram = () => {
  const { isTrusted } = vscode.workspace;
  const [folder = ""] = folders();
  // a command such as `uv run` runs what the current folder says
  const cwd = isTrusted && folder ? folder : os.homedir();
  const words = configured();
  if (words.length) {
    if (!isTrusted && words.some((word) => word.includes(FOLDER))) {
      throw new NotStarted("tropes.command is in this folder, which is not trusted");
    }
    const [name, ...args] = words.map((word) => word.replaceAll(FOLDER, folder));
    const command = path.isAbsolute(name) ? name : programOnPath(name);
    if (command) return { command, args, cwd };
    throw new NotStarted(`${name}, of the setting tropes.command, is not on PATH`);
  }
  const inVenv = programInVenv();
  const command = (isTrusted && inVenv) || programOnPath("sphinx-tropes");
  if (command) return { command, args: [], cwd };
  throw new NotStarted(
    inVenv ? "that of .venv is run only if you trust this folder" : "it is not on PATH",
  );
};

module.exports = { NotStarted, findProgram, folders };

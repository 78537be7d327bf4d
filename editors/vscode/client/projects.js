// The projects of Sphinx in the folders that are open.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");
const { folders } = require("./program");

const NOT_SOURCES = "**/{node_modules,.venv,venv,_build}/**";
const MOST = 50;

const configurations = () => vscode.workspace.findFiles("**/conf.py", NOT_SOURCES, MOST);

/** Whether a folder that is open has trope pages, or a conf.py that names the extension of Sphinx. */
const hasWiki = async () => {
  const { workspace } = vscode;
  if (workspace.textDocuments.some(({ languageId }) => languageId === "trope")) return true;
  if ((await workspace.findFiles("**/*.trope", NOT_SOURCES, 1)).length) return true;
  for (const file of await configurations()) {
    const text = Buffer.from(await workspace.fs.readFile(file)).toString("utf-8");
    if (text.includes("sphinxcontrib_tropes")) return true;
  }
  return false;
};

/**
 * The project that a file belongs to: the nearest folder around it with conf.py, in an open folder.
 * @param {string} file
 */
const projectAround = (file) => {
  const roots = folders();
  if (!roots.some((root) => file.startsWith(root + path.sep))) return undefined;
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, "conf.py"))) return folder;
    if (roots.includes(folder) || folder === path.dirname(folder)) return undefined;
  }
};

/** A project of the open folders: the only one, or the one that is chosen. */
const anyProject = async () => {
  const found = (await configurations()).map((file) => path.dirname(file.fsPath)).sort();
  if (found.length > 1) return vscode.window.showQuickPick(found, { title: "Preview of" });
  if (found.length) return found[0];
  throw new Error("There is no conf.py in this folder, and the preview needs one.");
};

module.exports = { anyProject, hasWiki, projectAround };

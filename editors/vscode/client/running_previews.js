// Finds the live preview of a project by the file that `sphinx-tropes serve` leaves while it runs, as
// sphinxcontrib_tropes/tools/previews.py does.
"use strict";

const fs = require("node:fs");
const net = require("node:net");
const os = require("node:os");
const path = require("node:path");

const IS_WINDOWS = process.platform === "win32";
const LONGEST = 2 ** 16; // bytes
const PATIENCE = 2000; // milliseconds

/** The folder for such files. */
const runtimeFolder = () => {
  if (IS_WINDOWS) return path.join(process.env.LOCALAPPDATA || os.tmpdir(), "sphinx-tropes");
  const base = process.env.XDG_RUNTIME_DIR ?? "";
  if (path.isAbsolute(base) && fs.statSync(base, { throwIfNoEntry: false })?.isDirectory()) {
    return path.join(base, "sphinx-tropes");
  }
  return path.join(os.tmpdir(), `sphinx-tropes-${process.getuid?.()}`);
};

/**
 * Whether a file is of the user, and closed to others.
 * @param {fs.Stats} status
 */
const isOwn = (status) =>
  IS_WINDOWS || (status.uid === process.getuid?.() && (status.mode & 0o077) === 0);

/**
 * What a file says, and when it was written; undefined if it can't be trusted.
 * @param {string} file
 */
const read = (file) => {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  let handle;
  try {
    handle = fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const status = fs.fstatSync(handle);
    if (!status.isFile() || !isOwn(status) || status.size > LONGEST) return undefined;
    const said = JSON.parse(fs.readFileSync(handle, "utf-8"));
    return said && typeof said === "object" ? { said, time: status.mtimeMs } : undefined;
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) fs.closeSync(handle);
  }
};

/** @param {unknown} id */
const isProcess = (id) => {
  try {
    return typeof id === "number" && id > 0 && process.kill(id, 0);
  } catch {
    return false;
  }
};

/** @param {string} folder */
const real = (folder) => {
  try {
    const found = fs.realpathSync.native(folder);
    return IS_WINDOWS ? found.toLowerCase() : found;
  } catch {
    return undefined;
  }
};

/**
 * Whether something listens on a port of this machine.
 * @param {number} port
 * @returns {Promise<boolean>}
 */
const listens = (port) =>
  new Promise((resolve) => {
    const socket = net.connect({ port, host: "127.0.0.1", timeout: PATIENCE });
    for (const event of ["connect", "error", "timeout"]) {
      socket.once(event, () => {
        socket.destroy();
        resolve(event === "connect");
      });
    }
  });

/**
 * The port of the preview of the project in a folder, if one runs: the newest.
 * @param {string} source
 * @returns {Promise<number | undefined>}
 */
const findPort = async (source) => {
  const folder = runtimeFolder();
  const wanted = real(source);
  const status = fs.lstatSync(folder, { throwIfNoEntry: false });
  if (!wanted || !status?.isDirectory() || !isOwn(status)) return undefined;
  const found = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => read(path.join(folder, name)))
    .filter((file) => file !== undefined)
    .filter(({ said }) => typeof said.source === "string" && real(said.source) === wanted)
    .filter(({ said }) => Number.isInteger(said.port) && said.port > 0 && said.port < 65536)
    .filter(({ said }) => isProcess(said.process))
    .sort((one, other) => other.time - one.time);
  for (const { said } of found) if (await listens(said.port)) return said.port;
  return undefined;
};

module.exports = { findPort };

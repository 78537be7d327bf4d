// Makes dist/extension.js out of the client and the packages that it needs, and collects the licences
// of those packages beside it.
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const { metafile } = await build({
  entryPoints: ["client/extension.js"],
  outfile: "dist/extension.js",
  bundle: true,
  minify: true,
  platform: "node",
  target: "node18",
  external: ["vscode"],
  legalComments: "none", // the licences are in a file of their own
  metafile: true,
});

const folders = new Set(
  Object.keys(metafile.inputs).flatMap((path) => {
    const found = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path);
    return found ? [found[0]] : [];
  }),
);
const parts = [];
for (const folder of [...folders].sort()) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, "utf-8"));
  const file = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name));
  if (!file) throw new Error(`${name} has no file with its licence`);
  parts.push(`${name} ${version} (${license})\n\n${await readFile(`${folder}/${file}`, "utf-8")}`);
}
await mkdir("dist", { recursive: true });
await writeFile("dist/NOTICE.txt", parts.join(`\n${"-".repeat(72)}\n\n`).replaceAll("\r\n", "\n"));

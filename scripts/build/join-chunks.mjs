import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

/** The file that the chunks become, beside those that stay. */
const JOINED = 'chunks/shared.js'

/**
 * Makes one file of the chunks that an entry reads at once. esbuild makes one for each set of entries that share something,
 * many of them of a few lines, and Node takes half a millisecond to read a file.
 *
 * @param {string} dist the folder that was written
 * @param {string} entry its main entry, such as `dist/index.js`
 * @param {import('esbuild').Metafile['outputs']} outputs what was written, and what it imports
 */
export async function joinChunks(dist, entry, outputs) {
  const chunks = chunksOf(entry, outputs)
  const exported = chunks.flatMap((chunk) => outputs[chunk]?.exports ?? [])
  // Of two exports of one name, `export *` would have neither.
  if (chunks.length < 2 || new Set(exported).size < exported.length) return
  const names = chunks.map((chunk) => basename(chunk))
  await build({
    stdin: {
      contents: names.map((name) => `export * from './${name}'`).join('\n'),
      resolveDir: join(dist, 'chunks')
    },
    absWorkingDir: dist,
    outfile: JOINED,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    packages: 'external',
    external: ['#*'],
    plugins: [lateImports],
    sourcemap: true,
    logLevel: 'error'
  })
  for (const path of Object.keys(outputs)) {
    const file = join(dist, '..', path)
    if (chunks.some((chunk) => path.startsWith(chunk))) rmSync(file)
    else if (path.endsWith('.js')) writeFileSync(file, renamed(readFileSync(file, 'utf8'), names))
  }
}

/** What is imported late stays a file of its own, in the same folder. */
const lateImports = {
  name: 'late-imports',
  /** @param {import('esbuild').PluginBuild} build */
  setup: (build) =>
    build.onResolve({ filter: /^\./ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined
    )
}

/**
 * The chunks that an entry imports, and that those import.
 * @param {string} path
 * @param {import('esbuild').Metafile['outputs']} outputs
 * @param {Set<string>} found
 */
function chunksOf(path, outputs, found = new Set()) {
  for (const { path: chunk, kind, external } of outputs[path]?.imports ?? []) {
    if (kind !== 'import-statement' || external || found.has(chunk)) continue
    found.add(chunk)
    chunksOf(chunk, outputs, found)
  }
  return [...found]
}

/**
 * A file that imports the joined one in place of the chunks.
 * @param {string} source
 * @param {readonly string[]} chunks their names, which hold a hash
 */
function renamed(source, chunks) {
  return chunks.reduce((text, chunk) => text.replaceAll(`/${chunk}"`, `/${basename(JOINED)}"`), source)
}

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

/** A chunk of more bytes stays a file of its own: who needs a line of another is not to read a whole library. */
const LARGE_BYTES = 32_000

/** What every package reads in any case, on any platform. */
const everywhere = '@bursar/core'

/**
 * Makes few files of the chunks that entries share. esbuild makes one for each set of entries that share something, many of them
 * of a few lines, and Node takes half a millisecond to find and read a file. Joined are the chunks that the main entry reads at
 * once; and of the others, the small ones that read the same from elsewhere, so that no entry reads a package, or a part of Node,
 * that it did not read before.
 *
 * @param {string} dist the folder that was written
 * @param {import('esbuild').Metafile['outputs']} outputs what was written, and what it imports
 * @param {object} options
 * @param {string | undefined} options.entry its main entry, such as `dist/index.js`
 * @param {boolean} options.isSplit whether only what the main entry reads is joined
 */
export async function joinChunks(dist, outputs, { entry, isSplit }) {
  const first = entry === undefined ? [] : chunksOf(entry, outputs)
  /** @type {Map<string, string>} The joined file of each chunk. */
  const joined = new Map()
  const groups = [first, ...(isSplit ? [] : alikeChunks(outputs, first))]
  for (const chunks of groups.filter((group) => canJoin(group, outputs))) {
    const file = chunks === first ? 'shared.js' : `shared-${new Set(joined.values()).size + 1}.js`
    const names = chunks.map((chunk) => basename(chunk))
    await joinInto(join(dist, 'chunks', file), names)
    for (const chunk of chunks) joined.set(chunk, file)
  }
  useJoined(dist, Object.keys(outputs), joined)
}

/**
 * Of two exports of one name, `export *` would have neither.
 * @param {readonly string[]} chunks
 * @param {import('esbuild').Metafile['outputs']} outputs
 */
function canJoin(chunks, outputs) {
  const exported = chunks.flatMap((chunk) => outputs[chunk]?.exports ?? [])
  return chunks.length > 1 && new Set(exported).size === exported.length
}

/**
 * Removes the chunks that were joined, and has all other files import the joined ones in place of them.
 * @param {string} dist
 * @param {readonly string[]} paths of what was written
 * @param {ReadonlyMap<string, string>} joined
 */
function useJoined(dist, paths, joined) {
  for (const path of paths) {
    const file = join(dist, '..', path)
    if (joined.has(path.replace(/\.map$/, ''))) rmSync(file)
    else if (path.endsWith('.js')) rename(file, joined)
  }
  for (const file of new Set(joined.values())) rename(join(dist, 'chunks', file), joined)
}

/**
 * @param {string} outfile
 * @param {readonly string[]} names of chunks in its folder
 */
async function joinInto(outfile, names) {
  await build({
    stdin: {
      contents: names.map((name) => `export * from './${name}'`).join('\n'),
      resolveDir: join(outfile, '..')
    },
    absWorkingDir: join(outfile, '../..'),
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    packages: 'external',
    external: ['#*'],
    plugins: [otherFiles(names)],
    sourcemap: true,
    logLevel: 'error'
  })
}

/**
 * What is imported late, and what is joined elsewhere, stays a file of its own, in the same folder.
 * @param {readonly string[]} names
 */
function otherFiles(names) {
  return {
    name: 'other-files',
    /** @param {import('esbuild').PluginBuild} build */
    setup: (build) =>
      build.onResolve({ filter: /^\./ }, ({ path, kind }) =>
        kind === 'dynamic-import' || !names.includes(basename(path)) ? { path, external: true } : undefined
      )
  }
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
 * The other chunks, by what they read from elsewhere: packages, large chunks and what the main entry shares. What one of them
 * imports reads no more than it does, so that the joined files import one another in no circle.
 *
 * @param {import('esbuild').Metafile['outputs']} outputs
 * @param {readonly string[]} first
 */
function alikeChunks(outputs, first) {
  /** @type {Map<string, string[]>} */
  const groups = new Map()
  for (const [path, { bytes, entryPoint }] of Object.entries(outputs)) {
    if (!path.endsWith('.js') || entryPoint !== undefined || first.includes(path) || bytes > LARGE_BYTES)
      continue
    const reads = readsOf(path, outputs, first).join('\n')
    groups.set(reads, [...(groups.get(reads) ?? []), path])
  }
  return [...groups.values()]
}

/**
 * What a chunk reads from elsewhere.
 * @param {string} path
 * @param {import('esbuild').Metafile['outputs']} outputs
 * @param {readonly string[]} first who reads one of these reads all of them
 */
function readsOf(path, outputs, first) {
  const within = chunksOf(path, outputs)
  const read = within.some((chunk) => first.includes(chunk)) ? [...within, ...first] : within
  const packages = [path, ...read].flatMap((each) =>
    (outputs[each]?.imports ?? [])
      .filter(({ kind, external }) => external && kind === 'import-statement')
      .map((imported) => imported.path)
  )
  const files = read.filter((each) => first.includes(each) || (outputs[each]?.bytes ?? 0) > LARGE_BYTES)
  return [...new Set([...packages, ...files])].filter((each) => each !== everywhere).sort()
}

/**
 * Has a file import the joined ones in place of the chunks.
 * @param {string} file
 * @param {ReadonlyMap<string, string>} joined
 */
function rename(file, joined) {
  const source = readFileSync(file, 'utf8')
  const renamed = [...joined].reduce(
    (text, [chunk, into]) => text.replaceAll(`/${basename(chunk)}"`, `/${into}"`),
    source
  )
  if (renamed !== source) writeFileSync(file, renamed)
}

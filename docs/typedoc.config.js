import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Converter } from 'typedoc'

const packages = fileURLToPath(new URL('../packages', import.meta.url))

/**
 * What users can import, as its manifest says, so that no entry is left out.
 * @param {string} name
 * @returns {string[]}
 */
function entriesOf(name) {
  const manifest = JSON.parse(readFileSync(`${packages}/${name}/package.json`, 'utf8'))
  return Object.keys(manifest.exports ?? {})
    .map((entry) => `${packages}/${name}/src/${entry === '.' ? 'index' : entry.slice(2)}.ts`)
    .filter(existsSync)
}

/**
 * Calls each page by what a user imports: `policy/src` is `@bursar/policy`, and `bursar/src/katana` is `bursar/katana`.
 * @param {import('typedoc').Application} app
 */
function importNames(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) {
      const [, name = '', entry] = /^([\w-]+)\/src(?:\/(.+))?$/.exec(module.name) ?? []
      const imported = name === 'bursar' ? name : `@bursar/${name}`
      module.name = entry === undefined ? imported : `${imported}/${entry}`
    }
  })
}

// What `bursar` exports is described there, and other packages refer to it: the first entry that exports a name has it.
const rest = readdirSync(packages).filter((name) => name !== 'bursar')

/** @type {Partial<import('typedoc').TypeDocOptions> & object} */
export default {
  name: 'Reference',
  entryPoints: ['bursar', ...rest].flatMap(entriesOf),
  tsconfig: '../tsconfig.tests.json',
  plugin: ['typedoc-plugin-markdown', importNames],
  out: 'reference',
  router: 'module',
  entryFileName: 'index',
  readme: 'none',
  sort: ['kind', 'alphabetical'],
  groupOrder: ['Functions', 'Classes', 'Interfaces', 'Type Aliases', 'Variables', 'References'],
  sortEntryPoints: false,
  hidePageHeader: true,
  hideBreadcrumbs: true,
  sanitizeComments: true,
  useCodeBlocks: true,
  useHTMLAnchors: true,
  excludeInternal: true,
  skipErrorChecking: true,
  validation: { invalidLink: true, notExported: false },
  disableSources: true
}

import { existsSync, statSync } from 'node:fs'
import { posix, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Where a page of the repository stands on the site: `packages/cli/README.md` is `packages/cli.md`. */
export function sitePathOf(page: string): string {
  return page
    .replace(/^docs\//, '')
    .replace(/^packages\/[\w-]+\/docs\//, '')
    .replace(/^packages\/([\w-]+)\/README\.md$/, 'packages/$1.md')
    .replace(/^([A-Z]+)\.md$/, (whole) => whole.toLowerCase())
    .replace(/(^|\/)README\.md$/, '$1index.md')
}

/**
 * Where a link of a page leads on the site, from its root: to a page, or to a file that the site shows.
 *
 * @returns undefined when the link leads to nothing of the repository.
 */
export function siteLinkOf(page: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#')
  const target = posix.join(posix.dirname(page), decodeURI(path)).replace(/\/$/, '')
  const file = resolve(root, target)
  if (!existsSync(file)) return undefined
  const shown = target.endsWith('.md') ? sitePathOf(target) : filePageOf(target)
  const isFolderOfPages = statSync(file).isDirectory() && existsSync(resolve(file, 'README.md'))
  const found = isFolderOfPages ? sitePathOf(`${target}/README.md`) : shown
  return `/${found}${anchor === undefined ? '' : `#${anchor}`}`
}

/** The page that shows a file or a folder of the repository. */
export function filePageOf(path: string): string {
  return `files/${shownNameOf(path)}.md`
}

/** What ends as a page of the site does would be taken for one. */
export function shownNameOf(path: string): string {
  return path.replace(/\.html$/, '-html')
}

import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { basename, posix, resolve } from 'node:path'
import { filePageOf, root, shownNameOf } from './site-paths.js'

/** A page that VitePress makes of a file or a folder of the repository. */
interface ShownFile {
  readonly params: { readonly path: string }
  readonly content: string
}

/** The files that guides link to and that are no pages: the site shows them, so that it is whole without the repository. */
export function shownFiles(): readonly ShownFile[] {
  const linked = tracked('*.md').flatMap(linksOf)
  const examples = tracked('examples', 'deploy').filter((path) => !/\.(?:png|md)$|\/\./.test(path))
  const folders = [...examples, ...linked].flatMap(foldersOf)
  const shown = [
    ...new Set([...linked, ...examples, ...folders.filter((path) => /^(?:examples|deploy)/.test(path))])
  ]
  return shown.map((path) => ({
    params: { path: shownNameOf(path) },
    content: isFolder(path) ? listing(path) : codePage(path)
  }))
}

function tracked(...paths: readonly string[]): readonly string[] {
  return execFileSync('git', ['ls-files', ...paths], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')
}

/** The files and folders of the repository, other than pages, that a page links to. */
function linksOf(page: string): readonly string[] {
  const text = readFileSync(resolve(root, page), 'utf8')
  return [...text.matchAll(/\]\((?![a-z]+:)([^)\s#]+)\)/g)]
    .map(([, link = '']) => posix.join(posix.dirname(page), link).replace(/\/$/, ''))
    .filter((path) => !/\.md$|^docs(?:\/|$)|^packages\/[\w-]+$/.test(path))
    .filter((path) => statSync(resolve(root, path), { throwIfNoEntry: false }) !== undefined)
}

/** A path's folders, from the outermost, and itself where it is one. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/')).filter(isFolder)
}

function isFolder(path: string): boolean {
  return statSync(resolve(root, path)).isDirectory()
}

function listing(folder: string): string {
  const inside = tracked(folder)
    .filter((path) => !/\.(?:png|md)$/.test(path))
    .map((path) => path.slice(folder.length + 1))
  const names = [...new Set(inside.map((name) => name.split('/')[0] ?? ''))]
  const items = names.map((name) => `- [${name}](/${filePageOf(`${folder}/${name}`)})`)
  return `# ${folder}\n\n${items.join('\n')}\n`
}

function codePage(path: string): string {
  const language = basename(path) === 'Dockerfile' ? 'docker' : (/\.(\w+)$/.exec(path)?.[1] ?? 'text')
  const known = { service: 'ini', mjs: 'js', cts: 'ts' } as const
  const text = readFileSync(resolve(root, path), 'utf8').trimEnd()
  return `# ${path}\n\n\`\`\`\`${known[language as keyof typeof known] ?? language}\n${text}\n\`\`\`\`\n`
}

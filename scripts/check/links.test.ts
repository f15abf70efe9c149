import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { githubSlug } from '../../docs/.vitepress/github-slug.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' }).trim().split('\n')

/** What `npm run docs` makes. */
const isMade = /^docs\/(?:reference|\.vitepress\/dist)\b/

it('every link of a page to a file or a heading leads there', () => {
  expect(pages).toContain('README.md')
  expect(pages.flatMap((page) => brokenLinks(page))).toEqual([])
})

it('P10: a page that is published with its package links to nothing outside of it', () => {
  const published = pages.filter((page) => page.startsWith('packages/'))
  expect(published.length).toBeGreaterThan(10)
  const leaving = published.flatMap((page) => {
    const home = page.split('/').slice(0, 2).join('/')
    return linksOf(page).filter((link) => !join(dirname(page), link).startsWith(`${home}/`))
  })
  expect(leaving).toEqual([])
})

it('every path that a page names is there', () => {
  const lost = pages.flatMap((page) =>
    [...textOf(page).matchAll(/`((?:packages|scripts|docs|test)\/[\w./-]+)`/g)]
      .map(([, path = '']) => path)
      .filter((path) => !isMade.test(path) && !existsSync(resolve(root, path)))
      .map((path) => `${page}: ${path}`)
  )
  expect(lost).toEqual([])
})

function brokenLinks(page: string): readonly string[] {
  return linksOf(page)
    .filter((link) => !isOfReference(page, link) && !leadsSomewhere(page, link))
    .map((link) => `${page}: ${link}`)
}

/** The reference is made by `npm run docs`, which checks the links to it. */
function isOfReference(page: string, link: string): boolean {
  return join(dirname(page), link).startsWith('docs/reference/')
}

/** Those to files and headings, without those in code. */
function linksOf(page: string): readonly string[] {
  const prose = textOf(page).replace(/```[\s\S]*?```|`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^(https?|mailto):/.test(link))
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', heading] = link.split('#')
  const file = path === '' ? page : `${dirname(page)}/${path}`
  if (!existsSync(resolve(root, file))) return false
  return heading === undefined || placesOf(file).includes(heading)
}

/** What a link to a page can name: its headings, and the places that are marked in its text. */
function placesOf(file: string): readonly string[] {
  const text = textOf(file)
  const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => githubSlug(heading))
  return [...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)]
}

function textOf(file: string): string {
  return readFileSync(resolve(root, file), 'utf8')
}

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' }).trim().split('\n')

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
      .filter((path) => !path.startsWith('docs/reference') && !existsSync(resolve(root, path)))
      .map((path) => `${page}: ${path}`)
  )
  expect(lost).toEqual([])
})

function brokenLinks(page: string): readonly string[] {
  return linksOf(page)
    .filter((link) => !leadsSomewhere(page, link))
    .map((link) => `${page}: ${link}`)
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
  return heading === undefined || headingsOf(file).includes(heading)
}

/** The names by which headings are linked to: small letters, words joined by hyphens. */
function headingsOf(file: string): readonly string[] {
  return [...textOf(file).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-')
  )
}

function textOf(file: string): string {
  return readFileSync(resolve(root, file), 'utf8')
}

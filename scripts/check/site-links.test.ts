import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { sidebar } from '../../docs/.vitepress/navigation.js'
import { addSecurityPolicy } from '../../docs/.vitepress/security-policy.js'
import { siteLinkOf, sitePathOf } from '../../docs/.vitepress/site-paths.js'
import { problemsOfSite } from './site-links.js'

const page = (path: string, body: string) => ({
  path,
  html: `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">${body}`
})

function problemsOf(body: string): readonly string[] {
  const pages = [
    page('guides/one.html', body),
    page('index.html', '<h2 id="here">'),
    page('guides/two.html', '')
  ]
  return problemsOfSite(pages, new Set([...pages.map(({ path }) => path), 'assets/a.js']))
}

it.each([
  '<a href="/index.html#here">',
  '<a class="x" href="./two.html">',
  '<a href="/">',
  '<a href="https://example.com/">',
  '<p id="a"><a href="#a">',
  '<script type="module" src="/assets/a.js">'
])('P87: the check of the site has nothing against %s', (body) => {
  expect(problemsOf(body)).toEqual([])
})

it.each([
  ['<a href="/index.html#there">', 'guides/one.html: /index.html#there leads nowhere'],
  ['<a href="three.html">', 'guides/one.html: three.html leads nowhere'],
  ['<a href="#a">', 'guides/one.html: #a leads nowhere'],
  ['<script src="/assets/b.js">', 'guides/one.html: /assets/b.js leads nowhere'],
  [
    '<img src="https://cdn.example/a.png">',
    'guides/one.html: https://cdn.example/a.png is loaded from elsewhere'
  ]
])('P87: the check of the site finds %s', (body, problem) => {
  expect(problemsOf(body)).toEqual([problem])
})

it('P87: the check of the site finds a page that says nothing about what a browser may load', () => {
  const bare = { path: 'index.html', html: '' }
  expect(problemsOfSite([bare], new Set(['index.html']))).toEqual(['index.html: no policy'])
})

it('a page of the site may run its own scripts, by their hashes, and load nothing from elsewhere', () => {
  const html = addSecurityPolicy(
    '<head>\n    <meta charset="utf-8"><script id="a">1</script><script src="/b.js"></script>'
  )
  const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(html) ?? []
  expect(policy).toContain("script-src 'self' 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=';")
  expect(policy).toMatch(/^default-src 'none';/)
})

it.each([
  ['docs/guides/run/README.md', 'guides/run/index.md'],
  ['packages/cli/README.md', 'packages/cli.md'],
  ['packages/bursar/docs/errors.md', 'errors.md'],
  ['SECURITY.md', 'security.md'],
  ['docs/guides/policy.md', 'guides/policy.md']
])('%s of the repository is %s of the site', (source, shown) => {
  expect(sitePathOf(source)).toBe(shown)
})

it('a link of a page leads to the same page or file on the site', () => {
  const from = (link: string) => siteLinkOf('docs/guides/wallets.md', link)
  expect(from('policy.md#one-policy')).toBe('/guides/policy.md#one-policy')
  expect(from('../../packages/mcp/README.md')).toBe('/packages/mcp.md')
  expect(from('../../examples/signers/cdp.ts')).toBe('/files/examples/signers/cdp.ts.md')
  expect(from('nothing.md')).toBeUndefined()
})

it('P87: the column at the left of the site has every page that is written for it', () => {
  const written = execFileSync('git', ['ls-files', 'docs/*.md', 'packages/*.md', '*.md'], {
    encoding: 'utf8'
  })
  const pages = written
    .trim()
    .split('\n')
    .filter((page) => !/^(?:test|\.\w+|docs\/files)\//.test(page))
  const linked = JSON.stringify(sidebar)
  const found = pages.filter((page) =>
    linked.includes(`"/${sitePathOf(page).replace(/(?:index)?\.md$/, '')}"`)
  )
  const elsewhere = [
    'docs/index.md',
    'README.md',
    'docs/guides/run/README.md',
    'packages/dashboard/third-party.md'
  ]
  const underAnother = pages.filter((page) => /^docs\/(?:conformance|decisions)\//.test(page))
  const known = [...found, ...elsewhere, ...underAnother]
  expect(pages.filter((page) => !known.includes(page))).toEqual([])
  expect(found.length).toBeGreaterThan(60)
})

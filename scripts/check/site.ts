/** Checks the built site: each link leads to a page and a place that are there, and nothing is loaded from elsewhere. */
import { readdirSync, readFileSync } from 'node:fs'
import { problemsOfSite } from './site-links.js'

const folder = 'docs/.vitepress/dist'
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
const pages = files
  .filter((path) => path.endsWith('.html'))
  .map((path) => ({ path, html: readFileSync(`${folder}/${path}`, 'utf8') }))

const problems = problemsOfSite(pages, new Set(files))
for (const problem of problems) console.error(problem)
console.log(`site: ${pages.length} pages, ${problems.length} problems`)
process.exitCode = problems.length === 0 && pages.length > 100 ? 0 : 1

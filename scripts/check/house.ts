/** Checks every tracked TypeScript file against the house rules, and prints how long and how plain the sources are. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { checkFile } from './arrows.js'
import { findImportCircles } from './import-circles.js'
import { exceededBounds, longFiles, measureShape, summarizeShapes } from './shape.js'

const tracked = execFileSync(
  'git',
  ['ls-files', 'packages/*.ts', 'packages/*.tsx', 'docs/*.ts', 'examples/*.ts', 'test/*.ts', 'scripts/*.ts'],
  {
    encoding: 'utf8'
  }
)
const quotesBadCode = /check\/(?:arrows|import-circles|shape)\.test\.ts$/
const paths = tracked.split('\n').filter((path) => path !== '' && !quotesBadCode.test(path))
const files = paths.map((path) => ({ path, text: readFileSync(path, 'utf8') }))
const sources = files.filter(
  ({ path }) => /^packages\/[\w-]+\/src\//.test(path) && !/\.test(?:-d)?\.tsx?$/.test(path)
)
const figures = summarizeShapes(sources.map(measureShape))

const problems = [
  ...files.flatMap(checkFile),
  ...findImportCircles(files),
  ...longFiles(files),
  ...exceededBounds(figures)
]
for (const problem of problems) console.error(problem)
for (const [name, figure] of Object.entries(figures)) console.log(`${name}: ${figure}`)
console.log(`house rules: ${paths.length} files, ${problems.length} problems`)
process.exitCode = problems.length === 0 ? 0 : 1

/** Runs one of the examples, in the caller's folder: `npm run example fetch`. */
import { existsSync, readdirSync } from 'node:fs'

const examples = new URL('../examples/', import.meta.url)
const programOf = (name: string): URL => new URL(`${name}/index.ts`, examples)

const [name = ''] = process.argv.slice(2)
const names = readdirSync(examples).filter((each) => existsSync(programOf(each)))
if (!names.includes(name)) {
  console.error(`npm run example <name>. There are: ${names.join(', ')}`)
  process.exit(2)
}
process.chdir(process.env.INIT_CWD ?? '.')
await import(programOf(name).href)

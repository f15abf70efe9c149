import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { COMPILED_FILE, compileProxies } from './compile.js'

it('X101: the compiled proxies are what solc makes of their sources; npm run contracts writes them', () => {
  const { exactProxy, uptoProxy } = JSON.parse(readFileSync(COMPILED_FILE, 'utf8'))
  expect({ exactProxy, uptoProxy }).toEqual(compileProxies())
}, 120_000)

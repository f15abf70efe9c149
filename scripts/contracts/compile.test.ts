import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { COMPILED_FILE, compileContracts, WALLET_FILE } from './compile.js'

it('X101, X124: the compiled contracts are what solc makes of their sources; npm run contracts writes them', () => {
  const { proxies, wallet } = compileContracts()
  const { exactProxy, uptoProxy } = JSON.parse(readFileSync(COMPILED_FILE, 'utf8'))
  expect({ exactProxy, uptoProxy }).toEqual(proxies)
  expect(JSON.parse(readFileSync(WALLET_FILE, 'utf8'))).toEqual(wallet)
}, 120_000)

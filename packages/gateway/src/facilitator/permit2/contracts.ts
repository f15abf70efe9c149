import { type Address, parseAbi } from 'viem'

/** Permit2, at the same address on every chain but zkSync's. */
export const PERMIT2: Address = '0x000000000022D473030F116dDEE9F6B43aC78BA3'

const structs = [
  'struct TokenPermissions { address token; uint256 amount; }',
  'struct Permit { TokenPermissions permitted; uint256 nonce; uint256 deadline; }',
  'struct Permit2612 { uint256 value; uint256 deadline; bytes32 r; bytes32 s; uint8 v; }'
] as const

/** x402's contract that settles the exact scheme by Permit2. */
export const exactProxy = {
  address: '0x402085c248EeA27D92E8b30b2C58ed07f9E20001',
  abi: parseAbi([
    ...structs,
    'struct Witness { address to; uint256 validAfter; }',
    'function settle(Permit permit, address owner, Witness witness, bytes signature)',
    'function settleWithPermit(Permit2612 permit2612, Permit permit, address owner, Witness witness, bytes signature)'
  ])
} as const

/** x402's contract that settles the upto scheme. Only the facilitator of the witness may call it. */
export const uptoProxy = {
  address: '0x4020A4f3b7b90ccA423B9fabCc0CE57C6C240002',
  abi: parseAbi([
    ...structs,
    'struct Witness { address to; address facilitator; uint256 validAfter; }',
    'function settle(Permit permit, uint256 amount, address owner, Witness witness, bytes signature)',
    'function settleWithPermit(Permit2612 permit2612, Permit permit, uint256 amount, address owner, Witness witness, bytes signature)'
  ])
} as const

const common = {
  TokenPermissions: [
    { name: 'token', type: 'address' },
    { name: 'amount', type: 'uint256' }
  ],
  PermitWitnessTransferFrom: [
    { name: 'permitted', type: 'TokenPermissions' },
    { name: 'spender', type: 'address' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
    { name: 'witness', type: 'Witness' }
  ]
} as const
const to = { name: 'to', type: 'address' } as const
const validAfter = { name: 'validAfter', type: 'uint256' } as const

/** The EIP-712 types of a payment by the exact scheme. @see Permit2, `permitWitnessTransferFrom` */
export const exactTypes = { ...common, Witness: [to, validAfter] } as const

/** The EIP-712 types of a payment by the upto scheme. */
export const uptoTypes = {
  ...common,
  Witness: [to, { name: 'facilitator', type: 'address' }, validAfter]
} as const

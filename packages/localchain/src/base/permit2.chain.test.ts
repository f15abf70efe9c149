import {
  type Address,
  createPublicClient,
  createWalletClient,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  http,
  keccak256,
  parseAbi,
  toBytes
} from 'viem'
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BaseChain, startBase } from '../index.js'

let chain: BaseChain
beforeAll(async () => {
  chain = await startBase()
})
afterAll(() => chain.stop())

const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const EXACT = '0x402085c248EeA27D92E8b30b2C58ed07f9E20001'
const UPTO = '0x4020A4f3b7b90ccA423B9fabCc0CE57C6C240002'
const MULTICALL3 = '0xcA11bde05977b3631167028862bE2a173976CA11'
const PAYEE = '0x00000000000000000000000000000000000b0b05'
const structs = [
  'struct TokenPermissions { address token; uint256 amount; }',
  'struct Permit { TokenPermissions permitted; uint256 nonce; uint256 deadline; }',
  'struct Permit2612 { uint256 value; uint256 deadline; bytes32 r; bytes32 s; uint8 v; }',
  'error InvalidNonce()',
  'error SignatureExpired(uint256)',
  'error InvalidAmount()',
  'error InvalidOwner()',
  'error InvalidDestination()',
  'error PaymentTooEarly()',
  'error Permit2612AmountMismatch()',
  'error AmountExceedsPermitted()',
  'error UnauthorizedFacilitator()',
  'error InvalidSigner()',
  'function PERMIT2() view returns (address)',
  'function WITNESS_TYPEHASH() view returns (bytes32)',
  'function WITNESS_TYPE_STRING() view returns (string)'
] as const
const exactAbi = parseAbi([
  ...structs,
  'struct Witness { address to; uint256 validAfter; }',
  'function settle(Permit permit, address owner, Witness witness, bytes signature)'
])
const uptoAbi = parseAbi([
  ...structs,
  'struct Witness { address to; address facilitator; uint256 validAfter; }',
  'function settle(Permit permit, uint256 amount, address owner, Witness witness, bytes signature)',
  'function settleWithPermit(Permit2612 permit2612, Permit permit, uint256 amount, address owner, Witness witness, bytes signature)'
])
const permit2Abi = parseAbi([
  'function DOMAIN_SEPARATOR() view returns (bytes32)',
  'function nonceBitmap(address, uint256) view returns (uint256)'
])
const permitted = { name: 'permitted', type: 'TokenPermissions' } as const
const types = {
  TokenPermissions: [
    { name: 'token', type: 'address' },
    { name: 'amount', type: 'uint256' }
  ],
  PermitWitnessTransferFrom: [
    permitted,
    { name: 'spender', type: 'address' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
    { name: 'witness', type: 'Witness' }
  ]
} as const
const to = { name: 'to', type: 'address' } as const
const validAfter = { name: 'validAfter', type: 'uint256' } as const

const clientOf = () => createPublicClient({ transport: http(chain.rpcUrl) })
const walletAt = (index: number) => {
  const { privateKey = generatePrivateKey() } = chain.accounts[index] ?? {}
  return createWalletClient({
    account: privateKeyToAccount(privateKey),
    transport: http(chain.rpcUrl)
  })
}

/** An account with a dollar that has approved Permit2. */
async function newPayer(): Promise<PrivateKeyAccount> {
  const account = privateKeyToAccount(generatePrivateKey())
  await chain.mint(account.address, 1_000_000n)
  await chain.fundGas(account.address)
  const wallet = createWalletClient({ account, transport: http(chain.rpcUrl) })
  const approve = { abi: erc20Abi, functionName: 'approve', args: [PERMIT2, 2n ** 256n - 1n] } as const
  const hash = await wallet.sendTransaction({
    chain: null,
    to: chain.usdc,
    data: encodeFunctionData(approve)
  })
  await chain.awaitReceipt(hash)
  return account
}

const newPermit = async (amount: bigint) => ({
  permitted: { token: chain.usdc, amount },
  nonce: BigInt(keccak256(generatePrivateKey())),
  deadline: BigInt((await chain.nowSeconds()) + 300)
})
const domain = { name: 'Permit2', chainId: 8453, verifyingContract: PERMIT2 } as const

async function signExact(payer: PrivateKeyAccount, amount: bigint, from = 0n) {
  const permit = await newPermit(amount)
  const witness = { to: PAYEE, validAfter: from } as const
  const signature = await payer.signTypedData({
    domain,
    types: { ...types, Witness: [to, validAfter] },
    primaryType: 'PermitWitnessTransferFrom',
    message: { ...permit, spender: EXACT, witness }
  })
  return { permit, args: [permit, payer.address, witness, signature] as const }
}

async function signUpto(payer: PrivateKeyAccount, amount: bigint, facilitator: Address) {
  const permit = await newPermit(amount)
  const witness = { to: PAYEE, facilitator, validAfter: 0n } as const
  const signature = await payer.signTypedData({
    domain,
    types: { ...types, Witness: [to, { name: 'facilitator', type: 'address' }, validAfter] },
    primaryType: 'PermitWitnessTransferFrom',
    message: { ...permit, spender: UPTO, witness }
  })
  const argsFor = (charge: bigint) => [permit, charge, payer.address, witness, signature] as const
  return { permit, argsFor, rest: [payer.address, witness, signature] as const }
}

async function mined(sent: Promise<Hex>): Promise<Hex> {
  const hash = await sent
  const { status } = await chain.awaitReceipt(hash)
  expect(status).toBe('success')
  return hash
}

it('X77, X78, X99, X100: Permit2 has the separator of the chain, and each proxy its type strings', async () => {
  const client = clientOf()
  expect(
    await client.readContract({ address: PERMIT2, abi: permit2Abi, functionName: 'DOMAIN_SEPARATOR' })
  ).toBe('0x3b6f35e4fce979ef8eac3bcdc8c3fc38fe7911bb0c69c8fe72bf1fd1a17e6f07')
  for (const [address, hash, ends] of [
    [EXACT, '0xd97b3239a7f32295517bd14cb074edfdd188dfe5eb42f802bb26d4fd1eb12c37', 'to,uint256 validAfter)'],
    [
      UPTO,
      '0xd4171c445a74218b01d4fd8af34ff1106580ea1e36ff837e64484bfaa2253b75',
      'to,address facilitator,uint256 validAfter)'
    ]
  ] as const) {
    const read = { address, abi: exactAbi } as const
    expect(await client.readContract({ ...read, functionName: 'PERMIT2' })).toBe(PERMIT2)
    expect(await client.readContract({ ...read, functionName: 'WITNESS_TYPEHASH' })).toBe(hash)
    const text = await client.readContract({ ...read, functionName: 'WITNESS_TYPE_STRING' })
    expect(text).toContain(ends)
    expect(keccak256(toBytes(text.slice(text.lastIndexOf('Witness('))))).toBe(hash)
  }
})

it('X80, X82: the exact proxy moves the signed amount once, whoever calls it', async () => {
  const payer = await newPayer()
  const { permit, args } = await signExact(payer, 10_000n)
  const settle = { address: EXACT, abi: exactAbi, functionName: 'settle', args, chain: null } as const
  const hash = await mined(walletAt(0).writeContract(settle))
  expect(await chain.balanceOf(payer.address)).toBe(990_000n)
  const { logs } = await clientOf().getTransactionReceipt({ hash })
  expect(logs.map(({ topics }) => topics[0])).toContain(
    '0x97088ec3606cfe8cc112180570d03fcde05f9b8e1bfef8e27784eaf5dd5691b6'
  )
  const word = await clientOf().readContract({
    address: PERMIT2,
    abi: permit2Abi,
    functionName: 'nonceBitmap',
    args: [payer.address, permit.nonce >> 8n]
  })
  expect((word >> (permit.nonce & 255n)) & 1n).toBe(1n)
  await expect(walletAt(1).writeContract(settle)).rejects.toThrow('InvalidNonce')
  const early = await signExact(payer, 1n, 2n ** 40n)
  await expect(walletAt(0).writeContract({ ...settle, args: early.args })).rejects.toThrow('PaymentTooEarly')
  const nothing = await signExact(payer, 0n)
  await expect(walletAt(0).writeContract({ ...settle, args: nothing.args })).rejects.toThrow('InvalidAmount')
  const [other, owner, witness, signature] = (await signExact(payer, 1n)).args
  const elsewhere = [other, owner, { ...witness, to: owner }, signature] as const
  await expect(walletAt(0).writeContract({ ...settle, args: elsewhere })).rejects.toThrow('InvalidSigner')
})

it('X80: the upto proxy takes what its facilitator says, up to the signed amount', async () => {
  const payer = await newPayer()
  const facilitator = walletAt(0)
  const { argsFor } = await signUpto(payer, 500_000n, facilitator.account.address)
  const settle = { address: UPTO, abi: uptoAbi, functionName: 'settle', chain: null } as const
  await expect(walletAt(1).writeContract({ ...settle, args: argsFor(1n) })).rejects.toThrow(
    'UnauthorizedFacilitator'
  )
  await expect(facilitator.writeContract({ ...settle, args: argsFor(500_001n) })).rejects.toThrow(
    'AmountExceedsPermitted'
  )
  await mined(facilitator.writeContract({ ...settle, args: argsFor(1_858n) }))
  expect(await chain.balanceOf(payer.address)).toBe(998_142n)
})

it('X80, X91: a permit allows Permit2 to take as much as was signed, and its failure is no failure', async () => {
  const payer = privateKeyToAccount(generatePrivateKey())
  await chain.mint(payer.address, 1_000_000n)
  const facilitator = walletAt(0)
  const { permit, rest } = await signUpto(payer, 500_000n, facilitator.account.address)
  const { deadline } = permit
  const signature = await payer.signTypedData({
    domain: { name: 'USD Coin', version: '2', chainId: 8453, verifyingContract: chain.usdc },
    types: {
      Permit: ['owner:address', 'spender:address', 'value:uint256', 'nonce:uint256', 'deadline:uint256'].map(
        (field) => {
          const [name = '', type = ''] = field.split(':')
          return { name, type }
        }
      )
    },
    primaryType: 'Permit',
    message: { owner: payer.address, spender: PERMIT2, value: 500_000n, nonce: 0n, deadline }
  })
  const [r, s] = [`0x${signature.slice(2, 66)}`, `0x${signature.slice(66, 130)}`] as const
  const permit2612 = { value: 500_000n, deadline, r, s, v: Number.parseInt(signature.slice(130), 16) }
  const settle = { address: UPTO, abi: uptoAbi, functionName: 'settleWithPermit', chain: null } as const
  const other = { ...permit2612, value: 1n }
  await expect(
    facilitator.writeContract({ ...settle, args: [other, permit, 1_858n, ...rest] })
  ).rejects.toThrow('Permit2612AmountMismatch')
  await mined(facilitator.writeContract({ ...settle, args: [permit2612, permit, 1_858n, ...rest] }))
  const allowance = { address: chain.usdc, abi: erc20Abi, functionName: 'allowance' } as const
  const left = await clientOf().readContract({ ...allowance, args: [payer.address, PERMIT2] })
  expect(left).toBe(498_142n)
  // The permit is used up by now, and what it left is enough for another payment.
  const next = await signUpto(payer, 500_000n, facilitator.account.address)
  await mined(facilitator.writeContract({ ...settle, args: [permit2612, next.permit, 1_000n, ...next.rest] }))
  expect(await chain.balanceOf(payer.address)).toBe(997_142n)
})

it('X102: Multicall3 answers', async () => {
  const abi = parseAbi(['function getChainId() view returns (uint256)'])
  const read = { address: MULTICALL3, abi, functionName: 'getChainId' } as const
  expect(await clientOf().readContract(read)).toBe(8453n)
})

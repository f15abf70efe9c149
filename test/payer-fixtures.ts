import {
  type Auditor,
  BASE,
  type NetworkId,
  type Offer,
  type Payer,
  type SignedPayment,
  SOLANA_MAINNET
} from '@bursar/core'
import { createRegistry } from '@bursar/core/registry'
import { createEvmPayer } from '@bursar/evm'
import { createEvmAuditor } from '@bursar/evm/audit'
import { startBase } from '@bursar/localchain'
import { startSolana } from '@bursar/localchain/solana'
import { createSolanaPayer } from '@bursar/solana'
import { createSolanaAuditor } from '@bursar/solana/audit'
import { Connection, Keypair, VersionedTransaction } from '@solana/web3.js'
import { createWalletClient, type Hex, http, parseAbi } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'

/** What payers and auditors of both chains are made from. */
interface ReadSettings {
  readonly rpcUrls?: string | readonly string[]
  readonly rpcTimeoutMs?: number
}

/** An account with 1 USDC, and who pays and reads for it. */
interface PayingAccount {
  readonly address: string
  payer(settings?: ReadSettings): Payer
  auditor(settings?: ReadSettings): Auditor
  /** A payer whose wallet counts how often it is asked to sign. */
  countingPayer(): { readonly payer: Payer; readonly signed: () => number }
  /** Makes a payer with an option that there is not. */
  misspelt(): Payer
}

/** One chain as both kinds of payer see it. */
export interface PayerFixture {
  readonly network: NetworkId
  readonly rpcUrl: string
  /** Nobody's address, and the token's own. */
  readonly zeroAddress: string
  readonly token: string
  newAccount(): Promise<PayingAccount>
  /** An offer of 0.25 USDC. */
  offer(payTo?: string): Offer
  /** Settles a payment as a facilitator does. @returns the transaction. */
  settle(payment: SignedPayment): Promise<string>
  stop(): Promise<void>
}

/** A local Base with Circle's USDC. */
export async function startEvmFixture(): Promise<PayerFixture> {
  const chain = await startBase()
  const payee = privateKeyToAccount(generatePrivateKey()).address
  const [relayer] = chain.accounts
  if (!relayer) throw new TypeError('anvil has no accounts')
  const transport = http(chain.rpcUrl)
  const wallet = createWalletClient({ account: privateKeyToAccount(relayer.privateKey), transport })
  return {
    network: BASE,
    rpcUrl: chain.rpcUrl,
    zeroAddress: `0x${'0'.repeat(40)}`,
    token: chain.usdc,
    stop: () => chain.stop(),
    offer: (payTo = payee) => offerOn(BASE, payTo),
    async newAccount() {
      const account = privateKeyToAccount(generatePrivateKey())
      const key = generatePrivateKey()
      const { address } = privateKeyToAccount(key)
      await chain.mint(address, 1_000_000n)
      const reads = ({ rpcUrls = chain.rpcUrl, rpcTimeoutMs = 30_000 }: ReadSettings = {}) => ({
        rpcUrls: { [BASE]: rpcUrls },
        rpcTimeoutMs
      })
      return {
        address,
        payer: (settings) => createEvmPayer({ account: key, ...reads(settings) }),
        auditor: (settings) => createEvmAuditor({ account: key, ...reads(settings) }),
        // @ts-expect-error the option is rpcUrls
        misspelt: () => createEvmPayer({ account: key, rpcUrl: chain.rpcUrl }),
        countingPayer() {
          let signed = 0
          const signTypedData = async (data: Parameters<typeof account.signTypedData>[0]) => {
            signed++
            return privateKeyToAccount(key).signTypedData(data)
          }
          return {
            payer: createEvmPayer({ account: { address, signTypedData }, ...reads() }),
            signed: () => signed
          }
        }
      }
    },
    async settle({ payload }) {
      const hash = await wallet.writeContract({
        address: chain.usdc,
        abi: parseAbi([
          'function transferWithAuthorization(address, address, uint256, uint256, uint256, bytes32, bytes)'
        ]),
        functionName: 'transferWithAuthorization',
        args: settlementOf(payload),
        chain: null
      })
      await chain.awaitReceipt(hash)
      return hash
    }
  }
}

function settlementOf(payload: unknown) {
  const { authorization: a, signature } = payload as {
    readonly authorization: Readonly<Record<string, Hex>>
    readonly signature: Hex
  }
  const { from = '0x', to = '0x', value = '0x0', nonce = '0x' } = a
  return [
    from,
    to,
    BigInt(value),
    BigInt(a.validAfter ?? 0),
    BigInt(a.validBefore ?? 0),
    nonce,
    signature
  ] as const
}

/** A local Solana with the USDC mint. */
export async function startSolanaFixture(): Promise<PayerFixture> {
  const chain = await startSolana({ engine: 'litesvm' })
  const [feePayer, payee] = [Keypair.generate(), Keypair.generate().publicKey.toBase58()]
  await chain.fundSol(feePayer.publicKey.toBase58(), 10_000_000_000n)
  await chain.mint(payee, 1n)
  const connection = new Connection(chain.rpcUrl, 'confirmed')
  return {
    network: SOLANA_MAINNET,
    rpcUrl: chain.rpcUrl,
    zeroAddress: '1'.repeat(32),
    token: chain.usdc,
    stop: () => chain.stop(),
    offer: (payTo = payee) => ({
      ...offerOn(SOLANA_MAINNET, payTo),
      extra: { feePayer: feePayer.publicKey.toBase58() }
    }),
    async newAccount() {
      const keypair = Keypair.generate()
      const address = keypair.publicKey.toBase58()
      await chain.mint(address, 1_000_000n)
      const reads = ({ rpcUrls = chain.rpcUrl, rpcTimeoutMs = 30_000 }: ReadSettings = {}) => ({
        rpcUrls: { [SOLANA_MAINNET]: rpcUrls },
        rpcTimeoutMs
      })
      return {
        address,
        payer: (settings) => createSolanaPayer({ account: keypair, ...reads(settings) }),
        auditor: (settings) => createSolanaAuditor({ account: keypair, ...reads(settings) }),
        // @ts-expect-error the option is rpcUrls
        misspelt: () => createSolanaPayer({ account: keypair, rpcUrl: chain.rpcUrl }),
        countingPayer() {
          let signed = 0
          const signTransaction = async (transaction: { serialize(): Uint8Array }) => {
            signed++
            const real = VersionedTransaction.deserialize(transaction.serialize())
            real.sign([keypair])
            return real
          }
          const account = { publicKey: keypair.publicKey, signTransaction }
          return { payer: createSolanaPayer({ account, ...reads() }), signed: () => signed }
        }
      }
    },
    async settle({ payload }) {
      const transaction = VersionedTransaction.deserialize(Buffer.from(String(payload.transaction), 'base64'))
      transaction.sign([feePayer])
      const name = await connection.sendRawTransaction(transaction.serialize())
      const deadlineMs = Date.now() + 60_000
      for (;;) {
        const { value } = await connection.getSignatureStatus(name)
        if (value?.confirmationStatus === 'confirmed' || value?.confirmationStatus === 'finalized')
          return name
        if (Date.now() > deadlineMs) throw new TypeError('The transaction has not landed')
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
  }
}

function offerOn(network: NetworkId, payTo: string): Offer {
  const registry = createRegistry()
  const [known, asset] = [registry.network(network), registry.defaultAsset(network)]
  if (!known || !asset) throw new TypeError('The network is not known')
  const common = {
    scheme: 'exact',
    network: known,
    asset,
    maxTimeoutSeconds: 60,
    extra: {},
    raw: {}
  } as const
  return { ...common, payTo, amountAtomic: 250_000n, cost: 250_000n as Offer['cost'] }
}

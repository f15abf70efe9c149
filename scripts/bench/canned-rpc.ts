/** The answers of nodes to what a payment on Solana is built from and to balances on Base: the cheapest nodes that a client could have. */
const USDC = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'
const MINT_BYTES = 82
const TOKEN_ACCOUNT_BYTES = 165

const context = { slot: 1_000, apiVersion: '4.1.2' }

function account(whole: Uint8Array, config: unknown): object {
  const { offset, length } = sliceOf(config)
  const data = whole.subarray(offset, length === undefined ? undefined : offset + length)
  return {
    context,
    value: {
      data: [Buffer.from(data).toString('base64'), 'base64'],
      executable: false,
      lamports: 1_461_600,
      owner: 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
      rentEpoch: 0,
      space: data.length
    }
  }
}

function sliceOf(config: unknown): { readonly offset: number; readonly length?: number } {
  const slice = (config as { dataSlice?: { offset: number; length: number } } | undefined)?.dataSlice
  return slice ?? { offset: 0 }
}

/** Six decimals, initialized. */
const mint = new Uint8Array(MINT_BYTES)
mint.set([6, 1], 44)

const answers: Readonly<Record<string, (params: readonly unknown[]) => unknown>> = {
  getGenesisHash: () => '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d',
  getLatestBlockhash: () => ({ context, value: { blockhash: USDC, lastValidBlockHeight: 1_150 } }),
  getAccountInfo: ([key, config]) =>
    account(key === USDC ? mint : new Uint8Array(TOKEN_ACCOUNT_BYTES), config),
  eth_chainId: () => '0x2105',
  eth_call: () => `0x${'0'.repeat(64)}`,
  eth_getBalance: () => '0x0'
}

/** Answers one call. */
export function answerRpc(body: string): string {
  const { id, method, params = [] } = JSON.parse(body)
  const answer = answers[method]
  if (!answer) throw new TypeError(`The canned node does not answer ${method}`)
  return JSON.stringify({ jsonrpc: '2.0', id, result: answer(params) })
}

/** Buys a report with the visitor's own wallet: on Base by EIP-6963, on Solana by the Wallet Standard. */
import { getWallets } from '@wallet-standard/app'
import { type Bursar, type BursarOptions, createBursar } from 'bursar'
import { indexedDbLedger } from 'bursar/indexed-db'
import { connectEvmWallet, connectSolanaWallet, findEvmWallets } from 'bursar/wallets'
import { byId, explain, showPurchases, showWallet } from './show.js'

/** The build writes both: see serve.ts. */
declare const REPORT_URL: string
declare const RPC_URLS: BursarOptions['rpcUrls']

/** The ledger is the browser's: the budget survives a reload, and all wallets and tabs share it. */
const shared = () => ({
  limits: { payment: '0.05', day: '0.50' },
  rpcUrls: RPC_URLS,
  ledger: indexedDbLedger()
})
const [buy, status, text] = [
  byId('buy', HTMLButtonElement),
  byId('status', HTMLElement),
  byId('text', HTMLElement)
]
let bursar: Bursar | undefined

findEvmWallets(({ info, provider }) =>
  showWallet(info, async () => {
    const evm = await connectEvmWallet(provider)
    return use(createBursar({ ...shared(), evm }), evm.address)
  })
)

const { get, on } = getWallets()
const showAll = (wallets: ReturnType<typeof get>): void => {
  for (const wallet of wallets) {
    if (!('solana:signTransaction' in wallet.features)) continue
    showWallet(wallet, async () => {
      const solana = await connectSolanaWallet(wallet)
      return use(createBursar({ ...shared(), solana }), solana.address)
    })
  }
}
showAll(get())
on('register', (...wallets) => showAll(wallets))

/** From here on this wallet pays. */
async function use(next: Bursar, address: string): Promise<string> {
  await bursar?.close()
  bursar = next
  await showPurchases(next)
  const { offers } = await next.quote(REPORT_URL)
  const offer = offers.find(({ rejection }) => rejection === undefined)
  if (!offer) throw new Error('The report cannot be bought with this wallet')
  buy.disabled = false
  buy.textContent = `Pay ${offer.amount} ${offer.symbol}`
  return address
}

buy.addEventListener('click', async () => {
  buy.disabled = true
  status.className = ''
  status.textContent = 'Look at your wallet …'
  try {
    const response = await bursar?.fetch(REPORT_URL)
    if (!bursar || !response) return
    const receipt = bursar.receiptOf(response)
    text.textContent = await response.text()
    text.hidden = false
    status.textContent = `Paid ${receipt?.amount} ${receipt?.symbol} (${receipt?.moneyState}).`
    await showPurchases(bursar)
  } catch (error) {
    status.className = 'bad'
    status.textContent = explain(error)
  } finally {
    buy.disabled = false
  }
})

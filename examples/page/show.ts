import { type Bursar, bursarErrorOf, formatUsdc } from 'bursar'

/** An element of the page. */
export function byId<Kind extends HTMLElement>(id: string, kind: abstract new () => Kind): Kind {
  const element = document.getElementById(id)
  if (element instanceof kind) return element
  throw new TypeError(`The page has no ${id}`)
}

/** A wallet's name and icon, as it says them: the name is shown as text, the icon as an image. */
interface Shown {
  readonly name: string
  readonly icon: string
}

/** Adds a button for a wallet. @param choose connects it, and returns the address that pays. */
export function showWallet({ name, icon }: Shown, choose: () => Promise<string>): void {
  byId('none', HTMLElement).hidden = true
  const button = document.createElement('button')
  const image = Object.assign(document.createElement('img'), { src: icon, alt: '' })
  button.append(image, name)
  button.addEventListener('click', async () => {
    const account = byId('account', HTMLElement)
    account.textContent = `Look at ${name} …`
    try {
      account.textContent = `Paying from ${await choose()}`
      for (const other of document.querySelectorAll('#wallets button'))
        other.setAttribute('aria-pressed', String(other === button))
    } catch (error) {
      account.textContent = error instanceof Error ? error.message : `${name} was not connected.`
    }
  })
  const item = document.createElement('li')
  item.append(button)
  byId('wallets', HTMLElement).append(item)
}

/** Lists what was bought, from the ledger. */
export async function showPurchases(bursar: Bursar): Promise<void> {
  const rows: HTMLElement[] = []
  let spent = 0n
  for await (const { offer, state, reservedAtMs } of bursar.history()) {
    if (state !== 'settled') continue
    spent += offer.cost
    const text = `${new Date(reservedAtMs).toLocaleTimeString()}: ${formatUsdc(offer.cost)} USDC`
    rows.push(Object.assign(document.createElement('li'), { textContent: text }))
  }
  byId('purchases', HTMLElement).replaceChildren(...rows)
  byId('spent', HTMLElement).textContent = rows.length === 0 ? 'Nothing' : `${formatUsdc(spent)} USDC in all`
}

/** What a visitor has to know: where the money is, and what to do. */
export function explain(error: unknown): string {
  const failure = bursarErrorOf(error, 'signer/failed')
  if (failure?.context.problem === 'declined') return 'You declined. Nothing was paid.'
  if (failure?.context.problem === 'not-connected') return 'Choose the wallet again. Nothing was paid.'
  return error instanceof Error ? error.message : 'It failed.'
}

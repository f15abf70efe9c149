import { expect, it } from 'vitest'
import { type FoundEvmWallet, findEvmWallets } from './find-evm-wallets.js'

function announced(detail: unknown): Event {
  return Object.assign(new Event('eip6963:announceProvider'), { detail })
}

function walletOf(uuid: string): FoundEvmWallet {
  const info = { uuid, name: 'A wallet', icon: 'data:image/png;base64,', rdns: 'org.example' }
  return { info, provider: { request: async () => null } }
}

it('P38: wallets that are there, and that come later, are found once each, until it ends', () => {
  const page = new EventTarget()
  const [early, late, never] = [walletOf('early'), walletOf('late'), walletOf('never')]
  page.addEventListener('eip6963:requestProvider', () => page.dispatchEvent(announced(early)))
  const found: FoundEvmWallet[] = []
  const stop = findEvmWallets((wallet) => found.push(wallet), page)
  for (const wallet of [late, late, early]) page.dispatchEvent(announced(wallet))
  stop()
  page.dispatchEvent(announced(never))
  expect(found).toEqual([early, late])
})

it('P38: what announces itself and is no wallet is passed over', () => {
  const page = new EventTarget()
  const found: FoundEvmWallet[] = []
  findEvmWallets((wallet) => found.push(wallet), page)
  const { info, provider } = walletOf('a')
  for (const detail of [
    undefined,
    null,
    7,
    {},
    { info },
    { info, provider: {} },
    { info: { uuid: 'a' }, provider }
  ])
    page.dispatchEvent(announced(detail))
  page.dispatchEvent(new Event('eip6963:announceProvider'))
  expect(found).toEqual([])
})

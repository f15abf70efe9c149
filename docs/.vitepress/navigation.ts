import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DefaultTheme } from 'vitepress'
import { root } from './site-paths.js'

type Item = DefaultTheme.SidebarItem

const page = (text: string, link: string): Item => ({ text, link })

const start: Item = {
  text: 'Start',
  items: [
    page('Getting started', '/getting-started'),
    page('How Bursar compares', '/comparison'),
    page('Moving from another client', '/migration'),
    page('Threat model', '/threat-model'),
    page('Questions', '/questions')
  ]
}

const developer: Item = {
  text: 'You write an agent',
  collapsed: true,
  items: [
    page('Your path', '/agent-developer'),
    page('Wallets', '/guides/wallets'),
    page('SDKs in your process', '/guides/sdks'),
    page('HTTP clients', '/guides/http-clients'),
    page('Images, videos, text', '/packages/generation'),
    page('MCP servers that ask for money', '/guides/mcp'),
    page('Next.js, Workers, Bun, Deno, pages', '/guides/runtimes'),
    page('One round trip', '/guides/one-round-trip'),
    page('Events and logs', '/guides/events'),
    page('Opening and closing', '/guides/closing'),
    page('Which ledger where', '/guides/ledgers'),
    page('Proxies and redirects', '/guides/network'),
    page('Permit2 and upto', '/guides/permit2'),
    page('Examples', '/examples/')
  ]
}

const operator: Item = {
  text: 'You operate',
  collapsed: true,
  items: [
    page('Your path', '/operator'),
    page('Going live', '/guides/run/going-live'),
    page('Testnet first', '/guides/testnet'),
    page('The policy', '/guides/policy'),
    page('Wallets of the command', '/guides/command-wallets'),
    page('Programs behind the proxy', '/guides/clients'),
    page('MCP in agents’ hosts', '/guides/mcp-server'),
    page('The dashboard', '/guides/dashboard'),
    page('Watching what is paid', '/guides/observability'),
    page('systemd and cron', '/guides/run/systemd-and-cron'),
    page('Docker and compose', '/guides/run/containers'),
    page('Kubernetes', '/guides/run/kubernetes'),
    page('Backup and restore', '/guides/run/backup'),
    page('Rotating a key', '/guides/rotating-a-key')
  ]
}

const tester: Item = {
  text: 'You test',
  collapsed: true,
  items: [
    page('Your path', '/tester'),
    page('Testing an agent or a server', '/guides/testing'),
    page('The local server', '/packages/gateway'),
    page('The local chains', '/packages/localchain'),
    page('Test networks', '/guides/testnet')
  ]
}

const author: Item = {
  text: 'You offer a service',
  collapsed: true,
  items: [
    page('Your path', '/service-author'),
    page('A service of your own', '/guides/your-own-service'),
    page('Sellers that are paid', '/guides/sellers'),
    page('What services are held to', '/conformance/katana'),
    page('Their samples, as they run', '/document-samples')
  ]
}

const reference: Item = {
  text: 'Reference',
  collapsed: true,
  items: [
    page('Every name you can import', '/reference/'),
    page('Errors', '/errors'),
    page('The command', '/packages/cli'),
    page('The command in scripts', '/command'),
    page('Policy', '/guides/policy'),
    page('Runtimes', '/readme#where-it-runs'),
    page('Parameters of the APIs', '/guides/parameters'),
    page('How fast it is', '/performance'),
    page('Architecture', '/architecture'),
    page('Decisions', '/decisions/'),
    page('Security', '/security'),
    page('Contributing', '/contributing'),
    page('Changes', '/changelog')
  ]
}

const packages: Item = {
  text: 'Packages',
  collapsed: true,
  items: readdirSync(resolve(root, 'packages')).map((name) =>
    page(name === 'bursar' ? name : `@bursar/${name}`, `/packages/${name}`)
  )
}

/** The column at the left of each page. */
export const sidebar: Item[] = [start, developer, operator, tester, author, reference, packages]

/** The line at the top of each page. */
export const navigation: DefaultTheme.NavItem[] = [
  { text: 'Getting started', link: '/getting-started' },
  {
    text: 'Guides',
    items: [
      { text: 'You write an agent', link: '/agent-developer' },
      { text: 'You operate', link: '/operator' },
      { text: 'You test', link: '/tester' },
      { text: 'You offer a service', link: '/service-author' }
    ]
  },
  { text: 'Reference', link: '/reference/' },
  { text: 'Errors', link: '/errors' }
]

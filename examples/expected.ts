/** What an example prints, and what the chain and the ledger say after it. */
export interface Expected {
  readonly name: string
  /** What its output holds, in this order. */
  readonly prints: readonly RegExp[]
  /** The payments on its chain, in decimal USDC, oldest first. */
  readonly payments: readonly string[]
  /** How many purchases the ledger has that no signature paid: texts, from a prepaid balance. Default: none. */
  readonly fromBalance?: number
  /** Default: Base. */
  readonly chain?: 'solana'
}

const TOP_UP = '0.503938'
const LEFT = /0\.5 USDC, of which 0\.49\d+ are left/
const transaction = /0x[0-9a-f]{64}/

/** A row for each of the examples. */
export const expected: readonly Expected[] = [
  {
    name: 'fetch',
    prints: [
      /asks 0\.01 USDC\. Nothing is paid/,
      /"report":"paid"/,
      /cost 0\.01 USDC \(settled\)/,
      transaction
    ],
    payments: ['0.01']
  },
  {
    name: 'solana',
    prints: [
      /"report":"paid"/,
      /0\.01 USDC on Solana \(settled\)/,
      /signature is \w{80,}/,
      /4\.99 USDC left/
    ],
    payments: ['0.01'],
    chain: 'solana'
  },
  { name: 'openai', prints: [/says: a text that was paid for/, LEFT], payments: [TOP_UP], fromBalance: 1 },
  {
    name: 'anthropic',
    prints: [/says: a message that was paid for/, LEFT],
    payments: [TOP_UP],
    fromBalance: 1
  },
  {
    name: 'vercel-ai',
    prints: [/says: a generated text that was paid for/, /used \d+ tokens/, LEFT],
    payments: [TOP_UP],
    fromBalance: 1
  },
  {
    name: 'langchain',
    prints: [/says: the first link is paid/, /says: the second link is paid/, LEFT],
    payments: [TOP_UP],
    fromBalance: 2
  },
  {
    name: 'seller-and-buyer',
    prints: [/"degrees":21/, /paid 0\.02 USDC \(settled\)/, /received it: true/, transaction],
    payments: ['0.02']
  },
  {
    name: 'mcp-paid-tool',
    prints: [/Sunny, 24 degrees/, /cost 0\.03 USDC \(settled\)/, /received it: true/, transaction],
    payments: ['0.03']
  },
  {
    name: 'mcp-host',
    prints: [
      /tools: .*pay_url/,
      /quote:/,
      /price.*0\.01 USDC/,
      /pay_url:\n/,
      /paid.*0\.01 USDC on eip155:8453/,
      /left/,
      /history:/,
      /cost.*0\.01 USDC/,
      /settled/
    ],
    payments: ['0.01']
  },
  {
    name: 'top-up-cron',
    prints: [
      /Hour 1:/,
      /0\.5 USDC were credited/,
      /0\.503938 USDC paid/,
      /Hour 2:/,
      /0\.5 USDC are on the balance\. Nothing/
    ],
    payments: [TOP_UP]
  },
  {
    name: 'many-machines',
    prints: [/Machine \w+ bought \d/, /Together they bought 5 reports for 0\.05 USDC/],
    payments: ['0.01', '0.01', '0.01', '0.01', '0.01']
  },
  {
    name: 'image-job',
    prints: [
      /accepted and paid for/,
      /killed \(SIGKILL\)/,
      /image is at .*\.png/,
      /exit code 0/,
      /cover-of-issue-42, for [\d.]+ USDC: settled/
    ],
    payments: ['0.019538']
  },
  {
    name: 'limits-and-pins',
    prints: [
      /limit of 0\.001: offer\/over-limit\./,
      /above the limit "payment" of 0\.001 USD.* moved: none\./,
      /first report: bought/,
      /another payee: offer\/payee-refused\./,
      /asks to be paid at 0x.*, and was at 0x.* moved: none\./,
      /twice the price: offer\/over-limit\./,
      /asks 0\.02 USDC, and last 0\.01\..* moved: none\./,
      /second report: bought/,
      /third report: bought/,
      /fourth.*: offer\/over-limit\./,
      /of 0\.03 USD, of which 0\.03 is spent.* moved: none\./,
      /frozen: ledger\/frozen\./,
      /Payments are frozen: the key may be known\..* moved: none\./
    ],
    payments: ['0.01', '0.01', '0.01']
  },
  {
    name: 'events-to-logs',
    prints: [/"type":"reserved"/, /"type":"signed"/, /"type":"settled"/, /one report for one payment/],
    payments: ['0.01']
  },
  {
    name: 'lost-answer',
    prints: [/signed, and on the disk/, /same bytes are sent again/, /"report":"paid"/, /0\.01 USDC, once/],
    payments: ['0.01']
  }
]

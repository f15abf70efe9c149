import type { Io } from '../io.js'

/** Where a service speaks which API, and where its key is looked for. */
interface Place {
  readonly host: string
  readonly openai: string
  readonly claude?: string
  readonly key: string
}

const places: Readonly<Record<string, Place>> = {
  openclaw: {
    host: 'https://token.openclaw-token.shop',
    openai: 'https://token.openclaw-token.shop/v1',
    claude: 'https://token.openclaw-token.shop',
    key: 'OPENCLAW_API_KEY'
  },
  tokenhot: {
    host: 'https://api.tokenhot.cn',
    openai: 'https://api.tokenhot.cn/v1',
    key: 'TOKENHOT_API_KEY'
  },
  tokenhub: {
    host: 'https://tokenhub.store',
    openai: 'https://tokenhub.store/api/v1',
    key: 'TOKENHUB_API_KEY'
  }
}

/** Tells what to export for a program, with the name of the key and never the key. @throws {TypeError} */
export function settings(io: Io, program: string, { service }: { readonly service: string }): void {
  const place = places[service]
  if (!place) throw new TypeError(`--service is ${Object.keys(places).join(', ')}`)
  if (program !== 'claude' && program !== 'openai') throw new TypeError('The program is claude or openai')
  const own = io.env[`${service.toUpperCase()}_URL`]
  const url =
    own && place[program] ? place[program].replace(place.host, own.replace(/\/+$/, '')) : place[program]
  if (url === undefined) throw new TypeError(`${service} does not speak the API of ${program}`)
  const name = program === 'claude' ? 'ANTHROPIC' : 'OPENAI'
  io.out(`export ${name}_BASE_URL="${url}"\nexport ${name}_API_KEY="$${place.key}"\n`)
  io.tell('What such a program spends is billed by the service, and is in no record of ours.\n')
}

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/** Where an official SDK declares what a request of an endpoint may hold. */
interface Declaration {
  readonly sdk: keyof typeof mains
  readonly file: string
  readonly type: string
}

/** The endpoints, and the types of the official SDKs that list their parameters. */
const declarations: Readonly<Record<string, readonly Declaration[]>> = {
  '/v1/responses': [
    { sdk: 'openai', file: 'resources/responses/responses.d.ts', type: 'ResponseCreateParamsBase' }
  ],
  '/v1/chat/completions': [
    {
      sdk: 'openai',
      file: 'resources/chat/completions/completions.d.ts',
      type: 'ChatCompletionCreateParamsBase'
    }
  ],
  '/v1/images/generations': [
    { sdk: 'openai', file: 'resources/images.d.ts', type: 'ImageGenerateParamsBase' }
  ],
  '/v1/images/edits': [{ sdk: 'openai', file: 'resources/images.d.ts', type: 'ImageEditParamsBase' }],
  '/v1/videos': [{ sdk: 'openai', file: 'resources/videos.d.ts', type: 'VideoCreateParams' }],
  '/v1/messages': [
    {
      sdk: '@anthropic-ai/sdk',
      file: 'resources/messages/messages.d.ts',
      type: 'MessageCreateParamsBase'
    },
    {
      sdk: '@anthropic-ai/sdk',
      file: 'resources/beta/messages/messages.d.ts',
      type: 'MessageCreateParamsBase'
    }
  ],
  '/v1/messages/count_tokens': [
    {
      sdk: '@anthropic-ai/sdk',
      file: 'resources/messages/messages.d.ts',
      type: 'MessageCountTokensParams'
    },
    {
      sdk: '@anthropic-ai/sdk',
      file: 'resources/beta/messages/messages.d.ts',
      type: 'MessageCountTokensParams'
    }
  ]
}

const require = createRequire(import.meta.url)
const mains = { openai: require.resolve('openai'), '@anthropic-ai/sdk': require.resolve('@anthropic-ai/sdk') }

/** What the SDKs send as headers. */
const headers: ReadonlySet<string> = new Set(['betas'])

/** The parameters that the reference lists for an endpoint, as the official SDK declares them. */
export function referenceOf(path: string): readonly string[] {
  const names = (declarations[path] ?? []).flatMap(membersOf)
  return [...new Set(names)].filter((name) => !headers.has(name))
}

function membersOf({ sdk, file, type }: Declaration): readonly string[] {
  const root = dirname(mains[sdk])
  const text = readFileSync(join(root, file), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
  const found = source.statements.find(
    (each): each is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(each) && each.name.text === type
  )
  if (!found) throw new TypeError(`${sdk} declares no ${type} in ${file}`)
  return found.members.flatMap(({ name }) => (name && ts.isIdentifier(name) ? [name.text] : []))
}

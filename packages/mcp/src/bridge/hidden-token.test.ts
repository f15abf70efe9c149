import { expect, it } from 'vitest'
import { HiddenToken } from './hidden-token.js'

const token = 'a+token/of=the+operator'
const dotNet = (value: unknown) => JSON.stringify(value).replaceAll('+', '\\u002B')
const pageOf = (text: string) => text.replaceAll(/[&<>"'+]/g, (found) => `&#${found.charCodeAt(0)};`)
const php = (value: unknown) => JSON.stringify(value).replaceAll('/', '\\/')

it.each([
  ['.NET', dotNet],
  ['PHP', php],
  ['JavaScript', (value: unknown) => JSON.stringify(value)]
])(
  'a token is hidden in JSON within JSON within JSON, as %s writes it, and the JSON can be read',
  (_, write) => {
    const said = write({ content: write({ echo: write({ token }) }) })
    const { content } = JSON.parse(new HiddenToken(token).hide(said))
    expect(JSON.parse(JSON.parse(content).echo)).toEqual({ token: '[token]' })
  }
)

it.each([
  ['a text as JSON has it', (value: string) => JSON.stringify(value)],
  ['a URL', encodeURIComponent],
  ['a URL in a URL', (value: string) => encodeURIComponent(encodeURIComponent(value))],
  ['a page', pageOf],
  ['a page in the JSON of .NET', (value: string) => dotNet(pageOf(value)).replaceAll('&', '\\u0026')],
  ['itself', (value: string) => value]
])('a token that looks like a spelling is hidden in %s', (_, write) => {
  for (const odd of [
    '100%25-of-it',
    'me&amp;you&',
    'C:\\\\data\\x',
    '\\u002Bplus',
    '%%%%%%%%',
    'é+é-or-%C3%A9'
  ]) {
    const hidden = new HiddenToken(odd)
    const shown = hidden.hide(`a ${write(odd)} b`)
    expect(shown).toMatch(/^a "?\[token\]"? b$/)
  }
})

it('a text in pieces is hidden as the whole text is, wherever it is cut', () => {
  const hidden = new HiddenToken(token)
  const text = `+a+token ${[dotNet({ token }), php(dotNet({ token })), encodeURIComponent(token)].join(' ')} a+to`
  for (let cut = 0; cut <= text.length; cut++) {
    const { shown, rest } = hidden.hideIn(text.slice(0, cut))
    expect(shown + hidden.hide(rest + text.slice(cut))).toBe(hidden.hide(text))
  }
})

it('a token that ends in a backslash is hidden with what JSON writes before it, wherever the text is cut', () => {
  const hidden = new HiddenToken('C:\\\\tokens\\')
  const text = JSON.stringify({ at: 'C:\\\\tokens\\', to: 1 })
  for (let cut = 0; cut <= text.length; cut++) {
    const { shown, rest } = hidden.hideIn(text.slice(0, cut))
    expect(shown + hidden.hide(rest + text.slice(cut))).toBe('{"at":"[token]","to":1}')
  }
})

it('a token is hidden beside what could be the beginning of one', () => {
  const hidden = new HiddenToken('%12345678')
  expect(hidden.hide('%%12345678')).toBe('%[token]')
})

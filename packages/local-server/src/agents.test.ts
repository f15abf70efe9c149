import { describe, expect, it } from 'vitest'
import { Agents } from './agents.js'
import { newToken } from './token.js'

const token = 'a-token-of-the-tests'

describe('agents', () => {
  it('are found by the token in either of the two headers that clients use', () => {
    const other = newToken()
    const agents = new Agents([
      { name: 'one', token },
      { name: 'two', token: other }
    ])
    expect(agents.nameOf({ authorization: `Bearer ${token}` })).toBe('one')
    expect(agents.nameOf({ authorization: `bearer  ${other}` })).toBe('two')
    expect(agents.nameOf({ 'x-api-key': token })).toBe('one')
  })

  it('C16: are found whatever is in the other header', () => {
    const agents = new Agents([{ name: 'one', token }])
    expect(agents.nameOf({ authorization: 'Bearer sk-ant-foreign', 'x-api-key': token })).toBe('one')
    expect(agents.nameOf({ authorization: `Bearer ${token}`, 'x-api-key': 'sk-ant-foreign' })).toBe('one')
    expect(agents.nameOf({ authorization: 'Basic YTpi', 'x-api-key': token })).toBe('one')
    expect(agents.nameOf({ authorization: 'Bearer a', 'x-api-key': 'b' })).toBeUndefined()
  })

  it('are not found without a token, by a part of one, or by a longer one', () => {
    const agents = new Agents([{ name: 'one', token }])
    for (const wrong of ['', token.slice(0, -1), `${token}x`, 'one'])
      expect(agents.nameOf({ authorization: `Bearer ${wrong}` })).toBeUndefined()
    expect(agents.nameOf({})).toBeUndefined()
    expect(agents.nameOf({ authorization: `Basic ${token}` })).toBeUndefined()
  })

  it('need names and tokens of their own', () => {
    const agent = { name: 'one', token }
    const wrong: [AgentList: Parameters<typeof agentsOf>[0], message: string][] = [
      [[], 'at least one agent'],
      [[{ name: 'a b', token }], '"a b" must be'],
      [[{ name: '', token }], 'agents[0].name: "" must be 1 to 64'],
      [[agent, { name: 'two', token: 'short' }], 'agents[1].token is shorter than 16'],
      [
        [{ ...agent, token: 'four words of a token' }],
        'agents[0].token must be letters, digits and signs of ASCII'
      ],
      [
        [{ ...agent, token: 'schlüssel-der-tests' }],
        'agents[0].token must be letters, digits and signs of ASCII'
      ],
      [[agent, { ...agent, token: newToken() }], 'share one name'],
      [[agent, { ...agent, name: 'two' }], 'share one token']
    ]
    for (const [list, message] of wrong) expect(() => agentsOf(list)).toThrow(message)
  })

  it.each<[unknown, string]>([
    [[{ token }], 'agents[0].name: a name must be 1 to 64'],
    [[{ name: 'one' }], 'agents[0].token must be text (its value is not shown)'],
    [[{ name: 'one', token, limit: {} }], 'agents[0].limit is not an option; did you mean agents[0].limits?'],
    [[{ name: 'one', token, limits: { dya: '1' } }], 'did you mean agents[0].limits.day?'],
    [{}, 'agents must be a list, not an object'],
    [['one'], 'agents[0] must be an object, not "one"']
  ])('%# %o is a TypeError that names what is wrong', (list, message) => {
    expect(() => Reflect.construct(Agents, [list])).toThrow(message)
    expect(() => Reflect.construct(Agents, [list])).toThrow(TypeError)
  })

  it('have tokens that are hard to guess and differ', () => {
    const tokens = Array.from({ length: 20 }, newToken)
    expect(new Set(tokens).size).toBe(20)
    for (const each of tokens) expect(each).toMatch(/^bursar_[\w-]{32}$/)
  })
})

function agentsOf(list: ConstructorParameters<typeof Agents>[0]): Agents {
  return new Agents(list)
}

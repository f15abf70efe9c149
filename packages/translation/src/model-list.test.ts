import { expect, it } from 'vitest'
import { modelInPath } from './model-list.js'

const names = ['claude-sonnet-4-6', 'anthropic/claude-opus-4.7']

it.each([
  ['claude-sonnet-4-6', 'claude-sonnet-4-6', true],
  ['claude-sonnet-4-6-20260101', 'claude-sonnet-4-6-20260101', true],
  ['anthropic%2Fclaude-opus-4.7', 'anthropic/claude-opus-4.7', true],
  ['claude-opus-4-7', 'claude-opus-4-7', true],
  ['claude-haiku-4-5', 'claude-haiku-4-5', false],
  ['%zz', '', false],
  ['', '', false]
])('C11, C36: a model is asked after as %s, the name that requests may have', (encoded, asked, isKnown) => {
  expect(modelInPath(encoded, names)).toEqual({ asked, isKnown })
})

import { expect, it } from 'vitest'
import { resolveModel } from './model-name.js'

const listed = ['claude-sonnet-4-6', 'claude-haiku-4-5', 'gpt-5-4', 'gpt-5-4-mini', 'qwen3-6-flash', 'gen']

it.each([
  ['claude-haiku-4-5-20251001', 'claude-haiku-4-5'],
  ['claude-haiku-4-5@20251001', 'claude-haiku-4-5'],
  ['gpt-5-4-2026-03-05', 'gpt-5-4'],
  ['claude-sonnet-4.6', 'claude-sonnet-4-6'],
  ['anthropic/claude-sonnet-4.6', 'claude-sonnet-4-6'],
  ['openrouter/anthropic/claude-sonnet-4-6', 'claude-sonnet-4-6'],
  ['claude-sonnet-4-6[1m]', 'claude-sonnet-4-6'],
  ['anthropic/claude-haiku-4.5-20251001[1m]', 'claude-haiku-4-5'],
  ['Qwen3.6-Flash', 'qwen3-6-flash'],
  ['gpt-5.4-mini', 'gpt-5-4-mini']
])('C11: %s means %s', (asked, model) => {
  expect(resolveModel(asked, listed)).toBe(model)
})

it.each([
  'claude-opus-4-8',
  'claude-sonnet-4-5',
  'claude-sonnet-4',
  'claude-sonnet-4-6-mini',
  'claude-sonnet-4-6-99999999',
  'gpt-5',
  'x',
  '',
  '/',
  '[1m]'
])('C11: %o resembles nothing, and means no other model', (asked) => {
  expect(resolveModel(asked, listed)).toBeUndefined()
})

it('C11: takes the listed name as it is, then the same date, then none, then the newest', () => {
  const dated = ['m-20250101', 'm-20260101']
  expect(resolveModel('m-20250101', [...dated, 'm'])).toBe('m-20250101')
  expect(resolveModel('a/m-2025-01-01', [...dated, 'm'])).toBe('m-20250101')
  expect(resolveModel('m-20240101', [...dated, 'm'])).toBe('m')
  expect(resolveModel('m', dated)).toBe('m-20260101')
})

it('C11: keeps providers apart', () => {
  expect(resolveModel('openai/m', ['anthropic/m'])).toBeUndefined()
  expect(resolveModel('m', ['anthropic/m', 'openai/m'])).toBeUndefined()
  expect(resolveModel('openai/m', ['anthropic/m', 'openai/M'])).toBe('openai/M')
  expect(resolveModel('m', ['openai/m'])).toBe('openai/m')
})

import type { JsonObject } from '@bursar/core'
import { describe, expect, it } from 'vitest'
import { findHostedTool } from './hosted-tools.js'

describe('tools that the service runs, and bills beside the tokens', () => {
  it.each<[string, JsonObject]>([
    ['web_search_options', { web_search_options: {} }],
    ['search_parameters', { search_parameters: { mode: 'auto' } }],
    ['plugins', { plugins: [] }],
    ['mcp_servers', { mcp_servers: [{ url: 'https://a.example' }] }],
    ['web_search', { tools: [{ type: 'web_search' }] }],
    [
      'web_search_20250305',
      { tools: [{ type: 'function' }, { type: 'web_search_20250305', name: 'web_search' }] }
    ],
    ['code_execution', { tools: [{ type: 'code_execution' }] }],
    ['google_search', { tools: [{ google_search: {} }] }],
    ['web_search', { tools: [{ type: 'namespace', tools: [{ type: 'function' }, { type: 'web_search' }] }] }],
    ['web_search', { input: [{ type: 'additional_tools', tools: [{ type: 'web_search' }] }] }],
    ['code_interpreter', { input: [{ type: 'tool_search_output', tools: [{ type: 'code_interpreter' }] }] }],
    ['tool_search', { tools: [{ type: 'tool_search' }] }],
    ['tool_search', { tools: [{ type: 'tool_search', execution: 'server' }] }],
    ['googleSearch', { tools: [{ functionDeclarations: [], googleSearch: {} }] }]
  ])('%s is found', (name, body) => {
    expect(findHostedTool(body)).toBe(name)
  })

  it.each<[string, JsonObject]>([
    ['none', {}],
    ['a function', { tools: [{ type: 'function', function: { name: 'web_search' } }] }],
    ['a custom tool', { tools: [{ type: 'custom', name: 'f' }] }],
    [
      'a shell of the caller’s',
      { tools: [{ type: 'local_shell' }, { type: 'bash_20250124', name: 'bash' }] }
    ],
    ['an editor of the caller’s', { tools: [{ type: 'text_editor_20250728', name: 'e' }] }],
    ['Codex’s functions in a namespace', { tools: [{ type: 'namespace', tools: [{ type: 'function' }] }] }],
    ['Codex’s own search', { tools: [{ type: 'tool_search', execution: 'client' }] }],
    [
      'Codex’s tools in its input',
      {
        input: [
          'x',
          { type: 'additional_tools', tools: [{ type: 'namespace', tools: [{ type: 'custom' }] }] }
        ]
      }
    ],
    ['Anthropic’s own shape', { tools: [{ name: 'web_search', input_schema: {} }] }],
    ['Gemini’s declarations', { tools: [{ function_declarations: [] }, { functionDeclarations: [] }] }],
    ['a field without a value', { web_search_options: null, plugins: null }],
    ['tools that are no list', { tools: 'web_search' }]
  ])('%s is not one', (_, body) => {
    expect(findHostedTool(body)).toBeUndefined()
  })
})

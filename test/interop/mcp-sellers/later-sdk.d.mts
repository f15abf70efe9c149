import type { McpServer } from '@modelcontextprotocol/server'

export declare const payments: string[]
export declare function newSeller(): McpServer

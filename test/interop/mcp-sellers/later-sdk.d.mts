import type { CallToolResult, McpServer } from '@modelcontextprotocol/server'

export declare const asks: CallToolResult
export declare function sold(content: CallToolResult['content']): CallToolResult
export declare const payments: string[]
export declare function newSeller(): McpServer

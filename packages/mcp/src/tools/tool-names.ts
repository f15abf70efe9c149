/** The tools that there are. */
export const toolNames = [
  'quote',
  'pay_url',
  'generate_image',
  'generate_video',
  'generate_text',
  'check_job',
  'models',
  'balance',
  'history',
  'top_up'
] as const

/** The name of a tool. */
export type ToolName = (typeof toolNames)[number]

/** Tools that are offered where the operator names none. A top-up is not one of them. */
export const defaultTools: readonly ToolName[] = toolNames.filter((name) => name !== 'top_up')

import * as z from 'zod'

/** What every verb prints with `--json` when it fails: instead of its document, or as the last line of JSON Lines. */
export const errorDocument = z.strictObject({
  error: z.strictObject({
    code: z
      .string()
      .regex(/^[a-z]+\/[a-z-]+$/)
      .describe(
        'of bursar explain; command/usage, command/output, command/interrupted and command/failed are of the command'
      ),
    exitCode: z.int().min(1).max(255),
    money: z
      .enum(['none', 'reserved', 'signed', 'sent', 'settled', 'unknown'])
      .describe('where the money of the call was'),
    message: z.string().describe('what happened and what to do, for people'),
    verb: z.string().nullable().describe('the words of the verb; null where there is none of these words'),
    docs: z.string().describe('the file of an installed package that explains the code, and the place in it'),
    context: z
      .record(z.string(), z.unknown())
      .describe('what the code is about, by name; empty for codes of the command')
  })
})

/** An error as `--json` prints it. */
export type ErrorDocument = z.infer<typeof errorDocument>

/** Params of actions for which example-params.ts finds none by itself. */
export const EXAMPLES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {};

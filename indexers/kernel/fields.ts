/** How a field of a document can be asked for: the words of which mappings are made. */

/** Filtered and counted by as a whole. */
export const keyword = { type: "keyword" } as const;
export const integer = { type: "integer" } as const;
export const long = { type: "long" } as const;
export const date = { type: "date" } as const;
export const flag = { type: "boolean" } as const;
/** A text that is given back and never asked for. */
export const shown = { type: "keyword", index: false, doc_values: false } as const;
/** An object, or a list of them, that is given back as it is and never asked for. */
export const kept = { type: "object", enabled: false } as const;

/** The code of a mail's link. It stands behind the `#`, which no server ever sees. */
export const codeInAddress = (): string => new URLSearchParams(location.hash.slice(1)).get("code") ?? "";

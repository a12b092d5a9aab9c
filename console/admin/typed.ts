/** What is typed into one field, read as several things. Pure. */

/** With commas between; each once. */
export const several = (text: string): string[] => [
  ...new Set(
    text
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== ""),
  ),
];

/** Of a product its id, or its page's address. */
export const productIn = (text: string): string => text.trim().replace(/^.*\/product\//, "");

export const productsIn = (text: string): string[] => [...new Set(several(text).map(productIn))];

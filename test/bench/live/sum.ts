/** A table as one short word, to be compared across processes. */
import { hash } from "node:crypto";
import { canonical } from "../../../models/kernel/canonical";

export const sumOf = (cells: object): string => hash("sha256", canonical(cells), "hex").slice(0, 16);

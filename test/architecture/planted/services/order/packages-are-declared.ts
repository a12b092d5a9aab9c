import type { Collection } from "mongodb";

export type Rows = Collection;

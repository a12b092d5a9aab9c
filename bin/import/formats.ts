/** Every format that can be imported. A further one is a file and a line here. */
import { icecat } from "./icecat.import";
import { jsonl } from "./jsonl.import";
import type { Format } from "./record";

export const formats: readonly Format[] = [jsonl, icecat];

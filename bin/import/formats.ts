/** Every format that can be imported. A further one is a file and a line here. */
import { bestbuy } from "./bestbuy.import";
import type { Format } from "./entry";
import { icecat } from "./icecat.import";
import { jsonl } from "./jsonl.import";
import { pricerunner } from "./pricerunner.import";
import { saleor } from "./saleor.import";

export const formats: readonly Format[] = [jsonl, icecat, bestbuy, pricerunner, saleor];

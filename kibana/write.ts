/** Writes `stoa.ndjson` beside this file: `node -r ./test/support/from-source.js kibana/write.ts`. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { dashboards, panels } from "./panels/all";
import { ndjson } from "./saved-objects";

writeFileSync(path.join(__dirname, "stoa.ndjson"), ndjson(panels, dashboards));

/** The program of the thread of delivery: what it loads comes from what an earlier one compiled. */
import path from "node:path";
import { useCompiled } from "../compiled/compiled";

useCompiled({ program: "delivery" });
void import(path.join(__dirname, "delivery-thread"));

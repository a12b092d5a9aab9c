/** The death of the search engine in a process of its own, so that it can be given the heap of a mall. */
import { playPressure, type PressureOptions } from "./pressure";

playPressure(JSON.parse(process.argv[2] ?? "{}") as PressureOptions)
  .then((found) => {
    console.log(JSON.stringify(found));
  })
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });

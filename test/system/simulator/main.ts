import { runSeed } from "./run";
async function main(): Promise<void> {
  const from = Number(process.argv[2] ?? 1);
  const count = Number(process.argv[3] ?? 20);
  const began = process.hrtime.bigint();
  for (let seed = from; seed < from + count; seed++) {
    const o = await runSeed({ seed, ...(process.argv[4] && { log: (l: string) => console.log(l) }) });
    if (o.violations.length || count <= 5) console.log(seed, o.commands, o.steps, JSON.stringify([...o.faults]), o.violations);
  }
  console.log(Number(process.hrtime.bigint() - began) / 1e6 / count, "ms per run");
}
void main();

/** Reads the files of a protocol and cuts them: what an evaluation begins with. */
import { namesOf, orderOf, readCases, readLines, readUsers, renumbered } from "./sequence-file";
import { countOf, repeatShareOf } from "./sequences";
import { bySession, leaveOneOut, type Problem } from "./split";

export type Protocol = "leave-one-out" | "session";

export interface Files {
  readonly protocol: Protocol;
  readonly file: string;
  /** Cases of the session protocol. */
  readonly test?: string;
  readonly seed: number;
}

export interface Read {
  readonly problem: Problem;
  /** What was read, in words. */
  readonly told: string;
  /** Whether people come back to what they had: then it may be proposed again, by every model. */
  readonly repeats: boolean;
  /** How many of an order are judged. */
  readonly first: number;
}

/** Fewer repeats than this are accidents. */
const REPEATS_MIN = 0.01;

async function readUsersProblem({ file, seed }: Files): Promise<{ problem: Problem; told: string }> {
  const items = namesOf("items");
  const { form, sequences } = await readUsers(file, items);
  const problem = leaveOneOut(renumbered(sequences, orderOf(items, seed)), items.size());
  const how = form === "pairs" ? "a pair a line" : "a user a line";
  const many = `${countOf(sequences)} users × ${items.size()} items, ${sequences.items.length} interactions`;
  return { problem, told: `${many} (${how})` };
}

async function readSessionProblem({ file, test, seed }: Files): Promise<{ problem: Problem; told: string }> {
  if (test === undefined) throw new Error("The session protocol needs --test FILE with lines `prefix<TAB>target`.");
  const items = namesOf("items");
  const sessions = await readLines(file, items, 0);
  const cases = await readCases(test, items);
  const order = orderOf(items, seed);
  const judged = {
    prefixes: renumbered(cases.prefixes, order),
    targets: cases.targets.map((item) => order[item] as number),
  };
  const problem = bySession(renumbered(sessions, order), judged, { itemCount: items.size(), seed });
  const told = `${countOf(sessions)} sessions × ${items.size()} items, ${cases.targets.length} cases to judge`;
  return { problem, told };
}

/** @throws Error when the file is empty, too large, or holds nothing that can be judged */
export async function readProtocol(files: Files): Promise<Read> {
  const session = files.protocol === "session";
  const { problem, told } = await (session ? readSessionProblem(files) : readUsersProblem(files));
  if (problem.test.targets.length === 0) throw new Error("There are no cases to judge.");
  return { problem, told, repeats: repeatShareOf(problem.train) >= REPEATS_MIN, first: session ? 20 : 10 };
}

/**
 * Passwords are hashed with argon2id on the thread pool, a few at a time: each takes 19 MiB and tens of milliseconds
 * of a core, so that a flood of log-ins must wait in a line that ends, and never stops what else the process does.
 */
import { hash, parseOptions, verify, type Options } from "@node-rs/argon2";
import { refuseKernel } from "../../models/kernel/refusal";
import { createTurns } from "../../models/kernel/turns";

/** The first choice of OWASP's password storage cheat sheet for argon2id (19 MiB, two passes, one lane). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } satisfies Options;
/** `Argon2id` of a const enum, which a compiler that works file by file cannot see. */
const ARGON2ID = 2;

export interface Passwords {
  /** In PHC form: `$argon2id$v=19$m=19456,…`. @throws MAILBOX_FULL when too many wait */
  hash(password: string): Promise<string>;
  /** Against nothing it takes as long as against a hash, and is false. @throws MAILBOX_FULL when too many wait */
  verify(stored: string | null, password: string): Promise<boolean>;
  /** True for a hash that was made at another cost: hash the password again when it is known. */
  outdated(stored: string): boolean;
}

export interface PasswordsOptions {
  /** Hashes computed at a time. */
  readonly concurrencyMax?: number;
  /** Hashes that may wait. */
  readonly waitingMax?: number;
}

/** Lets `max` run at a time and `waitingMax` wait. */
function createGate(max: number, waitingMax: number): <T>(work: () => Promise<T>) => Promise<T> {
  const turns = createTurns(max);
  let here = 0;
  return async (work) => {
    if (here >= max + waitingMax) {
      refuseKernel("MAILBOX_FULL", `${waitingMax} log-ins wait for this node already; try again in a moment.`);
    }
    here += 1;
    try {
      return await turns(work);
    } finally {
      here -= 1;
    }
  };
}

export function createPasswords({ concurrencyMax = 2, waitingMax = 200 }: PasswordsOptions = {}): Passwords {
  const gate = createGate(concurrencyMax, waitingMax);
  const options = { ...COST, algorithm: ARGON2ID };
  let nobodys: Promise<string> | undefined;
  return {
    hash: (password) => gate(() => hash(password, options)),
    async verify(stored, password) {
      nobodys ??= hash("nobody has this password", options);
      const against = stored ?? (await nobodys);
      const right = await gate(() => verify(against, password));
      return right && stored !== null;
    },
    outdated(stored) {
      const { memoryCost, timeCost, parallelism, algorithm } = parseOptions(stored);
      const same = memoryCost === COST.memoryCost && timeCost === COST.timeCost && parallelism === COST.parallelism;
      return !same || (algorithm as number) !== ARGON2ID;
    },
  };
}

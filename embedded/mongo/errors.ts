/**
 * Errors as a MongoDB client knows them: a number that programs test, a name, and a sentence for a person.
 * `Refused` is thrown for everything that this server cannot do as mongod does it: it never guesses.
 */
const names: Record<number, string> = {
  2: "BadValue",
  9: "FailedToParse",
  14: "TypeMismatch",
  20: "IllegalOperation",
  26: "NamespaceNotFound",
  27: "IndexNotFound",
  28: "PathNotViable",
  40: "ConflictingUpdateOperators",
  43: "CursorNotFound",
  48: "NamespaceExists",
  59: "CommandNotFound",
  66: "ImmutableField",
  67: "CannotCreateIndex",
  72: "InvalidOptions",
  73: "InvalidNamespace",
  85: "IndexOptionsConflict",
  86: "IndexKeySpecsConflict",
  115: "CommandNotSupported",
  121: "DocumentValidationFailure",
  171: "CannotIndexParallelArrays",
  292: "QueryExceededMemoryLimitNoDiskUseAllowed",
  10334: "BSONObjectTooLarge",
  11000: "DuplicateKey",
  14031: "OutOfDiskSpace",
  17280: "KeyTooLong",
};

/** An answer `{ ok: 0, code, codeName, errmsg }`; `extra` is added to it (keyPattern and keyValue of a duplicate). */
export class CommandError extends Error {
  readonly codeName: string;
  constructor(
    readonly code: number,
    message: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
    this.codeName = names[code] ?? `Location${code}`;
  }
}

/** What this server does not do. Code 115 unless MongoDB has a better one. */
export class Refused extends CommandError {
  constructor(what: string, code = 115) {
    super(code, `${what} is not supported by the embedded MongoDB. Set MONGODB_URL to use a real mongod.`);
  }
}

/** The store itself failed (disk full, broken file): the whole transaction is undone and every command in it told. */
export class StorageError extends CommandError {
  constructor(cause: unknown) {
    super(14031, `The data folder could not be written (${cause instanceof Error ? cause.message : String(cause)}).`);
  }
}

export function toCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  return new CommandError(2, error instanceof Error ? error.message : String(error));
}

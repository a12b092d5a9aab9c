// What is said when the system lacks something: what it is for, the exact command to type, and the way round it.

export interface Missing {
  /** The thing, as a person knows it. */
  readonly what: string;
  readonly purpose: string;
  /** Commands that would install it here; empty when the system's packages have none. */
  readonly commands: readonly string[];
  /** Where none of them works, or another way is wanted. */
  readonly wayRound: string;
}

export class MissingRequirement extends Error {
  constructor(readonly missing: Missing) {
    super(sentence(missing));
    this.name = "MissingRequirement";
  }
}

export function sentence({ what, purpose, commands, wayRound }: Missing): string {
  const install = commands.length === 0 ? "" : `\nInstall it with:\n${commands.map((line) => `  ${line}`).join("\n")}`;
  return `${what} is missing; ${purpose}.${install}\n${wayRound}`;
}

export const roundElasticsearch =
  "Or do without it: set ELASTICSEARCH_URL to a server that runs elsewhere, or have Docker run one: " +
  "docker compose up -d elasticsearch, then ELASTICSEARCH_URL=http://127.0.0.1:9200.";

export const roundNats =
  "Or do without it: set NATS_URL to a server that runs elsewhere, or have Docker run one: " +
  "docker compose up -d nats, then NATS_URL=nats://127.0.0.1:4222.";

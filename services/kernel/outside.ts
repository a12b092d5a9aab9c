/** The mall's account at a service of somebody else, as the environment has it. Secrets are told in no fault. */

export interface OutsideAccount {
  readonly secretKey: string;
  /** Signs what the service sends of itself. */
  readonly webhookSecret: string;
  /** Where the service answers; null: where it always does. */
  readonly url: string | null;
}

export interface AccountForm {
  /** `STRIPE`: read are `STRIPE_SECRET_KEY`, `STRIPE_WEBHOOK_SECRET` and `STRIPE_API_URL`. */
  readonly prefix: string;
  readonly secretKey: RegExp;
  readonly webhookSecret: RegExp;
}

type Env = Readonly<Record<string, string | undefined>>;

interface Given {
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly url: string;
}

/** In clear only to this machine: the secret key goes along with every request. */
function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(hostname));
}

const goTogether = (name: string, form: AccountForm): string =>
  `${name} is missing: ${form.prefix}_SECRET_KEY and ${form.prefix}_WEBHOOK_SECRET go together`;

function faultsOf(given: Given, form: AccountForm): string[] {
  const { prefix } = form;
  const parts = [
    { name: `${prefix}_SECRET_KEY`, value: given.secretKey, wanted: form.secretKey },
    { name: `${prefix}_WEBHOOK_SECRET`, value: given.webhookSecret, wanted: form.webhookSecret },
  ];
  const faults = parts.flatMap(({ name, value, wanted }) => {
    if (value === "") return [goTogether(name, form)];
    return wanted.test(value) ? [] : [`${name} must have the form ${wanted.source}`];
  });
  const safe = given.url === "" || isSafe(given.url);
  return safe ? faults : [...faults, `${prefix}_API_URL must be an https URL, or http on this machine`];
}

/** Null where nothing of it is set. Adds what is wrong to `faults`. */
export function outsideAccountOf(env: Env, form: AccountForm, faults: string[]): OutsideAccount | null {
  const { prefix } = form;
  const of = (name: string): string => env[`${prefix}_${name}`] ?? "";
  const given: Given = { secretKey: of("SECRET_KEY"), webhookSecret: of("WEBHOOK_SECRET"), url: of("API_URL") };
  if (Object.values(given).every((value) => value === "")) return null;
  faults.push(...faultsOf(given, form));
  return { ...given, url: given.url === "" ? null : given.url };
}

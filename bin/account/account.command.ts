/** `stoa account create`: a person's account, with a role, on the mall of this machine. */
import type { Command } from "commander";
import { adminToken, urlOf } from "../client/locate";
import type { Parts } from "../parts";
import { createAccount } from "./create";
import { asked, askPassword, firstLine } from "./password";

interface Flags {
  readonly data: string;
  readonly role?: string;
  readonly passwordStdin?: boolean;
  readonly code?: string;
}

async function create(email: string, flags: Flags, parts: Parts): Promise<void> {
  const { data, role = null, code = null } = flags;
  const place = { url: await urlOf({ data }), token: await adminToken(data, parts), dataDir: data };
  const password = flags.passwordStdin ? await firstLine(process.stdin) : await askPassword();
  const askCode = (): Promise<string> =>
    asked(`Code from the mail to ${email}: `, true, "repeat this with --code and the code from the mail.");
  const id = await createAccount(place, { email, password, role, code }, askCode);
  console.log(`The account ${id} of ${email} is there${role === null ? "" : `, with the role ${role}`}.`);
}

export function accountCommand(program: Command, parts: Parts): void {
  const account = program.command("account").description("accounts of people");
  account
    .command("create <email>")
    .description("open an account; the password is asked for, and not shown")
    .option("--role <role>", "for the whole mall: admin-owner, admin-support, …")
    .option("--password-stdin", "read the password from standard input")
    .option("--code <code>", "from the mail of an earlier run, to finish what that began")
    .option("--data <dir>", "data folder of the mall on this machine", process.env["STOA_DATA"] || "data")
    .action((email: string, flags: Flags) => create(email, flags, parts));
}

/** `stoa token`: a token of the administrator of the mall on this machine. */
import type { Command } from "commander";
import { adminToken } from "../client/locate";
import type { Parts } from "../parts";

export function tokenCommand(program: Command, parts: Parts): void {
  program
    .command("token")
    .description("print an administrator's token for the mall of a data folder")
    .option("--data <dir>", "data folder", process.env["STOA_DATA"] || "data")
    .action(async ({ data }: { data: string }) => console.log(await adminToken(data, parts)));
}
